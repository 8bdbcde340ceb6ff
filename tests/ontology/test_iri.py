"""Keys are stable, safe, and the same for every spelling of one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from ontology import iri

texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_document_keeps_its_key_when_its_contents_change() -> None:
    key = iri.document_key("旌德县人社局.txt", "341825", 2024)
    assert key.startswith("341825-2024-")
    assert key.endswith(iri.source_hash("旌德县人社局.txt"))
    assert key != iri.document_key("旌德县教育局.txt", "341825", 2024)
    assert iri.document_key("a.txt").startswith("x-x-")


@pytest.mark.parametrize(
    "key",
    ["341825-2024-1a2b3c4d-p1", "341825-2024-1a2b3c4d-p1-i12", "341825-2024-1a2b3c4d-u-i3"],
)
def test_the_document_of_a_key(key: str) -> None:
    assert iri.document_of(key) == "341825-2024-1a2b3c4d"


def test_keys_below_a_document() -> None:
    project = iri.project_key("k", 3)
    assert iri.indicator_key(project, 2) == "k-p3-i2"
    assert iri.unit_indicator_key("k", 1) == "k-u-i1"


@given(texts)
def test_every_text_makes_an_iri_that_comes_back(text: str) -> None:
    key = iri.slug(text)
    name = iri.iri("basis", key)
    assert iri.parse(name) == ("basis", key)
    assert "<" not in URIRef(name).n3()[1:-1]
    line = f"<{name}> <{iri.NS}code> <{name}> ."
    assert len(Graph().parse(data=line, format="turtle")) == 1


def test_encoded_and_foreign_iris() -> None:
    encoded = "https://w3id.org/jixiao/id/basis/%E7%9A%96%E4%BA%BA%E7%A4%BE%E5%8F%91-2021-16"
    assert iri.parse(encoded) == ("basis", "皖人社发-2021-16")
    for other in ("https://w3id.org/jixiao/id/person/1", "https://example.org/id/basis/1", ""):
        assert iri.parse(other) is None
    assert iri.parse(iri.iri("project", "k-p1") + "#b1") is None


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        ([("皖人社发〔2021〕16号", None), ("皖人社发〔2021〕16号", "关于…")], "皖人社发-2021-16"),
        ([("国务院令第586号", None), ("国务院令586号", "工伤保险条例")], "国务院令-586"),
        ([("财政部税务总局公告2019年第4号", None)], "财政部税务总局公告-2019-4"),
        (
            [
                (None, "中华人民共和国就业促进法"),
                (None, "就业促进法"),
                (None, "《就业促进法》"),
                (None, "中华人民共和国就业促进法（2015年修正）"),
                (None, "中华人民共和国 就业促进法"),
            ],
            "就业促进法",
        ),
        ([("〔2019〕65号", "关于就业工作的通知")], "关于就业工作的通知"),
    ],
)
def test_one_key_for_all_spellings(spellings: list[tuple[str, str]], key: str) -> None:
    assert {iri.basis_key(number, title, "", "k") for number, title in spellings} == {key}


def test_different_bases_stay_apart() -> None:
    assert iri.basis_key("〔2019〕65号", scope="a") != iri.basis_key("〔2019〕65号", scope="b")
    assert iri.basis_key("174号", scope="a") != iri.basis_key("1号", scope="a")
    long = "关于进一步加强" * 20
    assert iri.basis_key(None, long + "甲") != iri.basis_key(None, long + "乙")


@pytest.mark.parametrize(
    "printed",
    [
        "[061]旌德县人力资源和社会保障局",
        "旌德县 人力资源和社会保障局",
        "061-旌德县人力资源和社会保障局",
        "061001旌德县人力资源和社会保障局",
    ],
)
def test_an_organisation_without_its_budget_code(printed: str) -> None:
    assert iri.organisation_key(printed, "341825") == "341825-旌德县人力资源和社会保障局"
