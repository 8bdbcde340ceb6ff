from __future__ import annotations

from dataclasses import replace

import pytest

from ontology.errors import NotFound, StoreError
from ontology.model import Document
from search.answers import Filters, Query
from search.encoders.ngram import NgramEncoder
from search.engine import Engine
from search.library import Library


def names(results):
    return [hit.name for hit in results.hits]


def facet(results, name):
    return {each.value: each.count for each in results.facets[name]}


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "dense"])
def test_the_same_name_comes_first(engine, mode):
    results = engine.search(Query("培训合格率", mode))
    assert names(results)[0] == "培训合格率"
    assert "参训人员合格率" in names(results)
    assert "成本控制" not in names(results)


def test_identical_rows_are_one_hit(engine):
    hit = engine.search(Query("培训合格率")).hits[0]
    assert hit.places == 3
    only = engine.search(Query("培训合格率", filters=Filters(regions=("大城县",)))).hits[0]
    assert (only.places, only.region) == (2, "大城县")


def test_a_hit_says_where_it_stands_and_why_it_was_found(engine):
    hit = engine.search(Query("培训人数合计")).hits[0]
    assert (hit.name, hit.value, hit.unit, hit.operator) == ("培训人数", 33.0, "人", "≥")
    assert (hit.source.line, hit.region_code, hit.year) == (3, "341825", 2024)
    assert (hit.project, hit.project_key) == ("就业补助", f"{hit.document_key}-p1")
    assert hit.iri == f"https://w3id.org/jixiao/id/indicator/{hit.key}"
    assert hit.why.matched == ((0, 4),)
    assert hit.score == pytest.approx(sum(hit.why.parts.values()), abs=1e-5)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), 8),
        (Filters(regions=("河北省",)), 5),
        (Filters(regions=("130000",)), 5),
        (Filters(regions=("秦皇岛市",)), 2),
        (Filters(regions=("旌德", "抚宁区")), 6),
        (Filters(regions=("河北省",), not_regions=("抚宁区",)), 3),
        (Filters(not_regions=("安徽省",)), 5),
        (Filters(regions=("没有的地方",)), 0),
        (Filters(years=(2023,)), 3),
        (Filters(level1=("满意度指标",)), 2),
        (Filters(level2=("质量指标", "成本指标")), 3),
        (Filters(units=("万元",)), 1),
        (Filters(operators=("=", "≤")), 2),
        (Filters(numeric=False), 2),
        (Filters(numeric=True, regions=("安徽省",)), 3),
    ],
)
def test_filters_are_exact(engine, filters, found):
    everything = engine.search(Query(filters=filters, limit=100))
    assert everything.total == found == len(everything.hits)
    searched = engine.search(Query("满意度", filters=filters, limit=100))
    assert {hit.key for hit in searched.hits} <= {hit.key for hit in everything.hits}


def test_a_filter_on_documents(engine):
    key = engine.documents()[0].key
    hits = engine.search(Query(filters=Filters(documents=(key,)))).hits
    assert {hit.document_key for hit in hits} == {key}


def test_facets_count_hits(engine):
    results = engine.search(Query())
    assert facet(results, "region") == {
        "340000": 4, "341800": 4, "341825": 4,
        "130000": 5, "130300": 2, "130306": 2, "131000": 3, "131025": 3,
    }  # fmt: skip
    assert facet(results, "year") == {"2024": 6, "2023": 3}
    assert facet(results, "numeric") == {"true": 6, "false": 2}
    assert facet(results, "operator") == {"≥": 4, "≤": 1, "=": 1}
    assert facet(results, "level2")["质量指标"] == 2
    assert {each.label for each in results.facets["region"]} >= {"安徽省", "宣城市", "旌德县"}


@pytest.mark.parametrize("text", ["", "合格率", "满意度"])
def test_choosing_a_facet_gives_as_many_hits_as_it_says(engine, text):
    for name, field in (("region", "regions"), ("level2", "level2"), ("unit", "units")):
        for each in engine.search(Query(text)).facets[name]:
            chosen = engine.search(Query(text, filters=Filters(**{field: (each.value,)})))
            assert chosen.total >= each.count


def test_pages_follow_each_other(engine):
    whole = engine.search(Query("合格率", limit=100))
    pages = [engine.search(Query("合格率", limit=1, offset=at)) for at in range(whole.total)]
    assert [page.hits[0] for page in pages] == list(whole.hits)
    assert engine.search(Query("合格率", offset=100)).hits == ()


@pytest.mark.parametrize("text", ["", "   ", "？！", "zzz", "\ud800", "𠮷" * 300, "＊'\"\\"])
def test_any_text_can_be_asked(engine, text):
    assert engine.search(Query(text)).total >= 0


