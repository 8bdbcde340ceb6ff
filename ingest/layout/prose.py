"""Headings and numbered sections around the tables (标题与分段)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.grid import Line
from ingest.layout.labels import Field, field
from ingest.text import clean

_CONTENTS = re.compile(r"(\.{4,}|…{2,}|·{4,}|。{4,}|\s[\dⅠ-Ⅻ]+\s*$.{0})\s*\d*$")
_ORDINAL = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}[、.．](?!\d{1,2}[%万元]))\s*"
)
_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?\s*([^。：:，,；;]{2,12})[。：:]\s*(.*)$",
    re.DOTALL,
)
_FORM_SUFFIX = re.compile(
    r"[-—－_（(]*(?:(?:^项目|^部门|^单位|^整体|^专项)*支出|^项目)?(?:绩效目标|绩效评价|绩效自评|绩效|目标)"
    r"(?:申报|自评|公开|批复|情况|信息|管理|目标|填报|审核|评价|任务|计划)*(?:表|明细表|一览表|汇总表)[)）]?$"
)
_FORM = re.compile(r"(绩效|目标|自评|评价).{0,12}表$")
_UNIT_GOAL = re.compile(r"(整体|部门|单位)(支出|预算)?.{0,6}(绩效|目标|评价)|整体支出")
_PROJECT_GOAL = re.compile(r"项目(支出|预算)?.{0,6}(绩效|目标)|(专项|转移支付|政策)")
_MONEY_UNIT = re.compile(r"(?:金额)?单位[：:]\s*(?:人民币)?(亿元|万元|元)")
_YEAR_REMARK = re.compile(r"^[（(]?\s*20\d\d\s*(年度?|年)\s*[)）]?$")
_ORG_LINE = re.compile(
    r"^\[?(?!20\d\d年)(\d{3,12})\]?[-—\s]*"
    r"([\u4e00-\u9fff（）()]{2,36}(?:局|厅|委|委员会|部|办|办公室|中心|院|校|学校|所|站|队|会|社|馆|政府|本级|机关))$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words without ordinal and form suffix, and what it opens.

    ``opens`` is "unit" (整体绩效目标), "project" (… 绩效目标表) or "any"; ``name`` is None
    where the heading names no thing of its own (项目支出绩效目标表).
    """

    name: str | None
    opens: str
    numbered: bool


def is_contents_line(text: str) -> bool:
    """A line of a table of contents: words, dots, page number."""
    return bool(_CONTENTS.search(text.strip()))


def heading(line: Line) -> Heading | None:
    """The heading that a line is, or None for prose."""
    text = clean(line.text).strip("*#")
    numbered = _ORDINAL.match(text)
    if len(text) > 90 or not text or text[-1] in "。；;，,：:":
        return None
    if not (line.heading or numbered or _FORM.search(text)):
        return None
    words = text[numbered.end() :] if numbered else text
    is_form = bool(_FORM.search(words))
    name = _FORM_SUFFIX.sub("", words).strip("-—－_ “”") if is_form else words
    if name.count("“") != name.count("”"):
        name = _FORM_SUFFIX.sub("", words).strip("-—－_ ")
    if _UNIT_GOAL.search(words) and not _PROJECT_GOAL.search(words):
        return Heading(name or None, "unit", bool(numbered))
    generic = not name or len(name) < 2 or _YEAR_REMARK.match(name)
    return Heading(None if generic else name, "project" if is_form else "any", bool(numbered))


def section(text: str) -> tuple[Field, str] | None:
    """A labelled section of a project's text: (2) 立项依据。… → (BASIS, …)."""
    match = _SECTION.match(clean(text))
    key = field(match[1]) if match else None
    return (key, match[2]) if match and key else None


def money_unit(text: str) -> str | None:
    """元, 万元 or 亿元 where a line states the unit of the amounts below it."""
    match = _MONEY_UNIT.search(clean(text))
    return match[1] if match else None


def organisation_line(text: str) -> str | None:
    """The unit on a line of its own with its budget code (323001 …人力资源和社会保障局)."""
    match = _ORG_LINE.match(text.strip())
    return clean(match[2]) if match else None
