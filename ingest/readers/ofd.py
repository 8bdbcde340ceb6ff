"""OFD documents (OFD 版式文件, GB/T 33190-2016): text and paths with positions, as in PDF."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.grid import Block, Source
from ingest.readers import Limits
from ingest.readers.cells import CellCount
from ingest.readers.geometry import Box, Page
from ingest.readers.package import Package, attribute
from ingest.readers.pages import Reader
from ontology.errors import LimitExceeded, UnreadableFile, Where
from ontology.model import Issue, Place

_POINTS = 72 / 25.4  # OFD counts in millimetres
_ASCENT = 0.85  # share of a glyph above its base line
_WHOLE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read a document's pages with their templates; pages without text are noted.

    Raises:
        UnreadableFile: damaged, encrypted, or without any text.
        LimitExceeded: more pages or cells than the limits allow.
    """
    package = Package(content, name, limits)
    reader = Reader(CellCount(name, limits))
    blocks: list[Block] = []
    issues: list[Issue] = []
    for number, contents in enumerate(_pages(package), start=1):
        if number > limits.pages:
            raise LimitExceeded(
                f"文件超过 {limits.pages} 页，未读取。请拆分后再导入。", where=Where(name)
            )
        glyphs = tuple(glyph for tree in contents for glyph in _glyphs(tree))
        rules = tuple(rule for tree in contents for rule in _rules(tree))
        if not glyphs:
            message = f"第 {number} 页没有文字，可能是扫描件，没有读出。"
            issues.append(Issue("scanned-page", message, Place(page=number)))
        blocks += reader.blocks(Page(number, glyphs, rules))
    if not blocks:
        raise UnreadableFile(
            "OFD 文件里没有文字。请在阅读器中另存为 PDF 或 Word 后再导入。", where=Where(name)
        )
    return Source(name, tuple(blocks), tuple(issues))


def _pages(package: Package) -> Iterator[list[etree._Element]]:
    """The contents of each page: its templates and its own."""
    root = package.tree("OFD.xml")
    for link in () if root is None else root.iter("{*}DocRoot"):
        part = (link.text or "").strip().lstrip("/")
        document = package.tree(part)
        if document is None:
            continue
        folder = posixpath.dirname(part)
        templates = {
            attribute(each, "ID") or "": _located(each, folder)
            for each in document.iter("{*}TemplatePage")
        }
        for page in document.iterfind("{*}Pages/{*}Page"):
            yield _contents(package, _located(page, folder), templates)


def _contents(package: Package, part: str, templates: Mapping[str, str]) -> list[etree._Element]:
    page = package.tree(part)
    if page is None:
        return []
    used = (templates.get(attribute(each, "TemplateID") or "") for each in page.iter("{*}Template"))
    trees = (package.tree(template) for template in used if template)
    return [*(tree for tree in trees if tree is not None), page]


def _located(element: etree._Element, folder: str) -> str:
    location = attribute(element, "BaseLoc") or ""
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, location))


def _glyphs(tree: etree._Element) -> Iterator[Box]:
    for text in tree.iter("{*}TextObject"):
        size = (_numbers(attribute(text, "Size")) or [4.0])[0]
        frame = _Frame(text)
        for code in text.iter("{*}TextCode"):
            x = (_numbers(attribute(code, "X")) or [0.0])[0]
            y = (_numbers(attribute(code, "Y")) or [size * _ASCENT])[0]
            printed = code.text or ""
            steps = _steps(attribute(code, "DeltaX"), len(printed) - 1)
            drops = _steps(attribute(code, "DeltaY"), len(printed) - 1)
            for index, char in enumerate(printed):
                width = min(steps[index], size) if index < len(steps) else size
                yield frame.box(x, y - _ASCENT * size, width or size, size, char)
                x += steps[index] if index < len(steps) else 0.0
                y += drops[index] if index < len(drops) else 0.0


def _rules(tree: etree._Element) -> Iterator[Box]:
    """The straight horizontal and vertical pieces of the paths."""
    for path in tree.iter("{*}PathObject"):
        frame = _Frame(path)
        for data in path.iter("{*}AbbreviatedData"):
            for (x0, y0), (x1, y1) in _pieces((data.text or "").split()):
                piece = frame.box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
                if min(piece.right - piece.left, piece.height) <= 1:
                    yield piece


_Point = tuple[float, float]


def _pieces(words: list[str]) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of a path such as "S 0 0 L 10 0 L 10 5 C"."""
    start = last = (0.0, 0.0)
    index = 0
    while index < len(words):
        command = words[index]
        point = (_number(words, index + 1), _number(words, index + 2))
        if command == "C":
            yield last, start
            last, index = start, index + 1
            continue
        if command in {"S", "M"}:
            start = last = point
        elif command == "L":
            yield last, point
            last = point
        index += 3 if command in {"S", "M", "L"} else 1


class _Frame:
    """Where an object's own coordinates lie on the page (坐标变换)."""

    def __init__(self, element: etree._Element) -> None:
        boundary = _numbers(attribute(element, "Boundary"))
        matrix = _numbers(attribute(element, "CTM"))
        self._left, self._top = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
        self._matrix = matrix if len(matrix) == 6 else list(_WHOLE)

    def box(self, left: float, top: float, width: float, height: float, text: str = "") -> Box:
        """A rectangle of the object in points of the page."""
        a, b, c, d, e, f = self._matrix
        corners = [
            (a * x + c * y + e + self._left, b * x + d * y + f + self._top)
            for x, y in ((left, top), (left + width, top + height))
        ]
        (x0, x1), (y0, y1) = (sorted(axis) for axis in zip(*corners, strict=True))
        return Box(x0 * _POINTS, y0 * _POINTS, x1 * _POINTS, y1 * _POINTS, text)


def _steps(text: str | None, most: int) -> list[float]:
    """The distances between glyphs; "g 3 4.2" is three times 4.2."""
    words = (text or "").split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < most:
        if words[index] == "g":
            times = min(int(_number(words, index + 1)), most - len(steps))
            steps += [_number(words, index + 2)] * times
            index += 3
        else:
            steps.append(_number(words, index))
            index += 1
    return steps


def _number(words: list[str], index: int) -> float:
    try:
        number = float(words[index])
    except (IndexError, ValueError):
        return 0.0
    return number if abs(number) < 1e6 else 0.0


def _numbers(text: str | None) -> list[float]:
    words = (text or "").split()
    return [_number(words, index) for index in range(len(words))]
