"""Numbers that Word prints before paragraphs without their being text (自动编号)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.package import attribute, local, number_attribute

_CHINESE = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering (编号级别): its format, such as %1、, and where it starts."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts through the document as Word does (自动编号)."""

    def __init__(self, tree: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in () if tree is None else tree:
            if local(element) == "abstractNum":
                key = attribute(element, "abstractNumId") or ""
                self._levels[key] = dict(map(_level, element.iter("{*}lvl")))
            elif local(element) == "num":
                link = attribute(element.find("{*}abstractNumId"), "val") or ""
                self._lists[attribute(element, "numId") or ""] = link

    def next(self, number: str, depth: int) -> str:
        """The number printed before the next paragraph of a list, empty if none is."""
        kind = self._lists.get(number, "")
        levels = self._levels.get(kind, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(kind, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _printed(levels, counts, depth)


def _level(element: etree._Element) -> tuple[int, Level]:
    return number_attribute(element, "ilvl"), Level(
        attribute(element.find("{*}numFmt"), "val") or "decimal",
        attribute(element.find("{*}lvlText"), "val") or "",
        number_attribute(element.find("{*}start"), "val", 1),
    )


def _printed(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
    if levels[depth].form in {"bullet", "none"}:
        return ""

    def one(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        if level not in levels:
            return ""
        return _number(counts.get(level, levels[level].start), levels[level].form)

    return re.sub(r"%([1-9])", one, levels[depth].text)


def _number(count: int, form: str) -> str:
    if form.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideographDigital")):
        return _chinese(count)
    if form.startswith("ideograph") and 1 <= count <= len(_STEMS):
        return _STEMS[count - 1]
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form in {"upperLetter", "lowerLetter"} and count >= 1:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    return str(count)


def _chinese(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return (
        (_CHINESE[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (_CHINESE[ones] if ones else "")
    )


def _roman(count: int) -> str:
    if count > 4000:
        return str(count)
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text
