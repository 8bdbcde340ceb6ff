"""What every reader returns: a flow of lines and tables with their places (网格).

A reader turns the bytes of one format into a :class:`Source`: blocks in reading order,
each a :class:`Line` of prose or a :class:`Table` of cells. Nothing is interpreted yet, and
nothing is thrown away. ``ingest/layout`` reads meaning out of it, the same for all formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ontology.model import Issue, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose, without its line end; ``heading`` if the format marked it so."""

    text: str
    place: Place
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: position and spans counted from 0, text as printed."""

    row: int
    col: int
    text: str
    place: Place
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: its cells in reading order.

    ``exact`` tells that spans and columns are those of the format itself (HTML, Word,
    Excel, ruled PDF); in text they are guessed from separators, and columns may slip.
    """

    cells: tuple[Cell, ...]
    exact: bool = True

    @property
    def width(self) -> int:
        return max((cell.col + cell.colspan for cell in self.cells), default=0)

    @property
    def height(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Source:
    """One read file: its name, its blocks in reading order, what the reader doubted."""

    name: str
    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...] = ()

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
