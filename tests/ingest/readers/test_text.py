from __future__ import annotations

import pytest

from ingest.grid import Line, Source, Table
from ingest.readers import read_bytes


def read(text: str, name: str = "a.txt") -> Source:
    return read_bytes(text.encode(), name)


def texts(source: Source) -> list[list[list[str]]]:
    return [
        [[c.text for c in table.cells if c.row == row] for row in range(table.height)]
        for table in source.tables()
    ]


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        (r"$\geq 95 \%$", "≥95 %"),
        (r"$$\leqslant 5\text{次}$$", "≤5次"),
        (r"$\mathrm{90}\%\sim95\%$", "90%~95%"),
        (r"\(\approx 120\)次", "≈120次"),
        (r"2024\_01\*", "2024_01*"),
        ("A&amp;B&nbsp;&ge;5", "A&B ≥5"),
        ("《a&b》", "《a&b》"),
        ("<span style='x'>甲</span><sup>2</sup>", "甲2"),
        ("指标值<95%且>5", "指标值<95%且>5"),
    ],
)
def test_marks(printed, seen) -> None:
    (line,) = read(printed, "a.md").lines()
    assert line.text == seen


def test_breaks_in_a_cell_and_in_prose() -> None:
    source = read("| 一级<br/>指标 | a\\|b |\n|---|---|\n| 产出 |  |\n\n甲<br>乙\n", "a.md")
    assert texts(source) == [[["一级\n指标", "a|b"], ["产出", ""]]]
    assert [(line.text, line.place.line) for line in source.lines()] == [("甲", 5), ("乙", 5)]
    (table,) = source.tables()
    assert [(c.place.line, c.place.row) for c in table.cells] == [(1, 1), (1, 1), (3, 2), (3, 2)]


def test_pipes_without_outer_bars_need_their_rule() -> None:
    assert texts(read("指标 | 值\n---|---\n工程数 | ≥35\n")) == [
        [["指标", "值"], ["工程数", "≥35"]]
    ]
    assert texts(read("甲 | 乙\n")) == []


def test_tabs_keep_trailing_empty_cells_and_blank_lines_part_tables() -> None:
    assert texts(read("a\tb\t\t\n\nc\td\n")) == [[["a", "b", "", ""]], [["c", "d"]]]


def test_drawn_tables() -> None:
    text = "┌────┬────┐\n│指标│值  │\n├────┼────┤\n│工程│≥35 │\n└────┴────┘\n"
    assert texts(read(text)) == [[["指标", "值"], ["工程", "≥35"]]]


def test_blanks_and_commas_part_cells_only_where_lines_agree() -> None:
    assert texts(read("指标   单位   值\n工程数  处  35\n合格率   %   100\n"))[0][1] == [
        "工程数",
        "处",
        "35",
    ]
    assert texts(read('指标,单位,值\n工程款,元,"1,234"\n合格率,%,100\n'))[0][1] == [
        "工程款",
        "元",
        "1,234",
    ]
    assert texts(read("指标   单位   值\n工程数  处\n合格率   %   100\n")) == []
    assert texts(read("甲,乙,丙。\n丁,戊,己。\n庚,辛,壬。\n")) == []


def test_form_feeds_count_pages() -> None:
    source = read("第一页\n\f第二页\nx\ty\n\f\n末页")
    assert [(line.text, line.place.page) for line in source.lines()] == [
        ("第一页", 1),
        ("第二页", 2),
        ("末页", 3),
    ]
    assert next(source.tables()).cells[0].place.page == 2


def test_html_tables_in_text_keep_their_spans_and_lines() -> None:
    text = "标题\n\n<table>\n<tr><td rowspan=2>产出</td><td>甲</td></tr>\n<tr><td>乙</td></tr>\n</table>\n尾\n"
    title, table, end = read(text, "a.md").blocks
    assert isinstance(title, Line)
    assert isinstance(table, Table)
    assert isinstance(end, Line)
    found = [(c.row, c.col, c.text, c.rowspan, c.place.line) for c in table.cells]
    assert found == [(0, 0, "产出", 2, 4), (0, 1, "甲", 1, 4), (1, 1, "乙", 1, 5)]
    assert (table.exact, end.place.line) == (True, 7)


def test_a_damaged_character_does_not_change_the_charset() -> None:
    content = "项目支出绩效目标表，项目名称防汛".encode()
    for broken in (content[:-1], content.replace("防".encode(), b"\xe9\x98")):
        (line,) = read_bytes(broken, "a.txt").lines()
        assert line.text.startswith("项目支出绩效目标表，项目名称")
