from __future__ import annotations

import pytest

from ingest.grid import Line, Table
from ingest.readers import Limits, read_bytes
from ontology.errors import LimitExceeded, UnreadableFile
from tests.ingest.readers.making import Ink, as_ofd, as_pdf, form_ink

LAW = (
    "按照《中华人民共和国就业促进法》第十五条规定，国家实行有利于促进就业的财政政策，加大资金投入，"
)
COLUMNS = (60, 140, 240, 400)
HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
BODY = (
    ("产出指标", "数量指标", "购置设备数量", "≥12台"),
    ("", "质量指标", "设备验收合格率", "100%"),
    ("效益指标", "社会效益指标", "受益学生人数", "≥800人"),
    ("满意度指标", "服务对象满意度", "学生家长满意度", "≥90%"),
)


def unruled(step: int = 20) -> Ink:
    return [
        ("text", x, 100 + step * row, text)
        for row, texts in enumerate((HEADER, *BODY))
        for x, text in zip(COLUMNS, texts, strict=True)
        if text
    ]


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.height)]


def test_table_without_lines_is_found_by_alignment() -> None:
    ink = [("text", 200, 70, "项目绩效目标表"), *unruled(), ("text", 60, 240, "注：无")]
    title, table, note = read_bytes(as_pdf(ink), "表.pdf").blocks
    assert isinstance(title, Line)
    assert isinstance(table, Table)
    assert isinstance(note, Line)
    assert not table.exact
    assert texts(table) == [list(HEADER), *map(list, BODY)]


def test_lines_across_part_the_rows_of_a_table_without_sides() -> None:
    """三线表: cells of two printed lines stay together between two rules."""
    ink = unruled(step=40)
    ink += [("text", 240, 152, "（含备用）"), ("text", 240, 232, "（在校）")]
    ink += [("line", 50, 80 + 40 * row, 500, 80 + 40 * row) for row in range(6)]
    (table,) = read_bytes(as_pdf(ink), "表.pdf").blocks
    assert isinstance(table, Table)
    assert [row[2] for row in texts(table)] == [
        "三级指标",
        "购置设备数量\n（含备用）",
        "设备验收合格率",
        "受益学生人数\n（在校）",
        "学生家长满意度",
    ]


def test_paragraphs_are_joined_and_items_are_not() -> None:
    ink = [
        ("text", 60, 100, LAW[:44]),
        ("text", 40, 114, LAW[44:] + "改善就业环境。"),
        ("text", 60, 128, "2.立项依据"),
        ("text", 40, 142, "一" * 46),
        ("text", 40, 156, "（二）支出进度"),
    ]
    lines = [line.text for line in read_bytes(as_pdf(ink), "文.pdf").lines()]
    assert lines == [LAW + "改善就业环境。", "2.立项依据", "一" * 46, "（二）支出进度"]


def test_titles_are_not_joined_even_if_nothing_is_wider() -> None:
    ink = [
        ("text", 60, 100, "部门（单位）整体支出绩效目标申报表"),
        ("text", 60, 114, "（2024年度）"),
    ]
    assert len(read_bytes(as_pdf(ink), "文.pdf").blocks) == 2


def test_glyphs_printed_twice_for_boldness_count_once_and_dots_count_all() -> None:
    bold = [("text", 60 + shift, 100, "绩效目标") for shift in (0, 0.4, 0.8)]
    dots = [("text", 60 + 3.2 * n, 120, ".") for n in range(10)]
    lines = [line.text for line in read_bytes(as_pdf([*bold, *dots]), "文.pdf").lines()]
    assert lines == ["绩效目标", "." * 10]


def test_page_numbers_stay_as_lines_with_their_page() -> None:
    pages = [[("text", 60, 100, f"第{n}部分"), ("text", 300, 800, str(n))] for n in (1, 2)]
    places = [(line.place.page, line.text) for line in read_bytes(as_pdf(*pages), "a.pdf").lines()]
    assert places == [(1, "第1部分"), (1, "1"), (2, "第2部分"), (2, "2")]


def test_words_wrapped_in_a_cell_are_joined_and_own_lines_kept() -> None:
    ink = [
        *(("line", x, 100, x, 180) for x in (40, 105, 300)),
        *(("line", 40, y, 300, y) for y in (100, 180)),
        *(("text", 44, 120, "≥35次"), ("text", 110, 120, "1.购置设备")),
        *(("text", 44, 134, "满意度指标项"), ("text", 44, 148, "以上")),
        ("text", 110, 134, "2.维修"),
    ]
    (table,) = read_bytes(as_pdf(ink), "a.pdf").tables()
    assert [cell.text for cell in table.cells] == ["≥35次\n满意度指标项以上", "1.购置设备\n2.维修"]


def test_a_frame_around_the_page_is_no_table() -> None:
    frame: Ink = [
        *(("line", 20, y, 575, y) for y in (20, 820)),
        *(("line", x, 20, x, 820) for x in (20, 575)),
    ]
    blocks = read_bytes(as_pdf([*frame, *form_ink()]), "a.pdf").blocks
    assert [type(block) for block in blocks] == [Line, Table, Line]


def test_dashed_double_and_open_lines() -> None:
    """Sides left open, lines in dashes, lines drawn twice."""
    ink: Ink = [
        ("text", 60 + 100 * col, 120 + 40 * row, f"{row}{col}") for row in (0, 1) for col in (0, 1)
    ]
    ink += [("line", x, y, x + 4, y) for y in (100, 140, 180) for x in range(50, 250, 6)]
    ink += [("line", 150, 100, 150, 180), ("line", 151, 100, 151, 180)]
    (table,) = read_bytes(as_pdf(ink), "a.pdf").tables()
    assert texts(table) == [["00", "01"], ["10", "11"]]


def test_scanned_pages_are_noted_and_scanned_files_refused() -> None:
    source = read_bytes(as_pdf([], [("text", 60, 100, "绩效目标")]), "a.pdf")
    assert [(issue.code, issue.source.page) for issue in source.issues] == [("scanned-page", 1)]
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(as_pdf([], []), "a.pdf")
    assert caught.value.code == "unreadable-image"
    with pytest.raises(UnreadableFile):
        read_bytes(as_ofd([]), "a.ofd")


def test_fonts_that_do_not_tell_their_characters_are_noted() -> None:
    source = read_bytes(as_pdf([("text", 60, 100, "\ue001\ue002\ue003目标")]), "a.pdf")
    assert [issue.code for issue in source.issues] == ["garbled-page"]


def test_page_limit() -> None:
    with pytest.raises(LimitExceeded):
        read_bytes(as_pdf([], [], []), "a.pdf", Limits(pages=2))


def test_encrypted_pdf_says_so() -> None:
    content = as_pdf(form_ink()).replace(
        b"trailer << ",
        b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"28" * 32
        + b"> /U <"
        + b"29" * 32
        + b"> >> /ID [<00><00>] ",
    )
    with pytest.raises(UnreadableFile, match="加密"):
        read_bytes(content, "a.pdf")
