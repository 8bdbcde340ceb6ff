"""What a careful reader would doubt in a document that has been read (存疑).

Nothing is changed: what is printed stays, a warning with its place stands beside it. Checks
of how well a table is drafted are lint, not doubts of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.layout.drafts import Draft
from ingest.layout.labels import Field
from ingest.text import unclosed
from ontology.model import Indicator, Issue, Project

_RATE = re.compile(r"(率|比例|占比|满意度)$")
_SHARE_UNITS = frozenset({"%", "‰", "百分比", "个百分点", "百分点", "分", "成", None})
_SUM_TOLERANCE = 0.005


def doubts(
    projects: Sequence[Project], unit_rows: Sequence[Indicator], drafts: Sequence[Draft]
) -> Iterator[Issue]:
    """The doubts about a document, in its order."""
    for row in unit_rows:
        yield from _row(row)
    for project in projects:
        if unclosed(project.name):
            yield Issue("name-cut", f"项目名称可能被截断：{project.name}", project.source)
        for row in project.indicators:
            yield from _row(row)
    yield from _total(projects, drafts)


def _row(row: Indicator) -> Iterator[Issue]:
    if row.value_text is None:
        yield Issue("value-missing", f"“{row.name}”没有指标值。", row.source)
    if unclosed(row.name):
        yield Issue("name-cut", f"指标名称可能被截断：{row.name}", row.source)
    if row.value is not None and _RATE.search(row.name) and row.unit not in _SHARE_UNITS:
        message = f"“{row.name}”是比率，指标值却是“{row.value_text}”，可能串行。"
        yield Issue("value-implausible", message, row.source)
    if row.printed_level2 and row.level2 and row.confidence < 0.9:
        printed = row.printed_level2.rstrip("指标")
        if not row.level2.startswith(printed):
            message = f"“{row.name}”旁印“{row.printed_level2}”，按顺序和内容归入“{row.level2}”。"
            yield Issue("class-moved", message, row.source)


def _total(projects: Sequence[Project], drafts: Sequence[Draft]) -> Iterator[Issue]:
    """The budgets of the projects against the total that the unit's own form states."""
    budgets = [project.budget_yuan for project in projects]
    known = [budget for budget in budgets if budget is not None]
    if len(known) < 2 or len(known) < len(budgets):
        return
    for draft in drafts:
        stated = draft.head.amounts.get(Field.BUDGET)
        if draft.is_unit and stated and abs(sum(known) - stated) > _SUM_TOLERANCE * stated:
            total, printed = sum(known) / 1e4, stated / 1e4
            message = f"项目预算合计 {total:,.2f} 万元，与表中总额 {printed:,.2f} 万元不符。"
            yield Issue("sum-mismatch", message, draft.place)
