"""What every reader keeps: the same printed table gives the same grid in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.grid import Line, Source, Table
from ingest.readers import read_bytes
from tests.ingest.readers import making
from tests.ingest.readers.making import FORM, NOTE, TITLE

FIXTURES = Path(__file__).parents[1] / "fixtures" / "readers"
EXACT = {
    "表.html": making.as_html(),
    "国标.html": making.as_html("gb2312"),
    "表.docx": making.as_docx(),
    "表.xlsx": making.as_xlsx(),
    # form.xls is making.as_xlsx(), saved by LibreOffice
    "表.xls": (FIXTURES / "form.xls").read_bytes(),
    "表.pdf": making.as_pdf(making.form_ink()),
    "横.pdf": making.as_pdf(making.form_ink(), turned=True),
    "表.ofd": making.as_ofd(making.form_ink()),
}
LOOSE = {"表.txt": making.as_text(), "表.md": making.as_markdown()}
ALL = {**EXACT, **LOOSE}


def source_of(name: str) -> Source:
    return read_bytes(ALL[name], name)


@pytest.mark.parametrize("name", EXACT)
class TestReadersWithCells:
    def test_cells_and_spans_are_those_of_the_print(self, name: str) -> None:
        (table,) = source_of(name).tables()
        assert table.exact
        found = [(c.row, c.col, c.text, c.rowspan, c.colspan) for c in table.cells]
        assert found == [(c.row, c.col, c.text, c.rowspan, c.colspan) for c in FORM]

    def test_every_place_of_the_grid_is_covered_once(self, name: str) -> None:
        (table,) = source_of(name).tables()
        covered = [
            (cell.row + y, cell.col + x)
            for cell in table.cells
            for y in range(cell.rowspan)
            for x in range(cell.colspan)
        ]
        assert sorted(covered) == [(y, x) for y in range(table.height) for x in range(table.width)]


@pytest.mark.parametrize("name", LOOSE)
def test_text_keeps_empty_cells_so_that_columns_do_not_shift(name: str) -> None:
    (table,) = source_of(name).tables()
    assert not table.exact
    assert (table.height, table.width) == (5, 5)
    filled = {(cell.row, cell.col): cell.text for cell in table.cells if cell.text}
    assert filled == {(cell.row, cell.col): cell.text for cell in FORM if cell.text}


@pytest.mark.parametrize("name", ALL)
class TestReaders:
    def test_blocks_come_in_reading_order(self, name: str) -> None:
        title, table, note = source_of(name).blocks
        assert isinstance(title, Line)
        assert isinstance(table, Table)
        assert isinstance(note, Line)
        assert (title.text, note.text) == (TITLE, NOTE)

    def test_rows_know_their_place(self, name: str) -> None:
        source = source_of(name)
        (table,) = source.tables()
        rows = [next(c for c in table.cells if c.row == row) for row in range(table.height)]
        assert [cell.place.row for cell in rows] == [1, 2, 3, 4, 5]
        lines = [cell.place.line for cell in rows]
        assert None not in lines
        assert lines == sorted(set(lines))
        assert "维修养护工程处数" in rows[2].place.text
        assert "≥35处" in rows[2].place.text

    def test_name_page_and_sheet(self, name: str) -> None:
        source = source_of(name)
        assert source.name == name
        has_pages = name.endswith((".pdf", ".ofd"))
        has_sheets = name.endswith((".xlsx", ".xls"))
        for table in source.tables():
            assert {cell.place.page for cell in table.cells} == {1 if has_pages else None}
            assert {cell.place.sheet for cell in table.cells} == {"目标表" if has_sheets else None}

    def test_same_bytes_give_the_same_source(self, name: str) -> None:
        assert source_of(name) == source_of(name)
