"""Whose document it is: place, unit, budget year, title (文档信息).

Taken from the document's own words only: its first lines and headings, the units its forms
name, and the places in them. What cannot be told stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.grid import Line, Source
from ingest.layout.drafts import Forms
from ingest.layout.labels import Field
from ingest.layout.prose import is_contents_line
from ingest.text import clean
from ontology.divisions import Division, divisions
from ontology.model import Document

_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff（）()]{2,40}(?:局(?![面部])|委员会|办公室|中心(?!城)|学校|大学|学院|医院|法院|检察院|"
    r"政府(?![采购性债])|厅|部(?![门分])|协会|联合会|总工会|委(?![员托派])|馆|所(?![有属需])|站|队(?!伍)|"
    r"镇(?![村级])|乡(?![村镇级])|街道办事处)(?:本级|机关)?"
)
_BUDGET_CODE = re.compile(r"^[\[【(（]?[A-Za-z\d]{3,20}[\]】)）]?[-—－_ ]*")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*(?:年度|年)")
_TITLE = re.compile(r"绩效|预算|目标|自评|项目")
_CHINESE_YEAR = re.compile(r"二[〇○零Oo]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年")
_DIGITS = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_OPENING_LINES = 12
_OPENING_WIDTH = 200


def organisation_name(text: str) -> str:
    """A unit's name without its budget code: [061]旌德县… → 旌德县…."""
    return _BUDGET_CODE.sub("", clean(text)).strip("-—[]【】 ")


def describe(source: Source, forms: Forms) -> Document:
    """What the document says about itself."""
    opening = [clean(line.text[:_OPENING_WIDTH]) for line in _opening(source)]
    title = _title(opening)
    department = _department(title, opening, forms)
    region = _region([department or "", *forms.organisations, title or "", *opening])
    register = divisions()
    province = register.province(region) if region else None
    return Document(
        region=region.name if region else None,
        region_code=region.code if region else None,
        province=province.name if province else None,
        department=department,
        year=_year(title, opening, source),
        title=title,
    )


def _opening(source: Source) -> list[Line]:
    lines = (line for line in source.lines() if line.text.strip())
    return [line for line, _ in zip(lines, range(_OPENING_LINES), strict=False)]


def _title(opening: list[str]) -> str | None:
    """The first line that names a budget or goal document, with short lines around it."""
    for index, line in enumerate(opening):
        if _TITLE.search(line) and len(line) <= 80 and not is_contents_line(line):
            start = index
            while start and len(opening[start - 1]) <= 30 and not _sentence(opening[start - 1]):
                start -= 1
            return "".join(opening[start : index + 1])
    return None


def _sentence(line: str) -> bool:
    return line.endswith(("。", "；", ";", "：", ":"))


def _department(title: str | None, opening: list[str], forms: Forms) -> str | None:
    """The unit in the title; else the one that most forms name; else one beside the title."""
    return (
        _organisation_in(title)
        or _most_named(forms)
        or next(filter(None, map(_organisation_in, opening)), None)
        or next(filter(None, map(organisation_name, forms.organisations)), None)
    )


def _organisation_in(text: str | None) -> str | None:
    match = _ORGANISATION.search(text) if text and len(text) <= 80 else None
    return match[0] if match else None


def _most_named(forms: Forms) -> str | None:
    for key in (Field.COMPETENT, Field.UNIT_NAME, Field.IMPLEMENTING):
        named = Counter(
            organisation_name(draft.head.texts[key])
            for draft in forms.drafts
            if key in draft.head.texts and (draft.rows or draft.named_by_form)
        )
        named.pop("", None)
        if named:
            return named.most_common(1)[0][0]
    return None


def _region(texts: Iterable[str]) -> Division | None:
    for text in texts:
        found = divisions().find_in(text) if text else ()
        if found:
            return found[0]
    return None


def _year(title: str | None, opening: list[str], source: Source) -> int | None:
    """The budget year: that of the title, else the one named most in short lines."""
    for text in [title or "", *opening]:
        years = _years(text)
        if years and len(text) <= 80:
            return years[0]
    short = (clean(line.text) for line in source.lines() if len(line.text) <= 60)
    counted = Counter(year for text in short for year in _years(text))
    if not counted:
        cells = (cell.text for table in source.tables() for cell in table.cells[:60])
        counted = Counter(year for text in cells for year in _years(text))
    return counted.most_common(1)[0][0] if counted else None


def _years(text: str) -> list[int]:
    years = [int(match[1]) for match in _YEAR.finditer(text)]
    return years + [
        int(f"20{_DIGITS[match[1]]}{_DIGITS[match[2]]}") for match in _CHINESE_YEAR.finditer(text)
    ]
