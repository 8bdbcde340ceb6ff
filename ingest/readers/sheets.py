"""From the filled cells of a sheet to lines and tables (工作表): shared by xlsx and xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.grid import Block, Cell
from ingest.readers.cells import CellCount, row_text, titled
from ontology.model import Issue, Place

Position = tuple[int, int]  # row and column, from 0
Span = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Sheet:
    """What a sheet prints (工作表): texts of the filled cells, merged ranges, hidden rows."""

    name: str
    texts: dict[Position, str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    unknown: int = 0  # formulas that were never calculated

    def blocks(self, count: CellCount) -> Iterator[Block]:
        """Tables between blank rows, the titles and notes around them as lines."""
        if self.texts:
            yield from _Layout(self, count).blocks()

    def issues(self) -> Iterator[Issue]:
        place = Place(sheet=self.name)
        if self.hidden and self.texts:
            yield Issue("hidden-sheet", f"工作表“{self.name}”是隐藏的，也已读取。", place)
        rows = sorted({row for row, _ in self.texts} & self.hidden_rows)
        if rows:
            place = Place(line=rows[0] + 1, sheet=self.name)
            message = f"工作表“{self.name}”有 {len(rows)} 个隐藏行，也已读取。"
            yield Issue("hidden-rows", message, place)
        if self.unknown:
            message = f"工作表“{self.name}”有 {self.unknown} 个公式没有计算结果，请打开保存一次。"
            yield Issue("formula-without-value", message, place)


class _Layout:
    """One sheet's spans, laid over its texts."""

    def __init__(self, sheet: Sheet, count: CellCount) -> None:
        self._sheet = sheet
        self._count = count
        self._first = min(col for _, col in sheet.texts)
        self._last = max(col for _, col in sheet.texts)
        bottom = max(row for row, _ in sheet.texts)
        self._rows: dict[int, dict[int, str]] = {}
        for (row, col), text in sorted(sheet.texts.items()):
            self._rows.setdefault(row, {})[col] = text
        self._spans: dict[Position, Position] = {}
        self._covered: set[Position] = set()
        for span in sheet.merged:
            self._merge(span, bottom)

    def _merge(self, span: Span, bottom: int) -> None:
        """Lay a merged range, cut to what is filled: ranges may name a million empty rows."""
        top, left, last_row, last_col = span
        last_row, last_col = min(last_row, bottom), min(last_col, self._last)
        if (top, left) not in self._sheet.texts or (top, left) in self._covered:
            return
        height, width = last_row - top + 1, last_col - left + 1
        self._count.add(height * width)
        area = {(top + y, left + x) for y in range(height) for x in range(width)} - {(top, left)}
        if area & self._covered:
            return
        self._covered |= area
        self._spans[top, left] = (height, width)

    def blocks(self) -> Iterator[Block]:
        for rows in self._regions():
            yield from titled(self._cells(rows), loose=True)

    def _regions(self) -> Iterator[range]:
        """Runs of rows without a blank row between them; a merged range holds rows together."""
        start = reach = min(self._rows)
        for row, cells in self._rows.items():
            if row > reach + 1:
                yield range(start, reach + 1)
                start = row
            heights = (self._spans.get((row, col), (1, 1))[0] for col in cells)
            reach = max(reach, row + max(heights) - 1)
        yield range(start, reach + 1)

    def _cells(self, rows: range) -> list[Cell]:
        """The cells of a region; columns count from the sheet's first filled one."""
        cells: list[Cell] = []
        last = max(self._edge(row) for row in rows)
        self._count.add(len(rows) * (last - self._first + 1))
        for index, row in enumerate(rows):
            filled = self._rows.get(row, {})
            columns = [
                col for col in range(self._first, last + 1) if (row, col) not in self._covered
            ]
            text = row_text(filled.get(col, "") for col in columns)
            place = Place(line=row + 1, row=index + 1, text=text, sheet=self._sheet.name)
            for col in columns:
                height, width = self._spans.get((row, col), (1, 1))
                cells.append(
                    Cell(index, col - self._first, filled.get(col, ""), place, height, width)
                )
        return cells

    def _edge(self, row: int) -> int:
        return max(
            (col + self._spans.get((row, col), (1, 1))[1] - 1 for col in self._rows.get(row, {})),
            default=self._first,
        )
