"""The printed value without the damage of its carrier (LaTeX, entities, widths, blanks)."""

from __future__ import annotations

import re

from ingest.text import clean

_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2007: 0x20}
_KEPT_WIDE = "（），：；"
_TRANSLATION = {code: to for code, to in _WIDTHS.items() if chr(code) not in _KEPT_WIDE} | {
    ord("﹪"): "%",
    ord("٪"): "%",
    0xA0: " ",
    0x200B: None,
    0xFEFF: None,
}
_LATEX = (
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![a-z])"), "≥"),
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:approx|sim)(?![a-z])"), "≈"),
    (re.compile(r"\\gt(?![a-z])"), ">"),
    (re.compile(r"\\lt(?![a-z])"), "<"),
    (re.compile(r"\\times(?![a-z])"), "×"),
    (re.compile(r"\\(?:text|mathrm|mathbf|mbox)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\([%$#&_{}])"), r"\1"),
    (re.compile(r"\\[,;:! ]|\\quad|\$"), ""),
)
_BLANKS = re.compile(r"\s{2,}")
_ENTITIES = {"&ge;": "≥", "&le;": "≤", "&gt;": ">", "&lt;": "<", "&nbsp;": " ", "&amp;": "&"}


def plain(text: str) -> str:
    """Half-width digits and signs, LaTeX and entities as the characters they print."""
    text = text.translate(_TRANSLATION)
    if "&" in text:
        for entity, char in _ENTITIES.items():
            text = text.replace(entity, char)
    if "\\" in text or "$" in text:
        for pattern, char in _LATEX:
            text = pattern.sub(char, text)
    return text


def shown(text: str) -> str:
    """The value as a reader sees it in print: without blanks of the layout or LaTeX."""
    if "\\" in text or "$" in text or "&" in text:
        text = plain(text)
    return clean(_BLANKS.sub(" ", text))
