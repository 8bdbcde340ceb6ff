from __future__ import annotations

import json
import math

import pytest

from ontology.errors import UnreadableFile
from search.answers import Query
from search.evaluate import evaluate
from search.rank import matched


def judged(tmp_path, *lines):
    path = tmp_path / "judged.jsonl"
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), "utf-8")
    return path


def test_a_perfect_order_has_full_marks(engine, tmp_path):
    path = judged(tmp_path, {"query": "培训合格率", "relevant": {"培训合格率": 2}})
    figures = evaluate(engine, path)
    assert (figures.queries, figures.ndcg10, figures.recall10, figures.mrr) == (1, 1, 1, 1)


def test_figures_by_hand(engine, tmp_path):
    found = {"query": "培训合格率", "relevant": {"参训人员合格率": 1, "没有的指标": 1}}
    nothing = {"query": "zzz", "relevant": {"培训合格率": 1}}
    figures = evaluate(engine, judged(tmp_path, found, nothing), mode="lexical")
    second = 1 / math.log2(3)
    assert figures.queries == 2
    assert figures.ndcg10 == pytest.approx(second / (1 + second) / 2)
    assert figures.recall10 == pytest.approx(0.25)
    assert figures.mrr == pytest.approx(0.25)


def test_judgements_may_be_about_keys(engine, tmp_path):
    key = engine.search(Query("群众满意度")).hits[0].key
    path = judged(tmp_path, {"query": "群众满意度", "relevant": {key: 1}})
    assert evaluate(engine, path).mrr == 1


@pytest.mark.parametrize(
    "text", ["", "not json", '{"query": "a"}', '{"query": "a", "relevant": []}']
)
def test_a_bad_file_says_which_line(engine, tmp_path, text):
    (tmp_path / "bad.jsonl").write_text(text, "utf-8")
    with pytest.raises(UnreadableFile):
        evaluate(engine, tmp_path / "bad.jsonl")


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("合格率", "培训合格率", ["合格率"]),
        ("ａ级景区", "A级旅游景区", ["A级", "景区"]),
        ("率", "合格率", ["率"]),
        ("满意", "合格率", []),
        ("", "合格率", []),
    ],
)
def test_marks(text, name, marked):
    assert [name[start:end] for start, end in matched(text, name)] == marked
