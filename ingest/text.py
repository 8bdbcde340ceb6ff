"""Small helpers for printed Chinese text (文本整理)."""

from __future__ import annotations

import re
import unicodedata

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_PUNCTUATION = r"\u3000-\u303f\uff00-\uffef“”‘’—…·≥≤＝<>%‰()\[\]【】〔〕,.;:!?/、"
# A blank is layout, not language, beside a Chinese character, a digit's unit or punctuation.
# Only the blank before an item of a list (… 2.做好…; … 目标2:…) is the writer's own.
_ITEM = r"(?!\d{1,2}[.、．](?!\d)|目标\d|[（(]\d{1,2}[)）])"
_LAYOUT_BLANK = re.compile(
    rf"(?<=[{_CJK}{_PUNCTUATION}]) {_ITEM}| (?=[{_CJK}{_PUNCTUATION}]){_ITEM}"
)
_BRACKETED = re.compile(r"[（(【\[〔][^（）()【】\[\]〔〕]*[）)】\]〕]")
_PAIRS = {"(": ")", "[": "]", "《": "》", "【": "】", "〔": "〕"}


def clean(text: str) -> str:
    """The printed words without the blanks and line breaks that only the layout put in."""
    single = re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()
    return _LAYOUT_BLANK.sub("", single)


def fold(text: str) -> str:
    """For comparing labels: half-width, lower case, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def without_brackets(text: str) -> str:
    """The text without its bracketed remarks, as labels carry: 项目资金(万元)."""
    return _BRACKETED.sub("", text)


def unclosed(text: str) -> bool:
    """Whether a bracket is opened and not closed: the sign of text that was cut off."""
    folded = unicodedata.normalize("NFKC", text)
    return any(folded.count(start) > folded.count(end) for start, end in _PAIRS.items())


def join_cut(first: str, second: str) -> str:
    """Join text that a page break cut, dropping what both pieces print (就业率 + 业率)."""
    for size in range(min(4, len(first), len(second)), 0, -1):
        shared = second[:size]
        if first.endswith(shared) and not any(char.isdigit() for char in shared):
            return first + second[size:]
    return first + second
