"""Plain text and Markdown (纯文本): tables of bars, tabs, boxes or blanks; HTML fragments."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.grid import Block, Cell, Source, Table
from ingest.readers import Limits
from ingest.readers.cells import CellCount, lines
from ingest.readers.charset import decode
from ingest.readers.html import fragment
from ingest.readers.marks import plain
from ontology.model import Place

_TABLE_TAG = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{2,}:?\s*")
_RULE_ROW = re.compile(r"\|? *:?-{2,}:? *(\| *:?-{2,}:? *)+\|?")
_BOX_SIDES = re.compile(r"[│┃║]")
# The upper, lower and inner borders of tables drawn with characters.
_BOX_RULE = re.compile(r"(?=.*[─━═┄┈+])[─━═┄┈┌-╬+|│┃║=\-\s]{3,}")
_BLANKS = re.compile(r"[ \u3000]{2,}")
_PROSE = re.compile(r"[。；\n]|<table[\s>]", re.IGNORECASE)
_FEWEST = 3  # cells of a row, and rows of that many, for blanks and commas to be separators


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the file (文本行): number, page, as printed, as read, kind of table row."""

    number: int
    page: int | None
    raw: str
    text: str
    kind: str = ""


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read text of any usual charset.

    Raises:
        UnreadableFile: the bytes are no text.
        LimitExceeded: more cells than the limits allow.
    """
    text = decode(content, name).replace("\r\n", "\n").replace("\r", "\n")
    return Source(name, tuple(_Text(name, limits).blocks(text)))


@dataclass(slots=True)
class _Text:
    """Collects the lines of one kind that follow each other into blocks."""

    name: str
    limits: Limits
    rows: list[_Printed] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)

    def blocks(self, text: str) -> Iterator[Block]:
        count = CellCount(self.name, self.limits)
        number = 0
        for line in _kinds(list(_printed(text))):
            number = line.number
            if self.markup or _TABLE_TAG.search(line.raw):
                yield from self._ended_table(count)
                self.markup.append(line.raw)
                if _TABLE_END.search(line.raw):
                    yield from self._ended_markup(number)
                continue
            if self.rows and line.kind != self.rows[-1].kind:
                yield from self._ended_table(count)
            if line.kind:
                self.rows.append(line)
            else:
                yield from _prose(line)
        yield from self._ended_table(count)
        yield from self._ended_markup(number)

    def _ended_table(self, count: CellCount) -> Iterator[Block]:
        cells: list[Cell] = []
        index = 0
        for line in self.rows:
            parts = _split(line)
            if not parts:
                continue
            count.add(len(parts))
            place = Place(page=line.page, line=line.number, row=index + 1, text=line.raw)
            cells += [Cell(index, col, part, place) for col, part in enumerate(parts)]
            index += 1
        self.rows = []
        if cells:
            yield Table(tuple(cells), exact=False)

    def _ended_markup(self, number: int) -> Iterator[Block]:
        if self.markup:
            before = number - len(self.markup)
            yield from fragment("\n".join(self.markup), before, self.name, self.limits)
        self.markup = []


def _printed(text: str) -> Iterator[_Printed]:
    """The lines; form feeds part pages."""
    page = 1 if "\f" in text else None
    for number, line in enumerate(text.split("\n"), start=1):
        page = page and page + line.count("\f")
        raw = line.replace("\f", "")
        yield _Printed(number, page, raw, plain(raw))


def _kinds(printed: Sequence[_Printed]) -> Iterator[_Printed]:
    """The lines with their kinds: some show only beside the lines before and after."""
    kind = ""
    index = 0
    while index < len(printed):
        line = printed[index]
        below = printed[index + 1].text if index + 1 < len(printed) else ""
        kind = _kind(line.text, kind, below)
        run = 1
        if not kind:
            run, kind = _run(printed, index)
        for each in printed[index : index + run]:
            yield _Printed(each.number, each.page, each.raw, each.text, kind)
        index += run


def _kind(line: str, above: str, below: str) -> str:
    if not line.strip():
        return ""
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return "pipes"
    if "|" in line and (above == "pipes" or _RULE_ROW.fullmatch(below.strip())):
        return "pipes"
    if "\t" in line:
        return "tabs"
    drawn = len(_BOX_SIDES.findall(line)) > 1 or _BOX_RULE.fullmatch(line.strip())
    return "boxes" if drawn and (above == "boxes" or "─" in line or "━" in line) else ""


def _run(printed: Sequence[_Printed], start: int) -> tuple[int, str]:
    """How many lines from here on agree in their cells parted by blanks or by commas."""
    for kind in ("blanks", "commas"):
        cells = 0
        end = start
        while end < len(printed):
            text = printed[end].text
            number = 0 if _is_prose(text) else len(_split(_Printed(0, None, "", text, kind)))
            if number < _FEWEST or (cells and number != cells):
                break
            cells = number
            end += 1
        if end - start >= _FEWEST:
            return end - start, kind
    return 1, ""


def _is_prose(line: str) -> bool:
    return len(line) > 500 or bool(_PROSE.search(line))


def _split(line: _Printed) -> list[str]:
    """The cells of a row; none if it is only a border."""
    text = line.text
    if line.kind == "boxes":
        text = "" if _BOX_RULE.fullmatch(text.strip()) else _BOX_SIDES.sub("|", text)
    if line.kind in {"pipes", "boxes"}:
        inner = text.strip().removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        parts = [part.strip().replace("\\|", "|") for part in _PIPE.split(inner)]
        filled = [part for part in parts if part]
        return [] if all(map(_RULE.fullmatch, filled)) else parts
    if line.kind == "blanks":
        return _BLANKS.split(text.strip())
    if line.kind == "commas":
        return [part.strip() for part in next(csv.reader([text]))] if text.strip() else []
    return [part.strip() for part in text.split("\t")]


def _prose(line: _Printed) -> Iterator[Block]:
    heading = bool(_HEADING.match(line.text))
    place = Place(page=line.page, line=line.number, text=line.raw.strip())
    yield from lines(_HEADING.sub("", line.text), place, heading=heading)
