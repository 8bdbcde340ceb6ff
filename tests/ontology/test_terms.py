"""The vocabulary is complete in two languages, and class words find their concepts."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from ontology import terms
from ontology.iri import NS


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("产出", "产出指标"),
        ("产出指标", "产出指标"),
        ("产 出 指 标", "产出指标"),
        ("效益", "效益指标"),
        ("效果指标", "效果指标"),
        ("满意度", "满意度指标"),
        ("成本指标", "成本指标"),
        ("指标", None),
        (None, None),
    ],
)
def test_level1(printed: str | None, canonical: str | None) -> None:
    assert terms.canonical_level1(printed) == canonical


@pytest.mark.parametrize(
    ("printed", "canonical", "level1", "order"),
    [
        ("数量", "数量指标", "产出指标", 1),
        ("质量指标", "质量指标", "产出指标", 2),
        ("时效性指标", "时效指标", "产出指标", 3),
        ("成本", "成本指标", "产出指标", 4),
        ("社会成本指标", "社会成本指标", "成本指标", 4),
        ("生态环境成本", "生态环境成本指标", "成本指标", 4),
        ("经济效益", "经济效益指标", "效益指标", 6),
        ("可持续影响", "可持续影响指标", "效益指标", 9),
        ("服务对象\n满意度", "服务对象满意度指标", "满意度指标", 10),
        ("满意度指标", "满意度指标", "满意度指标", 10),
        ("社会公众或服务对象满意度", "社会公众或服务对象满意度指标", "满意度指标", 10),
        ("培训人数", None, None, None),
    ],
)
def test_level2(printed: str, canonical: str | None, level1: str | None, order: int | None) -> None:
    assert terms.canonical_level2(printed) == canonical
    assert terms.level1_of(printed) == level1
    assert terms.class_order(printed) == order


def test_local_words_belong_to_the_standard_class() -> None:
    found = terms.level1_concept("效果指标")
    assert found
    assert found.label == "效益指标"
    assert terms.level2_concept("满意度") == terms.level2_concept("服务对象满意度指标")


def test_directions_and_signs() -> None:
    assert set(terms.operators()) == {"≥", "≤", "=", ">", "<", "≈"}
    found = terms.direction_concept("逆向")
    assert found
    assert found.label == "反向指标"


def test_labels_for_people() -> None:
    assert terms.label("valueText") == "指标值"
    assert terms.label(f"{NS}class-quantity") == "数量指标"
    with pytest.raises(KeyError):
        terms.label("noSuchTerm")


def test_every_term_is_explained_in_two_languages() -> None:
    graph = terms.vocabulary()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = {
        subject
        for kind in kinds
        for subject in graph.subjects(RDF.type, kind)
        if str(subject).startswith(NS)
    }
    assert len(ours) > 70
    for subject in ours:
        for predicate in (RDFS.label, RDFS.comment):
            assert _languages(graph, subject, predicate) == {"zh", "en"}, subject
    for concept in terms.concepts():
        assert _languages(graph, URIRef(concept), SKOS.prefLabel) == {"zh", "en"}


def test_no_term_is_used_without_a_definition() -> None:
    graph = terms.vocabulary()
    defined = {str(subject) for subject in graph.subjects()}
    used = {
        str(term) for triple in graph for term in triple if str(term).startswith(NS) and term != NS
    }
    assert used - defined - {NS} == set()
    code = "".join(
        each.read_text("utf-8")
        for each in files("ontology").iterdir()
        if each.name in ("mapping.py", "derived.py")
    )
    named = {NS + name for name in re.findall(r'NS \+ "([\w-]+)"', code)}
    assert len(named) > 50
    assert named <= defined


def test_broader_has_no_loop_and_exact_matches_meet() -> None:
    concepts = terms.concepts()
    for concept in concepts.values():
        seen = [concept.iri]
        while above := concepts[seen[-1]].broader:
            assert above not in seen
            seen.append(above)
    graph = terms.vocabulary()
    for one, other in graph.subject_objects(SKOS.exactMatch):
        if str(other).startswith(NS):
            assert concepts[str(one)].label == concepts[str(other)].label


def _languages(graph: Graph, subject: object, predicate: URIRef) -> set[str]:
    return {each.language for each in graph.objects(subject, predicate)}
