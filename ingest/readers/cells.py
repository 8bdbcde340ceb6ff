"""What readers of tables share: counting cells, a row's text, titles printed as rows (单元格)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.grid import Block, Cell, Line, Table
from ingest.readers import Limits
from ontology.errors import LimitExceeded, Where
from ontology.model import Place

# How a foreign parser fails on hostile bytes: our own mistakes would show in any good file.
PARSER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class CellCount:
    """Counts the cells of one file against its limits (单元格计数)."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._most = limits.cells
        self._count = 0

    def add(self, cells: int) -> None:
        """Count cells before they are made.

        Raises:
            LimitExceeded: there are more than the limits allow.
        """
        self._count += cells
        if self._count > self._most:
            raise LimitExceeded(
                f"表格单元格超过 {self._most} 个，未读取。请拆分后再导入。", where=Where(self._name)
            )


def row_text(texts: Iterable[str]) -> str:
    """A printed row in one line: its cells joined with bars."""
    return " | ".join(text.replace("\n", " ") for text in texts)


def titled(cells: Sequence[Cell], *, loose: bool = False) -> Iterator[Block]:
    """A table, and as lines the rows above and below it that are one cell from edge to edge.

    Word, web pages and sheets print a form's title, its year and unit of money, and the notes
    below it as such rows; in text and PDF the same stand outside the table. ``loose``: sheets
    let such text run over empty cells, so one filled cell is enough.
    """
    width = max((cell.col + cell.colspan for cell in cells), default=0)
    rows: list[list[Cell]] = [[] for _ in range(max((cell.row for cell in cells), default=-1) + 1)]
    for cell in cells:
        rows[cell.row].append(cell)
    first, last = 0, len(rows)
    while first < last and _is_line(rows[first], width, loose=loose):
        first += 1
    while last > first and _is_line(rows[last - 1], width, loose=loose):
        last -= 1
    yield from _lines(rows[:first])
    if first < last:
        yield Table(tuple(_moved(cell, first) for row in rows[first:last] for cell in row))
    yield from _lines(rows[last:])


def _is_line(row: Sequence[Cell], width: int, *, loose: bool) -> bool:
    """Whether a row prints one cell only, and that over the whole width."""
    filled = [cell for cell in row if cell.text]
    if not filled:
        return len(row) == 1 and row[0].colspan == width
    (cell, *more) = filled
    runs_over = loose and (cell.col == 0 or cell.colspan > 1)
    return not more and cell.rowspan == 1 and (cell.colspan == width or runs_over)


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterator[Line]:
    for row in rows:
        for cell in row:
            yield from lines(cell.text, cell.place)


def lines(text: str, place: Place, *, heading: bool = False) -> Iterator[Line]:
    """The printed lines of a text that may have breaks of its own."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    for part in parts:
        printed = place.text if len(parts) == 1 and place.row is None else part
        yield Line(part, Place(place.page, place.line, None, printed, place.sheet), heading)


def _moved(cell: Cell, up: int) -> Cell:
    if not up:
        return cell
    place = cell.place
    row = place.row - up if place.row else None
    moved = Place(place.page, place.line, row, place.text, place.sheet)
    return Cell(cell.row - up, cell.col, cell.text, moved, cell.rowspan, cell.colspan)
