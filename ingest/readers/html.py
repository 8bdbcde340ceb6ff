"""Web pages (网页): tables with their spans, nested layout tables, text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from ingest.grid import Block, Cell, Line, Source
from ingest.readers import Limits
from ingest.readers.cells import CellCount, row_text, titled
from ingest.readers.charset import decode
from ontology.errors import UnreadableFile, Where
from ontology.model import Place

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_IGNORED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "title", "iframe", "select"),
        *("textarea", "object", "svg", "button"),
    }
)
_BLOCK = frozenset(
    {
        *("p", "div", "li", "tr", "td", "th", "table", "section", "article", "header", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "center", "form"),
        *("pre", "blockquote", "body", "main", "caption", "nav", "aside", "hr"),
    }
)
_FRAMES = frozenset({"thead", "tbody", "tfoot", "tr", "form"})
_STRUCTURE = _FRAMES | {"td", "th", "caption", "colgroup", "col"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDEST = 1000  # spans beyond this are mistakes or attacks
_LONGEST_CELL = 60  # beside a table within a table: longer text is the page's, not a cell


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read a page; nothing it refers to is fetched.

    Raises:
        UnreadableFile: no HTML can be made out.
        LimitExceeded: more cells than the limits allow.
    """
    return Source(name, tuple(fragment(_decode(content, name), 0, name, limits)))


def fragment(text: str, offset: int, name: str, limits: Limits) -> Iterator[Block]:
    """The blocks of a piece of HTML whose first line is line ``offset`` + 1 of its file."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            "网页内容无法解析。请另存为网页或文本后再导入。", where=Where(name)
        ) from error
    yield from _Page(offset, CellCount(name, limits)).blocks(root)


def _decode(content: bytes, name: str) -> str:
    match = _CHARSET.search(content[:4096])
    charset = match[1].decode("ascii", errors="ignore").lower() if match else ""
    if charset in {"gb2312", "gbk", "gb18030", "x-gbk"}:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            return decode(content, name)
    # lxml refuses an encoding declaration in decoded text; it has said all it can. NULs end
    # the text for the parser, and the rest of the page would be lost.
    return _DECLARATION.sub("", decode(content, name)).replace("\0", "")


@dataclass(frozen=True, slots=True)
class _Step:
    """A node on the walk's stack, before or after its children."""

    node: html.HtmlElement
    is_end: bool = False


