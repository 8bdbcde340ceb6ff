"""The five seed documents, every row of them, against the hand-checked reading.

Text is compared without blanks and in one width, so that the tests judge what was read and
not the typography; names alone must be exact, since blanks inside them are layout.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import zip_longest

import pytest

from ingest.pipeline import extract
from ontology.model import Extraction
from tests.ingest.gold import COLUMNS, SEEDS, bases, f1, facts, load, row, score, share

SHOWN = 5

by_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
read = lru_cache(extract)


@by_seed
def test_document(seed) -> None:
    (document,) = read(seed).documents
    expected = load(seed)["document"]
    assert {key: getattr(document, key) for key in expected} == expected


@by_seed
def test_projects_and_their_facts(seed) -> None:
    expected = load(seed)["projects"]
    found = read(seed).projects
    assert [each.name for each in found] == [each["name"] for each in expected]
    assert [each.seq for each in found] == list(range(1, len(expected) + 1))
    for project, wanted in zip(found, expected, strict=True):
        got = facts(project)
        assert {key: plain(got[key]) for key in got} == {key: plain(wanted[key]) for key in got}


@by_seed
def test_every_row_of_every_project(seed) -> None:
    wrong = [
        f"{project.name}: {each}"
        for project, expected in zip(read(seed).projects, load(seed)["projects"], strict=True)
        for each in differences(expected["rows"], project.indicators)
    ]
    assert not wrong, shown(wrong)


@by_seed
def test_every_row_of_the_unit(seed) -> None:
    unit = read(seed).unit_goal
    wrong = differences(load(seed)["unit_rows"], unit.indicators if unit else ())
    assert not wrong, shown(wrong)


@by_seed
def test_legal_bases(seed) -> None:
    assert [bases(each) for each in read(seed).projects] == [
        each["legal_bases"] for each in load(seed)["projects"]
    ]


@by_seed
def test_scores_are_full(seed) -> None:
    found = score(read(seed), load(seed))
    assert f1(found.rows_gold, found.rows_read, found.rows_found) == 1
    assert f1(found.bases_gold, found.bases_read, found.bases_found) == 1
    assert found.values_right == found.rows_found
    assert [share(each) for each in (found.classes_clear, found.classes_unclear, found.funds)] == [
        1,
        1,
        1,
    ]


@by_seed
def test_scores_fall_with_what_is_lost(seed) -> None:
    full = read(seed)
    first, *rest = full.projects
    damaged = Extraction(
        source=full.source, unit_goal=full.unit_goal, projects=(*rest, first, first)
    )
    found = score(damaged, load(seed))
    assert f1(found.rows_gold, found.rows_read, found.rows_found) < 1
    if any(project.budget_yuan is not None for project in full.projects):
        assert share(found.funds) < 1


def test_totals() -> None:
    for extractions in (
        [_counts_read(each) for each in SEEDS],
        [_counts_gold(each) for each in SEEDS],
    ):
        assert [sum(column) for column in zip(*extractions, strict=True)] == [80, 718, 136, 45]


@by_seed
def test_the_record_survives_json(seed) -> None:
    extraction = read(seed)
    assert Extraction.from_dict(extraction.to_dict()) == extraction


def test_differences_are_told_apart_and_readably() -> None:
    seed = SEEDS[-1]
    expected = load(seed)["projects"][0]["rows"]
    found = read(seed).projects[0].indicators
    assert differences(expected, found) == []
    assert "没有读到" in differences(expected, found[:-1])[0]
    assert "多读" in differences(expected[:-1], found)[0]
    other = [{**expected[0], "unit": "人"}, *expected[1:]]
    assert differences(other, found) == [
        f"第{expected[0]['line']}行 {found[0].name}: unit '人' ≠ '%'"
    ]


def differences(expected, found) -> list[str]:
    """What differs, row by row, in words; the printed line counts as well."""
    wrong = []
    for wanted, indicator in zip_longest(expected, found):
        if indicator is None:
            wrong.append(f"第{wanted['line']}行没有读到: {wanted['name']}")
        elif wanted is None:
            wrong.append(f"第{indicator.source.line}行多读: {indicator.name}")
        else:
            got = {"line": indicator.source.line, **row(indicator)}
            wrong += [
                f"第{wanted['line']}行 {wanted['name']}: {key} {wanted[key]!r} ≠ {got[key]!r}"
                for key in ("line", *COLUMNS)
                if _differ(key, wanted[key], got[key])
            ]
    return wrong


def shown(wrong) -> str:
    return "\n".join([f"{len(wrong)} differences", *wrong[:SHOWN]])


def plain(value):
    """Text without blanks and width; anything else as it is."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split())
    return value


def _differ(key, one, other) -> bool:
    return one != other if key == "name" else plain(one) != plain(other)


def _counts_read(seed) -> list[int]:
    extraction = read(seed)
    unit = extraction.unit_goal
    return [
        len(extraction.projects),
        sum(len(each.indicators) for each in extraction.projects),
        len(unit.indicators) if unit else 0,
        sum(len(each.legal_bases) for each in extraction.projects),
    ]


def _counts_gold(seed) -> list[int]:
    gold = load(seed)
    return [
        len(gold["projects"]),
        sum(len(each["rows"]) for each in gold["projects"]),
        len(gold["unit_rows"]),
        sum(len(each["legal_bases"]) for each in gold["projects"]),
    ]
