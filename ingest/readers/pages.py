"""From the ink of a page to lines and tables in reading order (版面分析)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.grid import Block, Cell, Line, Table
from ingest.readers.aligned import Row, aligned_rows
from ingest.readers.cells import CellCount, row_text, titled
from ingest.readers.geometry import Box, Page, around, cell_text, joined, lines, unwrapped
from ingest.readers.ruled import Drawn, drawn_tables
from ontology.model import Place

# A line that begins a paragraph of its own, however full the line above is.
_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)"
    r"|第[一二三四五六七八九十\d]+[章节条部]|[①-⑳]|附件|注[:：]"
)
_FULL_LINE = 20  # heights: a shorter line is a title or an item, even if it is the widest
_LEADER = re.compile(r"[.．…·]{4,}")  # the dots of a table of contents


class Reader:
    """Reads the pages of one file; lines and rows are counted through the file."""

    def __init__(self, count: CellCount) -> None:
        self._count = count
        self._line = 0

    def blocks(self, page: Page) -> Iterator[Block]:
        """The page's tables with drawn or aligned cells, and its prose in paragraphs."""
        tables = drawn_tables(page.rules)
        inside, loose = _sorted(page.glyphs, tables)
        tables = [table for index, table in enumerate(tables) if inside[index]]
        inside = [each for each in inside if each]
        prose: list[list[Box]] = []
        waiting = list(zip(tables, inside, strict=True))
        for line in lines(loose):
            while waiting and waiting[0][0].box.top < around(line).top:
                yield from self._prose(page, prose)
                yield from self._drawn(page, *waiting.pop(0))
                prose = []
            prose.append(line)
        yield from self._prose(page, prose)
        for table, cells in waiting:
            yield from self._drawn(page, table, cells)

    def _drawn(self, page: Page, table: Drawn, inside: dict[int, list[Box]]) -> Iterator[Block]:
        self._count.add(len(table.cells))
        texts = [
            cell_text(inside.get(index, ()), table.columns[span.right])
            for index, span in enumerate(table.cells)
        ]
        rows: dict[int, list[int]] = {}
        for index, span in enumerate(table.cells):
            rows.setdefault(span.top, []).append(index)
        cells: list[Cell] = []
        for row, indexes in rows.items():
            place = self._row_place(page, row, [texts[index] for index in indexes])
            for index in indexes:
                span = table.cells[index]
                height, width = span.bottom - span.top, span.right - span.left
                cells.append(Cell(row, span.left, texts[index], place, height, width))
        yield from titled(cells)

    def _prose(self, page: Page, prose: Sequence[list[Box]]) -> Iterator[Block]:
        """Lines outside of drawn tables: tables by alignment, the rest as paragraphs."""
        done = 0
        flat = [rule for rule in page.rules if rule.right - rule.left >= rule.height]
        for start, end, rows in aligned_rows(prose, flat):
            yield from self._paragraphs(page, prose[done:start])
            yield self._aligned(page, rows)
            done = end
        yield from self._paragraphs(page, prose[done:])

    def _aligned(self, page: Page, rows: Iterable[Row]) -> Table:
        cells: list[Cell] = []
        for index, row in enumerate(rows):
            self._count.add(len(row))
            texts = ["\n".join(piece.text for piece in pieces) for pieces in row]
            place = self._row_place(page, index, texts)
            cells += [Cell(index, col, text, place) for col, text in enumerate(texts)]
        return Table(tuple(cells), exact=False)

    def _row_place(self, page: Page, row: int, texts: Iterable[str]) -> Place:
        self._line += 1
        return Place(page.number, self._line, row + 1, row_text(texts))

    def _paragraphs(self, page: Page, prose: Sequence[list[Box]]) -> Iterator[Line]:
        text = ""
        for index, line in enumerate(prose):
            printed = joined(line)
            if text and _continues(page, prose[index - 1], line):
                text = unwrapped(text, printed)
                continue
            yield from self._paragraph(page, text)
            text = printed
        yield from self._paragraph(page, text)

    def _paragraph(self, page: Page, text: str) -> Iterator[Line]:
        if text:
            self._line += 1
            yield Line(text, Place(page.number, self._line, None, text))


def _sorted(
    glyphs: Iterable[Box], tables: Sequence[Drawn]
) -> tuple[list[dict[int, list[Box]]], list[Box]]:
    """The glyphs in each table's cells, those of the smallest table around each, and the rest."""
    inside: list[dict[int, list[Box]]] = [{} for _ in tables]
    loose: list[Box] = []
    by_size = sorted(range(len(tables)), key=lambda index: _area(tables[index].box))
    for glyph in glyphs:
        for index in by_size:
            cell = tables[index].cell_at(*glyph.middle)
            if cell is not None:
                inside[index].setdefault(cell, []).append(glyph)
                break
        else:
            loose.append(glyph)
    return inside, loose


def _area(box: Box) -> float:
    return box.height * (box.right - box.left)


def _continues(page: Page, above: Sequence[Box], line: Sequence[Box]) -> bool:
    """Whether a line goes on with the paragraph of the line above, which reached the margin."""
    over, here = around(above), around(line)
    height = here.height
    left = min(glyph.left for glyph in page.glyphs)
    right = max(glyph.right for glyph in page.glyphs)
    return (
        over.right > right - 2 * height
        and over.right - over.left > _FULL_LINE * height
        and here.left < left + height
        and here.top - over.bottom < 1.3 * height
        and 0.8 < height / (over.height or 1) < 1.25
        and not _ITEM.match(joined(line))
        and not _LEADER.search(joined(above))
    )