class _Page:
    """Walks a page in reading order and counts its cells."""

    def __init__(self, offset: int, count: CellCount) -> None:
        self._offset = offset
        self._count = count

    def blocks(self, root: html.HtmlElement) -> Iterator[Block]:
        """Lines and tables under a node; of a table that holds tables, the parts."""
        texts: list[str] = []
        stack = [_Step(root)]
        while stack:
            step = stack.pop()
            node, tag = step.node, _tag(step.node)
            if step.is_end:
                if tag in _BLOCK:
                    yield from self._lines(texts, node)
            elif _is_printed(node):
                if tag in _BLOCK or tag == "br":
                    yield from self._lines(texts, node)
                if tag == "table" and node is not root:
                    yield from self._table(node)
                else:
                    texts.append(node.text or "")
                    stack.append(_Step(node, is_end=True))
                    stack.extend(_Step(child) for child in reversed(node))
                    continue
            if node is not root:
                texts.append(node.tail or "")
        yield from self._lines(texts, root)

    def _lines(self, texts: list[str], node: html.HtmlElement) -> Iterator[Line]:
        text = _single("".join(texts)).strip()
        texts.clear()
        if text:
            yield Line(text, Place(line=self._line(node), text=text), node.tag in _HEADINGS)

    def _table(self, table: html.HtmlElement) -> Iterator[Block]:
        for caption in table.iterchildren("caption"):
            yield from self.blocks(caption)
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        rows = list(_rows(table))
        first = 0
        for index, (row, printed) in enumerate(rows):
            inner = [cell for cell in printed if _holds_table(cell)]
            if not inner or _is_data(printed):
                self._row(row, printed, (index - first, len(rows) - first), taken, cells)
            elif len(inner) < len(printed):
                inner = printed
            if inner:
                yield from titled(cells)
                cells, taken, first = [], set(), index + 1
            for cell in inner:
                yield from self.blocks(cell)
        yield from titled(cells)
        yield from self._strays(table)

    def _row(
        self,
        row: html.HtmlElement,
        printed: list[html.HtmlElement],
        at: tuple[int, int],
        taken: set[tuple[int, int]],
        cells: list[Cell],
    ) -> None:
        """Place a row's cells in what the rows above leave free; ``at`` is row and height."""
        index, rows = at
        texts = ["" if _holds_table(cell) else _text(cell) for cell in printed]
        place = Place(line=self._line(row), row=index + 1, text=row_text(texts))
        col = 0
        for cell, text in zip(printed, texts, strict=True):
            while (index, col) in taken:
                col += 1
            height = min(_span(cell, "rowspan"), rows - index)
            width = _span(cell, "colspan")
            self._count.add(height * width)
            taken |= {(index + y, col + x) for y in range(height) for x in range(width)}
            cells.append(Cell(index, col, text, place, height, width))
            col += width

    def _strays(self, table: html.HtmlElement) -> Iterator[Block]:
        """What stands between the cells, which browsers print beside the table."""
        for node in _frames(table):
            texts = [node.text or "", *(child.tail or "" for child in node)]
            yield from self._lines(texts, node)
            for child in node:
                if _tag(child) not in _STRUCTURE and _is_printed(child):
                    yield from self.blocks(child)

    def _line(self, node: html.HtmlElement) -> int | None:
        return node.sourceline + self._offset if node.sourceline else None


def _tag(node: html.HtmlElement) -> str:
    return node.tag if isinstance(node.tag, str) else ""


def _is_hidden(node: html.HtmlElement) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style", "")))


def _is_printed(node: html.HtmlElement) -> bool:
    tag = _tag(node)
    return bool(tag) and tag not in _IGNORED and not _is_hidden(node)


def _frames(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The table and its groups and rows, not those of tables in its cells."""
    yield table
    for child in table:
        if _tag(child) in _FRAMES and not _is_hidden(child):
            yield from _frames(child)


def _rows(
    table: html.HtmlElement,
) -> Iterator[tuple[html.HtmlElement, list[html.HtmlElement]]]:
    """The rows of this table with their printed cells; cells without a row make one."""
    for frame in _frames(table):
        cells = [cell for cell in frame.iterchildren("td", "th") if not _is_hidden(cell)]
        if cells or frame.tag == "tr":
            yield frame, cells


def _holds_table(cell: html.HtmlElement) -> bool:
    return cell.find(".//table") is not None


def _is_data(printed: list[html.HtmlElement]) -> bool:
    """Whether a row with a table in it has cells besides; else it is the page's layout."""
    texts = [_text(cell) for cell in printed if not _holds_table(cell)]
    filled = [text for text in texts if text]
    return bool(filled) and all(len(text) <= _LONGEST_CELL and "\n" not in text for text in filled)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return max(1, min(number or _WIDEST, _WIDEST))


def _text(cell: html.HtmlElement) -> str:
    """The words of a cell, a line break where the page breaks the line."""
    parts: list[str] = []
    stack = [_Step(cell)]
    while stack:
        step = stack.pop()
        node = step.node
        is_break = _tag(node) == "br" or (_tag(node) in _BLOCK and node is not cell)
        if step.is_end or not _is_printed(node):
            parts.append("\n" if is_break and step.is_end else "")
            parts.append("" if node is cell else _single(node.tail))
            continue
        parts += ("\n" if is_break else "", _single(node.text))
        stack.append(_Step(node, is_end=True))
        stack.extend(_Step(child) for child in reversed(node))
    lines = (_single(line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def _single(text: str | None) -> str:
    """Text with single blanks: line breaks of the source are none of the page."""
    return re.sub(r"\s+", " ", text or "")
