"""The hand-checked reading of the seed documents, and how far an extraction agrees with it.

``tests/fixtures/seeds/*.json`` hold what the five documents say: projects, funds, plans,
legal bases and one line per indicator row, with the line that prints it. They were written
out by the extractor and reviewed by eye against the text; then all five documents were read
anew, without sight of these files, and compared row by row. Where the two readings differed
(the sign of 定性 | 99 | 级, and which of two printed periods to keep), these files stand.
``clear`` is false where the label on the row, or carried
down to it, is not its class, or where its columns slipped without a label of its own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.model import Extraction, Indicator, Project

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
COLUMNS = (
    "level1",
    "level2",
    "printed_level1",
    "printed_level2",
    "name",
    "description",
    "value_text",
    "operator",
    "value",
    "value_max",
    "unit",
    "qualitative",
    "weight",
    "direction",
    "basis",
)
FACTS = (
    "name",
    "code",
    "competent_department",
    "implementing_unit",
    "period_text",
    "budget_yuan",
    "fiscal_funds_yuan",
    "other_funds_yuan",
    "carryover_yuan",
    "goal_text",
    "disbursement_plan",
)
FUNDS = ("budget_yuan", "fiscal_funds_yuan", "other_funds_yuan", "carryover_yuan")


def load(seed: Path) -> dict[str, Any]:
    path = ROOT / "tests" / "fixtures" / "seeds" / f"{seed.stem}.json"
    return json.loads(path.read_text("utf-8"))


def row(indicator: Indicator) -> dict[str, Any]:
    return {column: getattr(indicator, column) for column in COLUMNS}


def facts(project: Project) -> dict[str, Any]:
    return {fact: getattr(project, fact) for fact in FACTS}


def bases(project: Project) -> list[list[str | None]]:
    return [[each.title, each.doc_no, each.article] for each in project.legal_bases]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what agrees; ``f1`` and ``share`` make ratios of them."""

    rows_gold: int
    rows_read: int
    rows_found: int
    values_right: int
    classes_clear: tuple[int, int]
    classes_unclear: tuple[int, int]
    bases_gold: int
    bases_read: int
    bases_found: int
    funds: tuple[int, int]


def f1(gold: int, read: int, found: int) -> float:
    return 2 * found / (gold + read) if gold + read else 1.0


def share(part: tuple[int, int]) -> float:
    return part[0] / part[1] if part[1] else 1.0


def score(extraction: Extraction, gold: dict[str, Any]) -> Score:
    """How far an extraction agrees with the hand-checked reading, rows as multisets."""
    wanted = _rows_of_gold(gold)
    read = _rows_of(extraction)
    matched = _match(wanted, read)
    right = sum(all(_same(a[key], b[key]) for key in _VALUE) for a, b in matched)
    judged = {
        clear: [
            a["level1"] == b["level1"] and a["level2"] == b["level2"]
            for a, b in matched
            if a["clear"] is clear
        ]
        for clear in (True, False)
    }
    bases_gold = Counter(
        (seq, title or "", number or "")
        for seq, project in enumerate(gold["projects"])
        for title, number, _ in project["legal_bases"]
    )
    bases_read = Counter(
        (seq, basis.title or "", basis.doc_no or "")
        for seq, project in enumerate(extraction.projects)
        for basis in project.legal_bases
    )
    funds = [
        _same(project[fund], getattr(read_project, fund))
        for project, read_project in zip(gold["projects"], extraction.projects, strict=False)
        for fund in FUNDS
    ]
    return Score(
        rows_gold=len(wanted),
        rows_read=len(read),
        rows_found=len(matched),
        values_right=right,
        classes_clear=(sum(judged[True]), len(judged[True])),
        classes_unclear=(sum(judged[False]), len(judged[False])),
        bases_gold=bases_gold.total(),
        bases_read=bases_read.total(),
        bases_found=(bases_gold & bases_read).total(),
        funds=(sum(funds), len(gold["projects"]) * len(FUNDS)),
    )


_VALUE = ("operator", "value", "value_max", "unit", "qualitative")


def _rows_of_gold(gold: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [gold["unit_rows"], *(project["rows"] for project in gold["projects"])]
    return [{**each, "group": group} for group, rows in enumerate(groups) for each in rows]


def _rows_of(extraction: Extraction) -> list[dict[str, Any]]:
    unit = extraction.unit_goal.indicators if extraction.unit_goal else ()
    groups = [unit, *(project.indicators for project in extraction.projects)]
    return [{**row(each), "group": group} for group, rows in enumerate(groups) for each in rows]


def _match(
    wanted: list[dict[str, Any]], read: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of one gold and one read row with the same project, name and printed value."""
    left: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for each in read:
        left.setdefault(_key(each), []).append(each)
    return [(each, left[_key(each)].pop(0)) for each in wanted if left.get(_key(each))]


def _key(each: dict[str, Any]) -> tuple[Any, ...]:
    return each["group"], _fold(each["name"]), _fold(each["value_text"]), _fold(each["description"])


def _fold(text: str | None) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return _fold(one) == _fold(other)
    return one == other
