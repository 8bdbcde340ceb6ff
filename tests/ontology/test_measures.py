"""The thesaurus of measures: no loops, no clashes, nothing half filled in; lookup by any name."""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import measures as thesaurus
from ontology.iri import NS
from ontology.measures import bare, expansions, find, measures, narrower, synonyms
from ontology.quantity import find_unit
from ontology.terms import concepts, label


def test_has_several_hundred_measures_in_every_field():
    assert len(measures()) >= 400
    per_field = Counter(each.field for each in measures().values())
    assert len(per_field) >= 17
    assert min(per_field.values()) >= 10


def test_every_measure_has_a_class_a_direction_and_known_terms():
    known = concepts()
    for each in measures().values():
        assert known[each.level2].level == 2, each
        assert known[each.direction].scheme == "directions", each
        assert each.operator is None or known[each.operator].scheme == "operators", each
        assert each.unit is None or known[each.unit].scheme == "units", each
        assert each.alt, each


def test_no_name_belongs_to_two_measures():
    names = Counter(
        chain.from_iterable({bare(name) for name in each.labels} for each in measures().values())
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_broader_and_related_measure_exists_and_nothing_is_its_own_broader():
    for each in measures().values():
        assert not each.broader or each.broader[0] in measures(), each
        assert set(each.related) <= measures().keys(), each
        seen, above = {each.iri}, each.broader
        while above:
            assert above[0] not in seen, f"loop at {each.label}"
            seen.add(above[0])
            above = measures()[above[0]].broader


def test_related_goes_both_ways_and_is_not_broader():
    for each in measures().values():
        for other in each.related:
            assert each.iri in measures()[other].related
            assert other not in each.broader
            assert each.iri not in measures()[other].broader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("满不满意", "服务对象满意度"),
        ("服务对象满意度指标", "服务对象满意度"),
        ("三支一扶", "三支一扶招募人数"),
        ("“三支一扶”人员数量", "三支一扶招募人数"),
        ("城乡居保", "城乡居民养老保险参保人数"),
        ("两癌", "妇女两癌筛查人数"),
        ("及时率（%）", "及时率"),
        ("ＧＤＰ", "地区生产总值增长率"),
        ("没有这样的指标名", None),
        ("", None),
    ],
)
def test_finds_a_measure_by_any_name(text, expected):
    found = find(text)
    assert (found.label if found else None) == expected


def test_falling_measures_are_negative_with_an_upper_bound():
    for name in ("投诉率", "城镇登记失业率", "孕产妇死亡率", "差错率", "返贫率"):
        measure = find(name)
        assert label(measure.direction) == "反向指标"
        assert label(measure.operator) == "小于等于"


def test_units_are_those_of_the_measure():
    assert find("耕地地力保护补贴标准").unit == find_unit("元/亩").iri
    assert find("服务对象满意度").unit == find_unit("%").iri


def test_synonyms_leave_out_the_name_itself():
    assert "培训出勤率" not in synonyms("培训出勤率")
    assert "参训率" in synonyms("培训出勤率")
    assert synonyms("没有这样的指标名") == ()


def test_narrower_is_the_inverse_of_broader():
    below = narrower(find("参保人数"))
    assert find("工伤保险参保人数") in below
    assert all(find("参保人数").iri in each.broader for each in below)


def test_expansions_take_the_longest_names_and_never_overlap():
    text = "提高城乡居保参保率"
    found = expansions(text)
    assert [text[each.start : each.end] for each in found] == ["城乡居保", "参保率"]
    assert "参保覆盖率" in found[1].synonyms
    assert [each.measure.label for each in expansions("养老金发放及时率")] == ["养老金发放及时率"]


@given(st.text(max_size=30))
def test_expansions_hold_for_any_text(text):
    found = expansions(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
    for left, right in pairwise(found):
        assert left.end <= right.start


def test_the_thesaurus_uses_only_terms_of_our_namespace_that_it_or_the_ontology_defines():
    graph = thesaurus.graph()
    defined = {str(each) for each in graph.subjects()} | concepts().keys()
    used = {
        str(node)
        for _subject, predicate, value in graph
        for node in (predicate, value)
        if str(node).startswith(NS)
    }
    assert used - defined - {NS + "order"} == set()
