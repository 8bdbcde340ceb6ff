"""Persons do not get into the graph, and measures that only sound like roles stay."""

from __future__ import annotations

import pytest

from ontology.mapping import from_triples, to_triples
from ontology.model import Extraction, Place, Project
from ontology.privacy import without_persons


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("项目负责人\t张三\t联系电话\t13912345678", "项目负责人\t＊＊\t联系电话\t＊＊"),
        ("填报人：李小明  2024年1月5日", "填报人：＊＊  2024年1月5日"),
        ("| 联系人 | 王 强 | 电话 |", "| 联系人 | ＊＊ | 电话 |"),
        ("主要负责人（签字）：欧阳明 （盖章）", "主要负责人（签字）：＊＊ （盖章）"),
    ],
)
def test_persons_are_masked(printed: str, kept: str) -> None:
    assert without_persons(printed) == kept
    assert without_persons(kept) == kept


@pytest.mark.parametrize(
    "printed",
    [
        "企业负责人\t满意率\t≥90%",
        "项目负责人\t联系电话",
        "部门（单位）主要负责人（签字）：",
        "培训村级负责人数量\t≥33人",
        "项目负责人满意度\t≥95%",
    ],
)
def test_measures_stay(printed: str) -> None:
    assert without_persons(printed) == printed


def test_the_graph_holds_no_name() -> None:
    source = Place(line=3, text="项目名称\t就业补助\t负责人\t张三")
    extraction = Extraction(source="a.txt", projects=(Project(1, "就业补助", source=source),))
    triples = list(to_triples(extraction))
    assert "张三" not in repr(triples)
    assert from_triples(triples).projects[0].source.line == 3
