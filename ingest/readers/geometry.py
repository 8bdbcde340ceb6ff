"""Pages as positions (版面): glyphs and ruling lines, and the lines of text they make.

What PDF and OFD have in common: they know where ink is, not what is a line or a table.
Lengths are in points or any other unit of the page; ``top`` grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Box:
    """Something printed (印迹): a glyph with its text, or a ruling line without."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page's ink (页面): its glyphs in the order of the file, and its ruling lines."""

    number: int
    glyphs: tuple[Box, ...]
    rules: tuple[Box, ...] = ()


def around(boxes: Sequence[Box], text: str = "") -> Box:
    """The smallest box that holds all of these."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
        text,
    )


def lines(glyphs: Iterable[Box]) -> Iterator[list[Box]]:
    """The printed lines from top to bottom, the glyphs of each from left to right.

    Glyphs share a line if the middle of one lies within the height of the line so far.
    """
    open_line: list[Box] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda box: box.middle[1]):
        if open_line and not top <= glyph.middle[1] <= bottom:
            yield _ordered(open_line)
            open_line = []
        if not open_line:
            top, bottom = glyph.top, glyph.bottom
        open_line.append(glyph)
        # A line does not grow with a large glyph, or it would swallow the next line.
        top, bottom = max(top, glyph.top), min(bottom, glyph.bottom)
    if open_line:
        yield _ordered(open_line)


def _ordered(line: list[Box]) -> list[Box]:
    """From left to right; a glyph printed twice on one spot, for boldness, counts once."""
    ordered: list[Box] = []
    for glyph in sorted(line, key=lambda box: box.left):
        last = ordered[-1] if ordered else None
        near = 0.3 * (glyph.right - glyph.left)
        twice = last and last.text == glyph.text and glyph.left - last.left < near
        if not twice:
            ordered.append(glyph)
    return ordered


def joined(line: Sequence[Box]) -> str:
    """The text of a line; a gap wider than a third of its height is a blank."""
    parts: list[str] = []
    right = None
    for glyph in line:
        if right is not None and glyph.left - right > 0.33 * glyph.height:
            parts.append(" ")
        parts.append(glyph.text)
        right = max(right or glyph.right, glyph.right)
    return " ".join("".join(parts).split())


def unwrapped(upper: str, lower: str) -> str:
    """Two lines that only the margin parted: Chinese and numbers go on, words need a blank."""
    words = upper[-1:].isascii() and upper[-1:].isalpha() and lower[:1].isascii()
    return f"{upper} {lower}" if words and lower[:1].isalpha() else upper + lower


def cell_text(glyphs: Iterable[Box], right: float) -> str:
    """The text of a cell that ends at ``right``: a line that reaches it was wrapped there."""
    text, is_full = "", False
    for line in lines(glyphs):
        printed = joined(line)
        if not printed:
            continue
        text = unwrapped(text, printed) if is_full else f"{text}\n{printed}".lstrip("\n")
        box = around(line)
        is_full = right - box.right < 1.3 * box.height
    return text


def segments(line: Sequence[Box], gap: float = 1.2) -> list[Box]:
    """The pieces of a line that gaps of ``gap`` heights set apart."""
    height = median(glyph.height for glyph in line) or 1.0
    pieces: list[list[Box]] = []
    for glyph in line:
        if glyph.text.isspace():
            continue
        if pieces and glyph.left - pieces[-1][-1].right <= gap * height:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [around(piece, joined(piece)) for piece in pieces]
