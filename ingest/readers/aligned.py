"""Tables without lines (无框线表格): rows whose pieces stand under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.geometry import Box, segments

Row = list[list[Box]]  # the pieces of text in each column
_FEWEST = 3  # columns of the header, and rows that have as many pieces


def aligned_rows(
    lines: Sequence[Sequence[Box]], rules: Sequence[Box]
) -> Iterator[tuple[int, int, list[Row]]]:
    """Runs of lines that make a table: first line, end line, rows.

    ``rules`` are the ruling lines of the page: where some run across the table, they and not
    the gaps between the lines part its rows.
    """
    pieces = [segments(line) for line in lines]
    start = 0
    while start < len(pieces):
        end = _end(pieces, start) if len(pieces[start]) >= _FEWEST else start
        full = sum(len(line) >= _FEWEST for line in pieces[start:end])
        if full >= _FEWEST:
            yield start, end, _rows(pieces[start:end], rules)
            start = end
        else:
            start += 1


def _end(pieces: Sequence[Sequence[Box]], start: int) -> int:
    """Where a table that begins with this header ends."""
    header = pieces[start]
    height = max(piece.height for piece in header)
    end = last = start + 1
    while end < len(pieces):
        line = pieces[end]
        gap = min(piece.top for piece in line) - max(piece.bottom for piece in pieces[end - 1])
        if gap > 3 * height or (len(line) == 1 and _is_wide(line[0], header)):
            break
        end += 1
        if len(line) > 1:
            last = end
    return last


def _is_wide(piece: Box, header: Sequence[Box]) -> bool:
    """Whether a lone piece runs over half of the table: prose, not a cell."""
    return piece.right - piece.left > 0.5 * (header[-1].right - header[0].left)


def _rows(pieces: Sequence[Sequence[Box]], rules: Sequence[Box]) -> list[Row]:
    borders = _borders(pieces)
    rows: list[Row] = []
    for line, is_new in zip(pieces, _starts(pieces, rules, len(borders) + 1), strict=True):
        if is_new:
            rows.append([[] for _ in range(len(borders) + 1)])
        for piece in line:
            rows[-1][sum(piece.middle[0] > border for border in borders)].append(piece)
    return rows


def _borders(pieces: Sequence[Sequence[Box]]) -> list[float]:
    """Between two cells of the fullest line: where the fewest pieces cross, in the middle."""
    header = max(pieces, key=len)
    body = [piece for line in pieces for piece in line]
    borders = []
    for left, right in pairwise(header):
        steps = [left.right + (right.left - left.right) * step / 20 for step in range(21)]
        crossed = [sum(piece.left < x < piece.right for piece in body) for x in steps]
        best = [x for x, count in zip(steps, crossed, strict=True) if count == min(crossed)]
        borders.append(best[len(best) // 2])
    return borders


def _starts(pieces: Sequence[Sequence[Box]], rules: Sequence[Box], columns: int) -> Iterator[bool]:
    """Which lines begin a row; the others continue the cells of the line above."""
    tops = [min(piece.top for piece in line) for line in pieces]
    steps = [below - above for above, below in pairwise(tops)]
    ruled = [
        any(above < rule.middle[1] < below + 1 for rule in rules) for above, below in pairwise(tops)
    ]
    least = 1.25 * min(steps)
    is_loose = sum(step > least for step in steps) >= 0.3 * len(steps)
    yield True
    for line, step, is_ruled in zip(pieces[1:], steps, ruled, strict=True):
        if sum(ruled) >= _FEWEST:
            yield is_ruled
        else:
            yield not is_loose or step > least or 2 * len(line) >= columns
