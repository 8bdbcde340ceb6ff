"""The five seed documents, every row of them, against the hand-checked reading."""

from __future__ import annotations

from functools import lru_cache

import pytest

from ingest.pipeline import extract
from ontology.model import Extraction
from tests.ingest.gold import SEEDS, bases, facts, load, row

by_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
read = lru_cache(extract)


@by_seed
def test_document(seed) -> None:
    (document,) = read(seed).documents
    expected = load(seed)["document"]
    assert {key: getattr(document, key) for key in expected} == expected


@by_seed
def test_projects_and_their_facts(seed) -> None:
    expected = [
        {key: value for key, value in each.items() if key not in {"rows", "legal_bases"}}
        for each in load(seed)["projects"]
    ]
    assert [facts(each) for each in read(seed).projects] == expected


@by_seed
def test_every_row_of_every_project(seed) -> None:
    for project, expected in zip(read(seed).projects, load(seed)["projects"], strict=True):
        rows = [{**row(each)} for each in project.indicators]
        assert rows == [_without_note(each) for each in expected["rows"]], project.name


@by_seed
def test_every_row_of_the_unit(seed) -> None:
    unit = read(seed).unit_goal
    rows = [row(each) for each in unit.indicators] if unit else []
    assert rows == [_without_note(each) for each in load(seed)["unit_rows"]]


@by_seed
def test_legal_bases(seed) -> None:
    assert [bases(each) for each in read(seed).projects] == [
        each["legal_bases"] for each in load(seed)["projects"]
    ]


def test_totals() -> None:
    extractions = [read(seed) for seed in SEEDS]
    projects = [project for each in extractions for project in each.projects]
    assert len(projects) == 80
    assert sum(len(project.indicators) for project in projects) == 718
    assert sum(len(each.unit_goal.indicators) for each in extractions if each.unit_goal) == 136
    assert sum(len(project.legal_bases) for project in projects) == 45


@by_seed
def test_every_row_points_to_the_line_that_prints_it(seed) -> None:
    lines = seed.read_text("utf-8").split("\n")
    extraction = read(seed)
    for project in extraction.projects:
        for indicator in project.indicators:
            line = indicator.source.line
            assert line is not None
            printed = "".join(lines[line - 1].split())
            assert "".join(indicator.name.split())[:4] in printed


@by_seed
def test_the_record_survives_json(seed) -> None:
    extraction = read(seed)
    assert Extraction.from_dict(extraction.to_dict()) == extraction


def _without_note(expected: dict) -> dict:
    return {key: value for key, value in expected.items() if key != "clear"}
