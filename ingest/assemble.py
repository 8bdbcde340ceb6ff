"""From forms to the model: values, classes, legal bases, funds (装配)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.citations import (
    cite_bare_title,
    find_citations,
    find_partial_numbers,
    merge_citations,
)
from ingest.layout.classes import Classed, Labelled, repair
from ingest.layout.drafts import Draft, RowDraft
from ingest.layout.fields import amount_yuan
from ingest.layout.labels import Column, Field
from ingest.metadata import organisation_name
from ingest.values import parse_value
from ontology.model import Citation, Indicator, LegalBasis, Place, Project, UnitGoal
from ontology.quantity import find_unit

_PROSE_AMOUNT = re.compile(r"([\d,，.]+\s*(?:亿元|万元|元))")
_UNIT_BEHIND = re.compile(r"[（(]([^（）()\d]{1,8})[)）]$")
_BARE_NUMBER = re.compile(r"[≥≤<>=＝≧≦＞＜]?[\d.,，]+")
_WEIGHT = re.compile(r"\d+(?:\.\d+)?")
_CITING = (
    Field.BASIS,
    Field.OVERVIEW,
    Field.PURPOSE,
    Field.GOAL,
)


def is_project(draft: Draft) -> bool:
    """Whether a form is a project: named by its form, or with rows, or fully described."""
    if draft.is_unit:
        return False
    if draft.rows:
        return True
    if draft.of_wide_table:  # without rows and goal it is the subtotal of a unit
        return Field.GOAL in draft.head.texts
    if draft.named_by_form and (draft.head.amounts or draft.head.texts.get(Field.GOAL)):
        return True
    described = {Field.BASIS, Field.BUDGET, Field.IMPLEMENTING, Field.PERIOD} & set(draft.sections)
    return draft.name is not None and len(described) >= 2


def unit_goal(drafts: list[Draft]) -> UnitGoal | None:
    """The goal of the whole unit, of all forms that state it."""
    drafts = [draft for draft in drafts if draft.rows or Field.GOAL in draft.head.texts]
    if not drafts:
        return None
    goals = [draft.head.texts[Field.GOAL] for draft in drafts if Field.GOAL in draft.head.texts]
    rows = tuple(row for draft in drafts for row in indicators(draft.rows))
    return UnitGoal(indicators=rows, goal_text=goals[0] if goals else None)


def project(seq: int, draft: Draft) -> Project:
    """One project from its form."""
    head, amounts = draft.head, draft.head.amounts
    goal = head.texts.get(Field.GOAL) or draft.sections.get(Field.GOAL, ("",))[0]
    return Project(
        seq=seq,
        name=draft.name or "",
        code=_code(head.texts.get(Field.CODE)),
        competent_department=_organisation(head.texts.get(Field.COMPETENT)),
        implementing_unit=_organisation(
            head.texts.get(Field.IMPLEMENTING)
            or draft.sections.get(Field.IMPLEMENTING, ("",))[0].rstrip("。")
            or draft.organisation
        ),
        period_text=head.texts.get(Field.PERIOD)
        or draft.sections.get(Field.PERIOD, ("",))[0].rstrip("。")
        or None,
        budget_yuan=amounts.get(Field.BUDGET, _prose_budget(draft)),
        fiscal_funds_yuan=amounts.get(Field.FISCAL),
        other_funds_yuan=amounts.get(Field.OTHER_FUNDS),
        carryover_yuan=amounts.get(Field.CARRYOVER),
        goal_text=goal or None,
        disbursement_plan=dict(head.plan) or None,
        legal_bases=legal_bases(draft),
        indicators=indicators(draft.rows),
        source=draft.place,
    )


def _code(text: str | None) -> str | None:
    return re.sub(r"\s", "", text) if text else None


def _organisation(text: str | None) -> str | None:
    return organisation_name(text) or None if text else None


def _prose_budget(draft: Draft) -> float | None:
    match = _PROSE_AMOUNT.search(draft.sections.get(Field.BUDGET, ("",))[0])
    return amount_yuan(match[1], "元") if match else None


def indicators(rows: list[RowDraft]) -> tuple[Indicator, ...]:
    """The rows of one form with their values and classes."""
    labelled = [
        Labelled(
            name=row.texts[Column.NAME],
            value=row.texts.get(Column.VALUE, ""),
            level1=row.level1,
            level2=row.level2,
            before=row.before,
        )
        for row in rows
    ]
    return tuple(
        _indicator(row, classed) for row, classed in zip(rows, repair(labelled), strict=True)
    )


def _indicator(row: RowDraft, classed: Classed) -> Indicator:
    texts = row.texts
    value = parse_value(
        texts.get(Column.VALUE, ""),
        operator=texts.get(Column.OPERATOR),
        unit=texts.get(Column.UNIT),
    )
    weight = _WEIGHT.match(texts.get(Column.WEIGHT, ""))
    return Indicator(
        name=texts[Column.NAME],
        level1=classed.level1,
        level2=classed.level2,
        printed_level1=row.level1,
        printed_level2=row.level2,
        description=texts.get(Column.DESCRIPTION),
        value_text=value.text,
        operator=value.operator,
        value=value.value,
        value_max=value.value_max,
        unit=value.unit or _unit_of_name(texts),
        qualitative=value.qualitative,
        weight=float(weight[0]) if weight else None,
        direction=texts.get(Column.DIRECTION),
        basis=texts.get(Column.BASIS),
        actual_text=texts.get(Column.ACTUAL),
        confidence=classed.confidence,
        source=row.place,
    )


def _unit_of_name(texts: dict[Column, str]) -> str | None:
    """The unit that stands behind the name, where the value is a bare number: 数量（个） | ≥120."""
    behind = _UNIT_BEHIND.search(texts[Column.NAME])
    if not behind or not _BARE_NUMBER.fullmatch(texts.get(Column.VALUE, "")):
        return None
    return behind[1] if find_unit(behind[1]) else None


def legal_bases(draft: Draft) -> tuple[LegalBasis, ...]:
    """What the project rests on, one entry per document, in the order of first mention."""
    found: list[LegalBasis] = []
    for key in _CITING:
        for text, place in _texts(draft, key):
            found += _bases(find_citations(text), place)
    name = draft.name or ""
    found += _bases(find_citations(name) or find_partial_numbers(name), draft.place)
    for row in draft.rows:
        cell = row.texts.get(Column.BASIS, "")
        bare = cite_bare_title(cell)
        found += _bases(find_citations(cell) or ((bare,) if bare else ()), row.place)
    return merge_citations(found)


def _texts(draft: Draft, key: Field) -> Iterator[tuple[str, Place]]:
    if key in draft.sections:
        yield draft.sections[key]
    if key in draft.head.texts:
        yield draft.head.texts[key], draft.head.places.get(key, draft.place)


def _bases(citations: Iterable[Citation], place: Place) -> list[LegalBasis]:
    return [
        LegalBasis(each.title, each.doc_no, each.article, each.as_written, place)
        for each in citations
    ]
