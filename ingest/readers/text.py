"""Plain text and Markdown (纯文本): tables of pipes or tabs, HTML fragments, LaTeX signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.grid import Block, Cell, Line, Source, Table
from ingest.readers import Limits
from ingest.readers.charset import decode
from ingest.readers.html import fragment
from ontology.errors import LimitExceeded, Where
from ontology.model import Place

_RULE = re.compile(r"\s*:?-{2,}:?\s*")
_INLINE_TAG = re.compile(
    r"</?(?:b|i|u|p|em|strong|span|font|sup|sub|div)(?:\s[^<>]*)?>", re.IGNORECASE
)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_LATEX = re.compile(r"\$([^$]{1,80})\$")
_COMMANDS = {
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\approx": "≈",
    r"\times": "×",
    r"\%": "%",
    r"\sim": "~",
    r"\cdot": "·",
    r"\pm": "±",
}
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|%)\s?")
_PIPE = re.compile(r"(?<!\\)\|")


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read text of any usual charset.

    Raises:
        UnreadableFile: the bytes are no text.
        LimitExceeded: more cells than the limits allow.
    """
    text = decode(content, name)
    blocks = tuple(_Text(name, limits).blocks(text.replace("\r\n", "\n").replace("\r", "\n")))
    return Source(name, blocks)


@dataclass(slots=True)
class _Text:
    """Collects the lines of one kind that follow each other into blocks."""

    name: str
    limits: Limits
    rows: list[tuple[int, str, list[str]]] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    kind: str = ""
    page: int | None = None
    cells: int = 0

    def blocks(self, text: str) -> Iterator[Block]:
        number = 0
        self.page = 1 if "\f" in text else None
        for number, printed in enumerate(text.split("\n"), start=1):
            if self.page:
                self.page += printed.count("\f")
            raw = printed.replace("\f", "")
            if self.markup or _TABLE_TAG.search(raw):
                yield from self._ended_table()
                self.markup.append(raw)
                if _TABLE_END.search(raw):
                    yield from self._ended_markup(number)
            else:
                yield from self._line(number, raw)
        yield from self._ended_table()
        yield from self._ended_markup(number)

    def _line(self, number: int, raw: str) -> Iterator[Block]:
        line = plain(raw)
        kind = _kind(line)
        if kind != self.kind:
            yield from self._ended_table()
        self.kind = kind
        if kind:
            self._row(number, raw, _split(line, kind))
        elif line.strip():
            place = Place(page=self.page, line=number, text=raw.strip())
            yield Line(_HEADING.sub("", line).strip(), place, bool(_HEADING.match(line)))

    def _row(self, number: int, raw: str, printed: list[str]) -> None:
        self.cells += len(printed)
        if self.cells > self.limits.cells:
            raise LimitExceeded(
                f"表格单元格超过 {self.limits.cells} 个，未读取。",
                where=Where(self.name, line=number),
            )
        rule = self.kind == "pipes" and all(map(_RULE.fullmatch, filter(None, printed)))
        if not rule:
            self.rows.append((number, raw, printed))

    def _ended_table(self) -> Iterator[Block]:
        if self.rows:
            yield _table(self.rows, self.page)
        self.rows = []

    def _ended_markup(self, number: int) -> Iterator[Block]:
        if self.markup:
            before = number - len(self.markup)
            yield from fragment("\n".join(self.markup), before, self.name, self.limits)
        self.markup = []


def _kind(line: str) -> str:
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return "pipes"
    if "\t" in line.strip("\n"):
        return "tabs" if line.strip() else ""
    return ""


def _split(line: str, kind: str) -> list[str]:
    if kind == "tabs":
        return line.split("\t")
    inner = line.strip()[1:]
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [part.strip().replace("\\|", "|") for part in _PIPE.split(inner)]


def _table(rows: list[tuple[int, str, list[str]]], page: int | None) -> Table:
    cells = []
    for index, (number, raw, parts) in enumerate(rows):
        place = Place(page=page, line=number, row=index + 1, text=raw.strip("\n"))
        cells += [Cell(index, col, part.strip(), place) for col, part in enumerate(parts)]
    return Table(tuple(cells), exact=False)


def plain(text: str) -> str:
    """A line without the marks of Markdown, inline HTML and LaTeX: what a reader sees."""
    if "<" in text:
        text = _INLINE_TAG.sub("", _BREAK_TAG.sub(" ", text))
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if "$" in text and "\\" in text:
        text = _LATEX.sub(lambda match: _formula(match[1]), text)
    return text


def _formula(latex: str) -> str:
    return _COMMAND.sub(lambda match: _COMMANDS.get(match[0].strip(), match[0]), latex).strip()
