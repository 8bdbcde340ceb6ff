"""Rows of tables in one form, whatever the format (表格行).

The one merge filler: a cell that spans rows is present on each of them, marked as carried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.grid import Cell, Table
from ingest.text import clean
from ontology.model import Place


@dataclass(frozen=True, slots=True)
class Token:
    """A non-empty cell on a row: its column, its text without layout blanks.

    ``carried`` tells that the cell began on an earlier row (it spans rows).
    """

    col: int
    text: str
    carried: bool = False
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """The non-empty cells of one printed row, from left to right."""

    tokens: tuple[Token, ...]
    place: Place
    exact: bool
    starts: tuple[int, ...] = ()  # first columns of all cells on the row, empty ones too

    @property
    def own(self) -> tuple[Token, ...]:
        """The cells that begin on this row."""
        return tuple(token for token in self.tokens if not token.carried)


def table_rows(table: Table) -> Iterator[Row]:
    """The rows of a table that print something of their own."""
    starting: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        starting[cell.row].append(cell)
    open_cells: list[Cell] = []
    for index in range(table.height):
        open_cells = [cell for cell in open_cells if cell.row + cell.rowspan > index]
        starts = starting[index]
        tokens = [_token(cell, carried=True) for cell in open_cells if cell.text.strip()]
        tokens += [_token(cell, carried=False) for cell in starts if cell.text.strip()]
        columns = tuple(sorted(cell.col for cell in (*open_cells, *starts)))
        open_cells += [cell for cell in starts if cell.rowspan > 1]
        if any(not token.carried for token in tokens):
            tokens.sort(key=lambda token: token.col)
            yield Row(tuple(tokens), starts[0].place, table.exact, columns)


def _token(cell: Cell, *, carried: bool) -> Token:
    return Token(cell.col, clean(cell.text), carried, cell.colspan)
