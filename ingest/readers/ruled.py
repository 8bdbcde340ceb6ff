"""Tables drawn with lines (框线表格): from ruling lines to cells with their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.geometry import Box

_NEAR = 3.0  # points: lines as close as this are one line, drawn twice or in pieces
_WALL = 0.6  # share of a cell's side that must be drawn
_MOST_CROSSINGS = 4_000_000  # beyond this a page is a drawing, not a form


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line (线段) at one place of an axis, from ``start`` to ``end`` of the other."""

    at: float
    start: float
    end: float

    def meets(self, other: Stroke) -> bool:
        """Whether this line touches one that runs the other way."""
        return (
            self.start - _NEAR <= other.at <= self.end + _NEAR
            and other.start - _NEAR <= self.at <= other.end + _NEAR
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a drawn table (表格单元): rows and columns from 0, ends left out."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Drawn:
    """A drawn table (框线表格): the places of its lines, and its cells in reading order."""

    columns: list[float]
    rows: list[float]
    cells: list[Span] = field(default_factory=list)
    _at: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def add(self, cell: Span) -> None:
        for row in range(cell.top, cell.bottom):
            for column in range(cell.left, cell.right):
                self._at[row, column] = len(self.cells)
        self.cells.append(cell)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell that covers this place was added."""
        return (row, column) in self._at

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell that covers a point."""
        place = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        return self._at.get(place)


def drawn_tables(rules: Iterable[Box]) -> list[Drawn]:
    """The tables of a page from top to bottom; a frame with nothing drawn in it is none."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for rule in rules:
        x, y = rule.middle
        if rule.right - rule.left >= rule.height:
            across.append(Stroke(y, rule.left, rule.right))
        else:
            down.append(Stroke(x, rule.top, rule.bottom))
    across, down = list(_merged(across)), list(_merged(down))
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    tables = (_table(*group) for group in _connected(across, down))
    found = [table for table in tables if table and len(table.cells) > 1]
    return sorted(found, key=lambda table: (table.box.top, table.box.left))


def _merged(strokes: Iterable[Stroke]) -> Iterator[Stroke]:
    """Pieces of a line as one: dashes, lines drawn cell by cell, double lines."""
    level: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if level and stroke.at > level[-1].at + _NEAR:
            yield from _joined(level)
            level = []
        level.append(stroke)
    yield from _joined(level)


def _joined(level: Sequence[Stroke]) -> Iterator[Stroke]:
    """The lines of one height; short strokes are parts of letters and ticks."""
    at = sum(stroke.at for stroke in level) / max(len(level), 1)
    start = end = float("-inf")
    for stroke in (*sorted(level, key=lambda stroke: stroke.start), Stroke(at, 1e9, 1e9)):
        if stroke.start > end + _NEAR:
            if end - start > 2 * _NEAR:
                yield Stroke(at, start, end)
            start = stroke.start
        end = max(end, stroke.end)


def _connected(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """The groups of lines that touch each other."""
    unseen = set(range(len(down)))
    waiting = set(range(len(across)))
    while waiting:
        flat, upright = [waiting.pop()], []
        for index in flat:  # grows while it is walked
            met = {each for each in unseen if across[index].meets(down[each])}
            unseen -= met
            upright += sorted(met)
            reached = {each for each in waiting for line in met if across[each].meets(down[line])}
            waiting -= reached
            flat += sorted(reached)
        if upright:
            yield [across[index] for index in flat], [down[index] for index in upright]


def _table(across: Sequence[Stroke], down: Sequence[Stroke]) -> Drawn | None:
    columns = _places(down, across)
    rows = _places(across, down)
    if len(columns) < 2 or len(rows) < 2 or len(columns) * len(rows) > _MOST_CROSSINGS // 10:
        return None
    table = Drawn(columns, rows)
    beside = _Walls(down, columns, rows)
    below = _Walls(across, rows, columns)
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if not table.holds(row, column):
                table.add(_cell(table, row, column, beside, below))
    return table


def _places(strokes: Sequence[Stroke], crossing: Sequence[Stroke]) -> list[float]:
    """Where the lines of one direction stand; open sides end where the crossing lines end."""
    places = [stroke.at for stroke in strokes]
    places += (min(stroke.start for stroke in crossing), max(stroke.end for stroke in crossing))
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place > distinct[-1] + 2 * _NEAR:
            distinct.append(place)
    return distinct


class _Walls:
    """Which sides of the cells are drawn (单元格边框)."""

    def __init__(
        self, strokes: Sequence[Stroke], places: Sequence[float], bands: Sequence[float]
    ) -> None:
        self._drawn: set[tuple[int, int]] = set()
        for place, at in enumerate(places):
            near = [stroke for stroke in strokes if abs(stroke.at - at) <= 2 * _NEAR]
            for band, (start, end) in enumerate(pairwise(bands)):
                covered = sum(
                    max(0.0, min(end, stroke.end) - max(start, stroke.start)) for stroke in near
                )
                if covered >= _WALL * (end - start):
                    self._drawn.add((place, band))

    def stands(self, place: int, band: int) -> bool:
        return (place, band) in self._drawn


def _cell(table: Drawn, row: int, column: int, beside: _Walls, below: _Walls) -> Span:
    """The largest cell from here: to the right while no wall stands, then down."""
    right, bottom = column + 1, row + 1
    while (
        right < len(table.columns) - 1
        and not beside.stands(right, row)
        and not table.holds(row, right)
    ):
        right += 1
    while bottom < len(table.rows) - 1 and all(
        not below.stands(bottom, each) and not table.holds(bottom, each)
        for each in range(column, right)
    ):
        if any(beside.stands(each, bottom) for each in range(column + 1, right)):
            break
        if right < len(table.columns) - 1 and not beside.stands(right, bottom):
            break
        bottom += 1
    return Span(row, column, bottom, right)
