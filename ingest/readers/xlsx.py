"""Excel workbooks (Excel 工作簿, xlsx): cached values as displayed, merged ranges, all sheets.

The parts are read as streams: a sheet that claims a million rows costs what it really holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.grid import Block, Source
from ingest.readers import Limits
from ingest.readers.cells import CellCount
from ingest.readers.displayed import BUILT_IN, displayed
from ingest.readers.package import Package, attribute, local, number_attribute
from ingest.readers.sheets import Position, Sheet, Span
from ontology.errors import UnreadableFile, Where
from ontology.model import Issue

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read every sheet; hidden ones and hidden rows are read and noted.

    Raises:
        UnreadableFile: damaged, encrypted, or without a workbook part.
        LimitExceeded: larger or more cells than the limits allow.
    """
    package = Package(content, name, limits)
    workbook = package.main_part("xl/workbook.xml")
    book = _Book(package, workbook, CellCount(name, limits))
    tree = package.tree(workbook)
    if tree is None:
        raise UnreadableFile("文件里没有工作表。", where=Where(name))
    relations = package.relations(workbook)
    blocks: list[Block] = []
    issues: list[Issue] = []
    for element in tree.iter("{*}sheet"):
        kind, part = relations.get(attribute(element, "id") or "", ("", ""))
        if kind != "worksheet":
            continue
        sheet = book.sheet(part, attribute(element, "name") or "")
        sheet.hidden = (attribute(element, "state") or "visible") != "visible"
        blocks += sheet.blocks(book.count)
        issues += sheet.issues()
    return Source(name, tuple(blocks), tuple(issues))


class _Book:
    """What the sheets of a workbook share (工作簿): strings, formats, the first day."""

    def __init__(self, package: Package, workbook: str, count: CellCount) -> None:
        self._package = package
        self.count = count
        parts = dict(package.relations(workbook).values())
        self._strings: list[str] = []
        for item in package.stream(parts.get("sharedStrings", ""), "si"):
            count.add(1)
            self._strings.append(_text(item))
        self._formats = _formats(package.tree(parts.get("styles", "")))
        tree = package.tree(workbook)
        flag = attribute(tree.find("{*}workbookPr"), "date1904") if tree is not None else None
        self._since_1904 = flag in {"1", "true"}

    def sheet(self, part: str, name: str) -> Sheet:
        """Read one sheet's cells; empty ones are only places with a colour."""
        sheet = Sheet(name)
        walk = _Position()
        for element in self._package.stream(part, "row", "mergeCell"):
            if local(element) == "mergeCell":
                span = _span(attribute(element, "ref") or "")
                sheet.merged += [span] if span else []
                continue
            walk.row = number_attribute(element, "r", walk.row + 2) - 1
            walk.col = -1
            if attribute(element, "hidden") in {"1", "true"}:
                sheet.hidden_rows.add(walk.row)
            for cell in element.iterchildren("{*}c"):
                position = walk.at(cell.get("r"))
                text = self._value(cell)
                if text:
                    self.count.add(1)
                    sheet.texts[position] = text
                elif cell.find("{*}f") is not None and cell.find("{*}v") is None:
                    sheet.unknown += 1
        return sheet

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell).strip()
        value = cell.findtext("{*}v") or ""
        if kind == "s":
            return _at(self._strings, value).strip()
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if kind != "n" or not value:
            return value.strip()
        try:
            number = float(value)
            code = _at(self._formats, cell.get("s", "0")) or BUILT_IN[0]
            return displayed(number, code, since_1904=self._since_1904)
        except (ValueError, OverflowError):
            return value.strip()


@dataclass(slots=True)
class _Position:
    """Where the walk through a sheet stands; cells may leave their address out."""

    row: int = -1
    col: int = -1

    def at(self, reference: str | None) -> Position:
        found = _reference(reference) if reference else None
        if found:
            self.row, self.col = found
        else:
            self.col += 1
        return self.row, self.col


def _reference(text: str) -> Position | None:
    match = _REFERENCE.fullmatch(text)
    if not match:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, col - 1


def _span(text: str) -> Span | None:
    first, _, last = text.partition(":")
    start, end = _reference(first), _reference(last)
    if not start or not end or end < start or end[1] < start[1]:
        return None
    return (*start, *end)


def _at(items: list[str], index: str) -> str:
    position = int(index) if index.isascii() and index.isdigit() and len(index) < 9 else -1
    return items[position] if 0 <= position < len(items) else ""


def _text(item: etree._Element) -> str:
    """The text of a string, its runs joined, without the phonetic guides of East Asia."""
    parts = []
    for element in item.iter("{*}t"):
        parent = element.getparent()
        if parent is not None and local(parent) != "rPh":
            parts.append(element.text or "")
    return "".join(parts).replace("_x000D_", "").replace("\r\n", "\n")


def _formats(styles: etree._Element | None) -> list[str]:
    """The number format of each cell style."""
    if styles is None:
        return []
    own = {
        number_attribute(each, "numFmtId"): attribute(each, "formatCode") or ""
        for each in styles.iter("{*}numFmt")
    }
    cell_styles = styles.find("{*}cellXfs")
    if cell_styles is None:
        return []
    keys = (number_attribute(style, "numFmtId") for style in cell_styles.iterchildren("{*}xf"))
    return [BUILT_IN.get(key) or own.get(key, "General") for key in keys]
