"""Web pages (网页): tables with their spans, nested layout tables, text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.grid import Block, Cell, Line, Source, Table
from ingest.readers import Limits
from ingest.readers.charset import decode
from ontology.errors import LimitExceeded, UnreadableFile, Where
from ontology.model import Place

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_IGNORED = frozenset({"script", "style", "noscript", "template", "head", "title", "iframe"})
_BLOCK = frozenset(
    {
        *("p", "div", "li", "tr", "td", "th", "table", "section", "article", "header", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "center", "form"),
        *("pre", "blockquote", "body", "main"),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDEST = 1000  # spans beyond this are mistakes or attacks


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
    yield from _Page(name, offset, limits).blocks(root)


def _decode(content: bytes, name: str) -> str:
    match = _CHARSET.search(content[:4096])
    charset = match[1].decode("ascii", errors="ignore").lower() if match else ""
    if charset in {"gb2312", "gbk", "gb18030"}:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            return decode(content, name)
    # lxml refuses an encoding declaration in decoded text; it has said all it can.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content, name))


class _Page:
    """Walks a page in reading order and counts its cells."""

    def __init__(self, name: str, offset: int, limits: Limits) -> None:
        self._name = name
        self._offset = offset
        self._limits = limits
        self._cells = 0

    def blocks(self, root: html.HtmlElement) -> Iterator[Block]:
        """Lines and tables; a table that holds tables is layout, and its parts are read."""
        texts: list[str] = []
        stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else ""
            if done:
                if tag in _BLOCK:
                    yield from self._lines(texts, node)
                texts.append(node.tail or "")
                continue
            if not tag or tag in _IGNORED or _HIDDEN.search(node.get("style", "")):
                texts.append(node.tail or "")
                continue
            if tag in _BLOCK or tag == "br":
                yield from self._lines(texts, node)
            if tag == "table" and node.find(".//table") is None:
                yield from self._table(node)
                texts.append(node.tail or "")
                continue
            texts.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
        yield from self._lines(texts, root)

    def _lines(self, texts: list[str], node: html.HtmlElement) -> Iterator[Line]:
        text = re.sub(r"\s+", " ", "".join(texts)).strip()
        texts.clear()
        if text:
            yield Line(text, Place(line=self._line(node), text=text), node.tag in _HEADINGS)

    def _table(self, table: html.HtmlElement) -> Iterator[Block]:
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        rows = list(table.iter("tr"))
        for caption in table.iter("caption"):
            yield from self._lines([_text(caption)], caption)
        for index, row in enumerate(rows):
            printed = [cell for cell in row if cell.tag in {"td", "th"}]
            texts = [_text(cell) for cell in printed]
            place = Place(
                line=self._line(row), row=index + 1, text=" | ".join(map(_one_line, texts))
            )
            col = 0
            for cell, text in zip(printed, texts, strict=True):
                while (index, col) in taken:
                    col += 1
                height = min(_span(cell, "rowspan"), len(rows) - index)
                width = _span(cell, "colspan")
                self._count(height * width)
                taken |= {(index + y, col + x) for y in range(height) for x in range(width)}
                cells.append(Cell(index, col, text, place, height, width))
                col += width
        if cells:
            yield Table(tuple(cells))

    def _line(self, node: html.HtmlElement) -> int | None:
        return node.sourceline + self._offset if node.sourceline else None

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > self._limits.cells:
            raise LimitExceeded(
                f"表格单元格超过 {self._limits.cells} 个，未读取。", where=Where(self._name)
            )


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return max(1, min(number or _WIDEST, _WIDEST))


def _text(cell: html.HtmlElement) -> str:
    """The words of a cell, a line break where the page breaks the line."""
    parts: list[str] = []
    for node in cell.iter():
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _IGNORED or not tag:
            pass
        else:
            if tag == "br" or (tag in _BLOCK and node is not cell):
                parts.append("\n")
            parts.append(node.text or "")
        if node is not cell:
            parts.append(node.tail or "")
    lines = (re.sub(r"[ \t\r\f\v\xa0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
