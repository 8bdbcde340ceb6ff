"""Marks of Markdown, inline HTML and LaTeX taken off a line: what a reader sees (标记)."""

from __future__ import annotations

import re
from html import unescape

_INLINE_TAG = re.compile(
    r"</?(?:b|i|u|p|em|strong|span|font|sup|sub|div|center)(?:\s[^<>]*)?>", re.IGNORECASE
)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_ESCAPED = re.compile(r"\\([*_#~\[\]()<>`+.!{}%$&-])")
# Only what holds a command is a formula: 费用$100和$200 is not.
_FORMULA = re.compile(r"\${1,2}([^$\n]{0,120}\\[^$\n]{1,120})\${1,2}|\\\((.{1,200}?)\\\)")
_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|mathit|operatorname|rm|bf)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|%)\s?")
_COMMANDS = {
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\gt": ">",
    r"\lt": "<",
    r"\approx": "≈",
    r"\times": "×",
    r"\div": "÷",
    r"\%": "%",
    r"\sim": "~",
    r"\cdot": "·",
    r"\pm": "±",
    r"\circ": "°",
    r"\quad": " ",
    r"\left": "",
    r"\right": "",
}


def plain(text: str) -> str:
    """A line as it is read; a ``<br>`` becomes a line break."""
    if "<" in text:
        text = _INLINE_TAG.sub("", _BREAK_TAG.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]).replace("\xa0", " "), text)
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if "\\" in text:
        text = _FORMULA.sub(lambda match: _formula(match[1] or match[2]), text)
        text = _ESCAPED.sub(r"\1", text)
    return text


def _formula(latex: str) -> str:
    text = _WORDS.sub(r"\1", latex)
    text = _COMMAND.sub(lambda match: _COMMANDS.get(match[0].strip(), match[0]), text)
    return re.sub(r"\^(?=°)|[{}]", "", text).strip()
