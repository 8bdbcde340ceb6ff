"""The model survives its way to triples and back, in memory and through the store's format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Dataset, Quad, RdfFormat, parse
from pyoxigraph import Literal as StoreLiteral
from rdflib import RDF, Graph, URIRef

from ontology import mapping
from ontology.iri import NS, iri
from ontology.model import Document, Extraction, Indicator, LegalBasis, Place, Project, UnitGoal
from ontology.rdf import Iri, Literal, Triple, nquads
from tests.ontology.ontology_strategies import extractions

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def example() -> Extraction:
    """Project 1 of a county's document, shortened."""
    return Extraction(
        source="旌德县人社局2024.txt",
        documents=(
            Document(
                region="旌德县",
                region_code="341825",
                province="安徽省",
                department="旌德县人力资源和社会保障局",
                year=2024,
                title="2024年部门项目及绩效目标情况",
            ),
        ),
        unit_goal=UnitGoal((Indicator(name="培训场次", value=5.0, operator="≥"),), "完成任务"),
        projects=(
            Project(
                seq=1,
                name="就业补助资金县级配套",
                competent_department="[061]旌德县人力资源和社会保障局",
                implementing_unit="旌德县人力资源和社会保障局",
                budget_yuan=1550000.0,
                fiscal_funds_yuan=1550000.0,
                disbursement_plan={"3": 25.0, "12": 100.0},
                legal_bases=(
                    LegalBasis("中华人民共和国就业促进法", None, "第十五条", "《…》第十五条"),
                    LegalBasis("就业促进法", None, None, "《就业促进法》"),
                    LegalBasis(None, "皖人社发〔2021〕16号", None, "皖人社发〔2021〕16号"),
                ),
                indicators=(
                    Indicator(
                        name="补贴标准",
                        level1="产出指标",
                        level2="成本指标",
                        value_text="≥1.1万元/人/年",
                        operator="≥",
                        value=1.1,
                        unit="万元/人/年",
                        direction="正向指标",
                        source=Place(page=1, line=38, row=4, text="补贴标准\t≥1.1万元/人/年"),
                    ),
                ),
            ),
        ),
    )


@RELAXED
@given(extractions)
def test_any_extraction_survives(extraction: Extraction) -> None:
    assert mapping.from_triples(mapping.to_triples(extraction)) == extraction


@settings(RELAXED, max_examples=60)
@given(extractions)
def test_any_extraction_survives_the_store(extraction: Extraction) -> None:
    key = mapping.default_key(extraction)
    lines = "".join(nquads(mapping.to_triples(extraction, key), mapping.graph_iri(key)))
    stored = Dataset(parse(lines.encode(), RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in stored} == {iri("document", key)}
    assert mapping.from_triples(map(_triple, stored)) == extraction


@settings(RELAXED, max_examples=30)
@given(extractions)
def test_any_extraction_survives_rdflib(extraction: Extraction) -> None:
    assert mapping.from_graph(mapping.to_graph(extraction)) == extraction


def test_every_field_of_the_model_is_carried(example: Extraction) -> None:
    triples = mapping.to_triples(example, checksum="00ff")
    assert mapping.from_triples(triples) == example


def test_links_that_follow(example: Extraction) -> None:
    graph = mapping.to_graph(example, "k", "00ff")
    project = URIRef(iri("project", "k-p1"))
    row = URIRef(iri("indicator", "k-p1-i1"))
    assert graph.value(row, _ns("project")) == project
    assert graph.value(row, _ns("level1")) == _ns("class-output")
    assert graph.value(row, _ns("direction")) == _ns("direction-positive")
    assert graph.value(row, _ns("baseUnit")) == _ns("unit-CNY-PER-PERSON-PER-YEAR")
    assert float(str(graph.value(row, _ns("baseValue")))) == 11000
    assert graph.value(project, _ns("document")) == URIRef(iri("document", "k"))
    assert graph.value(project, _ns("province")) == URIRef(iri("region", "340000"))
    assert graph.value(project, _ns("city")) == URIRef(iri("region", "341800"))
    organisation = URIRef(iri("organisation", "341825-旌德县人力资源和社会保障局"))
    assert graph.value(project, _ns("competentDepartment")) == organisation
    assert graph.value(project, _ns("implementingUnit")) == organisation
    unit_row = URIRef(iri("indicator", "k-u-i1"))
    assert (unit_row, RDF.type, _ns("Indicator")) in graph


def test_spellings_of_one_basis_are_one_node(example: Extraction) -> None:
    graph = mapping.to_graph(example, "k")
    project = URIRef(iri("project", "k-p1"))
    assert set(graph.objects(project, _ns("restsOn"))) == {
        URIRef(iri("basis", "就业促进法")),
        URIRef(iri("basis", "皖人社发-2021-16")),
    }
    notice = URIRef(iri("basis", "皖人社发-2021-16"))
    issuer = graph.value(notice, URIRef("http://data.europa.eu/eli/ontology#passed_by"))
    assert issuer == URIRef(iri("organisation", "340000-安徽省人力资源和社会保障厅"))


def test_the_same_input_gives_the_same_bytes(example: Extraction) -> None:
    first, second = (list(mapping.to_triples(example, "k")) for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)


def test_a_repeated_project_number_keeps_both(example: Extraction) -> None:
    project = example.projects[0]
    twice = Extraction(source="a.txt", projects=(project, project))
    assert len(mapping.from_triples(mapping.to_triples(twice)).projects) == 2


def test_triples_without_a_document_are_refused() -> None:
    with pytest.raises(KeyError):
        mapping.from_graph(Graph())


def test_every_property_is_in_the_vocabulary() -> None:
    from ontology.terms import labels

    tables = (
        mapping.PLACE,
        mapping.DOCUMENT,
        mapping.PROJECT,
        mapping.INDICATOR,
        mapping.CITATION,
        mapping.ISSUE,
        mapping.DISBURSEMENT,
    )
    used = {field.property for table in tables for field in table}
    assert used <= set(labels())


def _ns(name: str) -> URIRef:
    return URIRef(NS + name)


def _triple(quad: Quad) -> Triple:
    value = quad.object
    if not isinstance(value, StoreLiteral):
        return quad.subject.value, quad.predicate.value, Iri(value.value)
    term = Literal(value.value, value.datatype.value, value.language)
    return quad.subject.value, quad.predicate.value, term
