"""Tables that were flattened to one cell per line, put back into rows (展平的表格).

Some web pages and PDF texts print every cell of a table on a line of its own. Where
consecutive lines are the labels of a header, the lines below are its cells in reading
order, without the empty ones: class labels are known words, and between them stand the
cells of the other columns, row after row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.grid import Block, Cell, Line, Table
from ingest.layout.labels import Column, columns, field, level1, level2, says_indicator
from ingest.text import clean
from ingest.values import looks_like_value
from ontology.model import Place

_LABELS = frozenset({Column.LEVEL1, Column.LEVEL2, Column.SECTION, Column.SEQ})
_ENOUGH = frozenset({Column.NAME, Column.VALUE})
_LONGEST_CELL = 120

_Cells = list[tuple[int, Line]]  # column, line


def unflatten(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with runs of one-cell lines made into tables."""
    result: list[Block] = []
    index = 0
    while index < len(blocks):
        header = _header_at(blocks, index)
        if not header:
            result.append(blocks[index])
            index += 1
            continue
        head = _head_above(result)
        body, index = _body(blocks, index + len(header), header)
        result.append(_table([*head, _cells(header), *body]))
    return tuple(result)


def _header_at(blocks: Sequence[Block], start: int) -> list[Line]:
    """The lines that label the columns, if a header begins here."""
    lines: list[Line] = []
    for block in blocks[start : start + 12]:
        if not isinstance(block, Line) or not columns(clean(block.text)):
            break
        lines.append(block)
    roles = {columns(clean(line.text))[0] for line in lines}
    return lines if len(lines) >= 3 and roles >= _ENOUGH else []


def _cells(lines: list[Line]) -> _Cells:
    return list(enumerate(lines))


def _head_above(result: list[Block]) -> list[_Cells]:
    """Key–value lines right above the header, taken back out of the result."""
    start = len(result)
    while start and isinstance(result[start - 1], Line) and len(result) - start < 40:
        start -= 1
    tail = [block for block in result[start:] if isinstance(block, Line)]
    first = next((i for i, line in enumerate(tail) if field(clean(line.text))), None)
    if first is None:
        return []
    del result[start + first :]
    return _pairs(tail[first:])


def _pairs(lines: list[Line]) -> list[_Cells]:
    rows: list[_Cells] = []
    for line in lines:
        if field(clean(line.text)) or not rows:
            rows.append([(0, line)])
        else:
            rows[-1].append((len(rows[-1]), line))
    return rows


def _body(blocks: Sequence[Block], index: int, header: list[Line]) -> tuple[list[_Cells], int]:
    """The rows below a header, and the index of the first block that is no cell of them."""
    roles = [columns(clean(line.text))[0] for line in header]
    rows = _Rows(roles)
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Line) or block.heading or _ends(clean(block.text)):
            break
        if _header_at(blocks, index):
            break
        rows.add(block)
        index += 1
    return list(rows.finish()), index


def _ends(text: str) -> bool:
    return len(text) > _LONGEST_CELL or text.endswith(("。", "表")) or field(text) is not None


class _Rows:
    """Collects cells into rows: labels open a row, a full row ends it."""

    def __init__(self, roles: list[Column]) -> None:
        self._roles = roles
        self._free = [col for col, role in enumerate(roles) if role not in _LABELS]
        self._value = roles.index(Column.VALUE)
        self._rows: list[_Cells] = []
        self._row: _Cells = []

    def add(self, line: Line) -> None:
        text = clean(line.text)
        label = self._label_column(text)
        taken = [col for col, _ in self._row if col in self._free]
        if label is not None:
            if taken:
                self._flush()
            self._row.append((label, line))
            return
        rest = [col for col in self._free if not taken or col > taken[-1]]
        if not rest:
            self._flush()
            rest = self._free
        col = rest[0]
        if self._value in rest and col < self._value and taken and looks_like_value(text) > 0.8:
            col = self._value
        self._row.append((col, line))

    def _label_column(self, text: str) -> int | None:
        """The column of a class label; None for any other cell."""
        last = max((col for col, _ in self._row), default=-1)
        if not says_indicator(text):
            return None
        for role, known in ((Column.LEVEL1, level1), (Column.LEVEL2, level2)):
            if (
                role in self._roles
                and known(text)
                and (self._roles.index(role) > last or last >= self._free[0])
            ):
                return self._roles.index(role)
        return None

    def _flush(self) -> None:
        if self._row:
            self._rows.append(self._row)
        self._row = []

    def finish(self) -> Iterator[_Cells]:
        self._flush()
        yield from self._rows


def _table(rows: list[_Cells]) -> Table:
    cells = []
    for index, row in enumerate(rows):
        first = row[0][1].place
        text = " | ".join(line.text.strip() for _, line in row)
        place = Place(page=first.page, line=first.line, row=index + 1, text=text)
        cells += [Cell(index, col, line.text, place) for col, line in row]
    return Table(tuple(cells), exact=False)
