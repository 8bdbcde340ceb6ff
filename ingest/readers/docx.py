"""Word documents (Word 文档): paragraphs and tables in the order of the page.

The parts are read with lxml: python-docx leaves out text boxes, content controls, tracked
insertions and automatic numbers, and cannot open the strict edition of the format.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.grid import Block, Cell, Line, Source
from ingest.readers import Limits
from ingest.readers.cells import CellCount, row_text, titled
from ingest.readers.numbering import Numbering
from ingest.readers.package import Package, attribute, local, number_attribute
from ontology.model import Place

# What is not printed: deletions, field codes, properties, the old twin of a text box.
_UNPRINTED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "Fallback", "rPr", "pPr", "tblPr", "trPr"),
        *("tcPr", "sectPr", "sdtPr", "rt", "commentReference", "annotationRef"),
    }
)
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WIDEST = 1000


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read a document; places count its paragraphs, those in cells included.

    Raises:
        UnreadableFile: damaged, encrypted, or without a document part.
        LimitExceeded: larger or more cells than the limits allow.
    """
    package = Package(content, name, limits)
    part = package.main_part("word/document.xml")
    folder = posixpath.dirname(part)
    styles = _Styles(package.tree(f"{folder}/styles.xml"))
    numbering = Numbering(package.tree(f"{folder}/numbering.xml"))
    walk = _Walk(styles, numbering, CellCount(name, limits))
    blocks: list[Block] = []
    for each in (part, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        tree = package.tree(each)
        blocks += walk.blocks(tree) if tree is not None else ()
    return Source(name, tuple(blocks))


class _Styles:
    """Which paragraph styles are headings or numbered, inherited ones included (样式)."""

    def __init__(self, tree: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        for style in () if tree is None else tree.iter("{*}style"):
            self._styles[attribute(style, "styleId") or ""] = style

    def is_heading(self, paragraph: etree._Element) -> bool:
        level = self._property(paragraph, "outlineLvl")
        return level is not None and number_attribute(level, "val", 9) < 9

    def number(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list that the paragraph is numbered in and its depth; no list is ''."""
        numbered = self._property(paragraph, "numPr")
        if numbered is None:
            return "", 0
        number = attribute(numbered.find("{*}numId"), "val") or ""
        return number, number_attribute(numbered.find("{*}ilvl"), "val")

    def _property(self, paragraph: etree._Element, tag: str) -> etree._Element | None:
        properties = paragraph.find("{*}pPr")
        style = attribute(properties.find("{*}pStyle"), "val") if properties is not None else None
        for _ in range(10):  # styles rest on styles, at times in a circle
            found = properties.find(f"{{*}}{tag}") if properties is not None else None
            if found is not None or style not in self._styles:
                return found
            element = self._styles[style]
            properties = element.find("{*}pPr")
            style = attribute(element.find("{*}basedOn"), "val")
        return None


@dataclass(slots=True)
class _Printed:
    """A cell on its way: spans grow while later rows continue it."""

    row: int
    col: int
    colspan: int
    text: str
    place: Place
    rowspan: int = 1

    def cell(self) -> Cell:
        return Cell(self.row, self.col, self.text, self.place, self.rowspan, self.colspan)


@dataclass(slots=True)
class _Rows:
    """The rows of a table so far (表格行)."""

    cells: list[_Printed] = field(default_factory=list)
    open: dict[int, _Printed] = field(default_factory=dict)
    height: int = 0

    def blocks(self) -> Iterator[Block]:
        return titled([cell.cell() for cell in self.cells])


class _Walk:
    """Walks the parts in reading order and counts paragraphs and cells."""

    def __init__(self, styles: _Styles, numbering: Numbering, count: CellCount) -> None:
        self._styles = styles
        self._numbering = numbering
        self._count = count
        self._paragraph = 0

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            tag = local(child)
            if tag == "p":
                yield from self._lines(child)
            elif tag == "tbl":
                yield from self._table(child)
            elif tag not in _UNPRINTED:
                yield from self.blocks(child)

    def _lines(self, paragraph: etree._Element) -> Iterator[Block]:
        self._paragraph += 1
        number = self._paragraph
        text, boxes = self._text(paragraph)
        heading = self._styles.is_heading(paragraph)
        for line in text.split("\n"):
            if line.strip():
                yield Line(line.strip(), Place(line=number, text=line.strip()), heading)
        for box in boxes:
            yield from self.blocks(box)

    def _text(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """The printed text of a paragraph and the text boxes that hang on it."""
        parts: list[str] = []
        boxes: list[etree._Element] = []
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            tag = local(element)
            if tag == "txbxContent":
                boxes.append(element)
            elif tag in _BREAKS:
                parts.append(_BREAKS[tag])
            elif tag == "t":
                parts.append(element.text or "")
            elif tag == "sym":
                parts.append(_symbol(element))
            elif tag not in _UNPRINTED and not (tag == "r" and _is_hidden(element)):
                stack.extend(reversed(element))
        text = "".join(parts)
        if text.strip():
            text = self._numbering.next(*self._styles.number(paragraph)) + text
        return text, boxes

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """A table; one that stands in a cell follows the row that holds it."""
        rows = _Rows()
        for row in _within(table, "tr"):
            properties = row.find("{*}trPr")
            if properties is not None and properties.find("{*}del") is not None:
                continue
            inner = self._row(row, rows)
            if inner:
                yield from rows.blocks()
                yield from inner
                rows = _Rows()
        yield from rows.blocks()

    def _row(self, row: etree._Element, rows: _Rows) -> list[Block]:
        line = self._paragraph + 1
        col = number_attribute(row.find("{*}trPr/{*}gridBefore"), "val")
        printed: list[_Printed] = []
        inner: list[Block] = []
        for element in _within(row, "tc"):
            width = number_attribute(element.find("{*}tcPr/{*}gridSpan"), "val", 1)
            width = min(max(width, 1), _WIDEST)
            self._count.add(width)
            text, blocks = self._cell(element)
            inner += blocks
            merge = element.find("{*}tcPr/{*}vMerge")
            above = rows.open.get(col)
            if merge is not None and attribute(merge, "val") in {None, "continue"} and above:
                above.rowspan = rows.height - above.row + 1
            elif attribute(element.find("{*}tcPr/{*}hMerge"), "val") == "continue" and printed:
                printed[-1].colspan += width
            else:
                printed.append(_Printed(rows.height, col, width, text, Place()))
                rows.open.pop(col, None)
                if merge is not None:
                    rows.open[col] = printed[-1]
            col += width
        place = Place(line=line, row=rows.height + 1, text=row_text(each.text for each in printed))
        for each in printed:
            each.place = place
        rows.cells += printed
        rows.height += 1
        return inner

    def _cell(self, cell: etree._Element) -> tuple[str, list[Block]]:
        """The text of a cell, and the blocks from the first table in it on."""
        texts: list[str] = []
        inner: list[Block] = []
        for block in self.blocks(cell):
            if isinstance(block, Line) and not inner:
                texts.append(block.text)
            else:
                inner.append(block)
        return "\n".join(texts), inner


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in parent:
        if local(child) == tag:
            yield child
        elif local(child) in {"sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"}:
            yield from _within(child, tag)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find("{*}rPr/{*}vanish")
    return hidden is not None and attribute(hidden, "val") not in {"0", "false", "off"}


def _symbol(element: etree._Element) -> str:
    """A sign from a symbol font: Wingdings' boxes and ticks, Symbol's comparisons."""
    code = attribute(element, "char") or ""
    known = {"F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F0B1": "±", "F0BB": "≈", "F052": "☑"}
    return known.get(code.upper(), "□" if code.upper() in {"F0A8", "F06F", "F071"} else "")