def test_marks_show_what_is_shared(engine):
    hit = next(each for each in engine.search(Query("群众满不满意")).hits if "群众" in each.name)
    assert [hit.name[start:end] for start, end in hit.why.matched] == ["群众满意"]


def test_similar_ones_leave_out_the_row_itself(engine):
    key = engine.search(Query("培训合格率")).hits[0].key
    found = engine.similar(key, 5)
    assert found[0].name == "参训人员合格率"
    assert all(hit.name != "培训合格率" for hit in found)
    assert len(engine.similar(key, 1)) == 1
    away = engine.similar(key, other_regions=True)
    assert away
    assert all(hit.region_code != engine.indicator(key).region_code for hit in away)


def test_things_by_their_keys(engine):
    hit = engine.search(Query("群众满意度")).hits[0]
    assert engine.indicator(hit.key).name == "群众满意度"
    document, project = engine.project(hit.project_key)
    assert (document, project.name) == (hit.document_key, "就业补助")
    assert engine.extraction(document).source == "大城县.txt"
    source, content = engine.original(document)
    assert source == "大城县.txt"
    assert "群众满意度" in content.decode()
    assert engine.lines(document)[2].text.split("\t")[1] == "群众满意度"
    for ask in (engine.indicator, engine.project, engine.extraction, engine.lines, engine.similar):
        with pytest.raises(NotFound):
            ask("341825-2024-00000000-p1-i1")


def test_stats_are_those_of_the_version(engine):
    stats = engine.stats()
    assert (stats.documents, stats.projects, stats.indicators, stats.bases) == (3, 3, 10, 1)
    assert stats.version == engine.version
    assert stats.triples > 300
    assert stats.vectors == "Flat"


def test_an_empty_library_answers_with_nothing(tmp_path, encoder):
    library = Library.open(tmp_path)
    engine = Engine(library, encoder)
    assert engine.search(Query("满意度")).total == 0
    assert engine.documents() == ()
    assert engine.stats().documents == 0
    assert engine.select("SELECT ?s { ?s ?p ?o }") == []
    assert engine.query("ASK {}", ["text/csv"]).content == b"true"
    with pytest.raises(NotFound):
        engine.indicator("x-p1-i1")
    with library:
        library.publish(encoder)  # a version without documents
    assert engine.refresh()
    for text in ("", "满意度"):
        assert engine.search(Query(text)).total == 0


def test_a_restart_and_a_rebuild_give_the_same_answers(filled, encoder):
    filled.publish(encoder)
    engine = Engine(filled, encoder)
    questions = [Query("合格率"), Query("满意"), Query(filters=Filters(regions=("河北省",)))]
    answers = [(each.hits, each.facets) for each in map(engine.search, questions)]
    again = Engine(Library.open(filled.path), encoder)
    assert [(each.hits, each.facets) for each in map(again.search, questions)] == answers
    filled.publish(encoder, force=True)
    assert again.refresh()
    assert not again.refresh()
    assert [(each.hits, each.facets) for each in map(again.search, questions)] == answers


def test_an_index_of_another_encoder_asks_for_a_rebuild(filled, encoder):
    filled.publish(encoder)
    engine = Engine(filled, encoder)

    class Other(NgramEncoder):
        fingerprint = "another"

    with pytest.raises(StoreError, match="jixiao reindex"):
        Engine(filled, Other())
    assert filled.publish(Other())
    assert Engine(filled, Other()).search(Query("培训")).total
    assert engine.search(Query("培训")).total  # on its old version


def test_a_place_counts_a_group_once_whoever_states_it(tmp_path, encoder, make, indicator):
    county = make("旌德县", (indicator("培训合格率", "≥95%"),))
    above = Document("安徽省", "340000", "安徽省", "安徽省人社厅", 2024)
    province = replace(county, source="省.txt", documents=(above,))
    with Library.open(tmp_path) as library:
        for each in (county, province):
            library.put(each.source, each.source.encode(), each)
        library.publish(encoder)
    results = Engine(library, encoder).search(Query("培训"))
    assert facet(results, "region") == {"340000": 1, "341800": 1, "341825": 1}
    assert results.hits[0].places == 2


def test_a_name_that_holds_the_whole_question_gets_the_boost(engine):
    hits = {hit.name: hit.why.parts for hit in engine.search(Query("合格率")).hits}
    assert hits["培训合格率"]["within"] > 0
    assert all(("合格率" in name) == (parts.get("within", 0) > 0) for name, parts in hits.items())
