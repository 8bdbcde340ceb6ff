"""The shapes accept a sound document and name what is wrong with others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyshacl import validate as run_shacl
from rdflib import RDFS, Graph, URIRef

from ontology.iri import iri
from ontology.mapping import to_graph
from ontology.model import Document, Extraction, Indicator, LegalBasis, Place, Project
from ontology.validation import Finding, shapes, validate

ROW = Indicator(
    name="就业帮扶率",
    level1="产出指标",
    level2="质量指标",
    value_text="≥95%",
    operator="≥",
    value=95.0,
    unit="%",
    source=Place(page=1, line=40, row=6, text="质量指标\t就业帮扶率\t≥95%"),
)
PROJECT = Project(
    seq=1,
    name="就业补助资金县级配套",
    budget_yuan=1550000.0,
    legal_bases=(LegalBasis(None, "皖人社发〔2021〕16号", None, "皖人社发〔2021〕16号"),),
    indicators=(ROW,),
)
DOCUMENT = Document(region="旌德县", region_code="341825", year=2024, title="项目绩效目标")


def _findings(*, row: Indicator = ROW, **changes: object) -> set[tuple[str, str]]:
    project = replace(PROJECT, **{"indicators": (row,), **changes})
    extraction = Extraction(source="a.txt", documents=(DOCUMENT,), projects=(project,))
    return {(each.rule, each.severity) for each in validate(to_graph(extraction))}


def test_the_shapes_are_shacl() -> None:
    conforms, _, text = run_shacl(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_a_sound_document_has_no_findings() -> None:
    assert _findings() == set()


@pytest.mark.parametrize(
    ("row", "rule", "severity"),
    [
        (replace(ROW, name=""), "indicator-name", "E"),
        (replace(ROW, level1="其他指标"), "indicator-level1", "W"),
        (replace(ROW, level2=None), "indicator-level2", "W"),
        (replace(ROW, value_text=None), "indicator-value", "W"),
        (replace(ROW, value=None), "indicator-operator", "E"),
        (replace(ROW, qualitative="显著"), "indicator-qualitative", "E"),
        (replace(ROW, value_max=90.0), "indicator-range", "W"),
        (replace(ROW, operator=None, value=None, value_max=9.0), "indicator-upper", "E"),
        (replace(ROW, weight=-5.0), "indicator-weight", "W"),
        (replace(ROW, unit="%贷款总量"), "indicator-unit", "I"),
        (replace(ROW, confidence=1.5), "indicator-confidence", "E"),
        (replace(ROW, source=Place()), "indicator-source", "W"),
    ],
)
def test_rows(row: Indicator, rule: str, severity: str) -> None:
    assert _findings(row=row) == {(rule, severity)}


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({"name": ""}, "project-name", "E"),
        ({"indicators": ()}, "project-indicators", "W"),
        ({"budget_yuan": -1.0}, "project-budget", "E"),
        ({"budget_yuan": None}, "project-no-budget", "I"),
        ({"carryover_yuan": -0.5}, "project-carryover", "E"),
        ({"disbursement_plan": {"3": 250.0}}, "disbursement-percent", "W"),
        ({"legal_bases": (LegalBasis(None, None, None, "上级文件"),)}, "citation-content", "W"),
    ],
)
def test_projects(changes: dict[str, object], rule: str, severity: str) -> None:
    assert _findings(**changes) == {(rule, severity)}


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        ("皖人社发〔2021〕16号", True),
        ("国务院令第586号", True),
        ("国务院令586号", True),
        ("财政部税务总局公告2019年第4号", True),
        ("皖人社发[2021]16号", False),
        ("皖人社发〔2021〕016号", False),
        ("皖人社发〔2021〕第16号", False),
        ("皖人社发〔21〕16号", False),
        ("〔2019〕65号", False),
    ],
)
def test_numbers_of_legal_bases(number: str, sound: bool) -> None:
    basis = LegalBasis(None, number, None, number)
    expected = set() if sound else {("citation-number", "W")}
    assert _findings(legal_bases=(basis,)) == expected


def test_an_indicator_that_belongs_nowhere() -> None:
    graph = to_graph(Extraction(source="a.txt", documents=(DOCUMENT,), projects=(PROJECT,)), "k")
    row = URIRef(iri("indicator", "k-p1-i1"))
    graph.remove((row, URIRef("https://w3id.org/jixiao/ns#project"), None))
    owner = next(each for each in validate(graph) if each.rule == "indicator-owner")
    assert owner == Finding(
        "indicator-owner", "E", str(row), "指标应属于一个项目或一个部门整体目标。"
    )


def test_two_names() -> None:
    graph = to_graph(Extraction(source="a.txt", documents=(DOCUMENT,), projects=(PROJECT,)), "k")
    row = URIRef(iri("indicator", "k-p1-i1"))
    graph.add((row, RDFS.label, RDFS.label))
    assert [each.rule for each in validate(graph)] == ["indicator-name"]


def test_an_unplaced_document() -> None:
    found = validate(to_graph(Extraction(source="a.txt", documents=(Document(),))))
    assert [(each.rule, each.severity) for each in found] == [
        ("document-region", "W"),
        ("document-year", "W"),
        ("document-title", "I"),
    ]
