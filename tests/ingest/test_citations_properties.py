"""What holds of citations in any text: found again, cut from the text, in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.citations import (
    cite_bare_title,
    find_citations,
    find_partial_numbers,
    merge_citations,
    normalise_doc_no,
)

ISSUERS = st.sampled_from(
    [
        "国发",
        "财社",
        "皖人社发",
        "旌人社秘",
        "秦财企",
        "川财教",
        "国卫基层发",
        "发改价格",
        "宁财(农)指标",
        "苏政办函",
        "粤府办",
        "民发",
        "抚编批字",
        "人社部发",
    ]
)
BRACKETS = st.sampled_from(["〔〕", "【】", "[]", "［］", "（）", "()", "〔】", "[］"])
BLANKS = st.sampled_from(["", "", " ", "\u3000", "\n"])
BEFORE = st.sampled_from(["", "根据", "依据《预算法》和", "文号：", "（", "、"])
AFTER = st.sampled_from(["", "文件精神", "文", "）", "，按月拨付", "。"])
TITLES = st.sampled_from(
    [
        "关于做好2024年就业补助资金管理工作的通知",
        "安徽省工伤保险实施办法",
        "关于印发〈河北省就业补助资金管理办法〉的通知",
        "中华人民共和国义务教育法实施细则",
        "“十四五”残疾人保障和发展规划",
    ]
)
ODD = st.text(
    alphabet=st.sampled_from(
        "《》〈〉〔〕【】[]（）()令号第条年公告通知关于的印发办法财社皖国0123４\n 、，。一二"
    ),
    max_size=80,
)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text)


@st.composite
def printed_numbers(draw):
    """A number in its GB form, and the same as some county prints it."""
    issuer, brackets = draw(ISSUERS), draw(BRACKETS)
    year, serial = draw(st.integers(1990, 2030)), draw(st.integers(1, 9999))
    width = draw(st.sampled_from([str, _wide]))
    parts = [issuer, brackets[0], width(str(year)), brackets[1], width(str(serial)), "号"]
    printed = parts[0]
    for part in parts[1:]:
        printed += draw(BLANKS) + part
    return f"{issuer}〔{year}〕{serial}号", printed


@given(printed_numbers(), BEFORE, AFTER)
def test_a_printed_number_is_found_and_normalised(number, before, after):
    normal, printed = number
    assert normalise_doc_no(printed) == normal
    assert find_citations(f"{before}{printed}{after}")[-1].doc_no == normal


@given(printed_numbers())
def test_normalising_twice_changes_nothing(number):
    normal, _ = number
    assert normalise_doc_no(normal) == normal


@given(
    TITLES,
    printed_numbers(),
    st.sampled_from(["《{t}》（{n}）", "《{t}》{n}", "{n}《{t}》", "《{t}（{n}）》"]),
)
def test_a_number_finds_its_title(title, number, shape):
    normal, printed = number
    text = f"根据{shape.format(t=title, n=printed)}，做好保障工作。"
    (citation,) = find_citations(text)
    assert (citation.title, citation.doc_no) == (title, normal)


@given(st.lists(st.tuples(TITLES, printed_numbers()), min_size=2, max_size=4))
def test_numbers_in_a_row_find_their_own_titles(pairs):
    text = "、".join(f"《{title}》（{printed}）" for title, (_, printed) in pairs)
    assert [(each.title, each.doc_no) for each in find_citations(text)] == [
        (title, normal) for title, (normal, _) in pairs
    ]


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=120), ODD))
def test_any_text_is_survived_and_cited_verbatim(text):
    for citation in (*find_citations(text), *find_partial_numbers(text)):
        assert citation.as_written in text
        assert citation.as_written
        assert citation.title or citation.doc_no
        assert citation.doc_no is None or citation.doc_no.endswith("号")
    merged = merge_citations(find_citations(text))
    assert merge_citations(merged) == merged
    cite_bare_title(text)


@pytest.mark.parametrize(
    "unit",
    ["《", "》", "〔", "1", "国", " ", "\n", "《国发〔2021〕", "〔2021 ", "令第1", "关于", "关于印发《a》的",
     "财社〔2021〕1号、", "（国", "第一条", "2021〕", "《关于的通知》（", "《〈", "\u3000号"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(unit):
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    find_citations(text)
    find_partial_numbers(text)
    cite_bare_title(text)
    assert time.process_time() - start < 8
