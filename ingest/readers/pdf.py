"""PDF documents (PDF 文件): PDFium tells where glyphs and ruling lines are."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.grid import Block, Source
from ingest.readers import Limits
from ingest.readers.cells import CellCount
from ingest.readers.geometry import Box, Page
from ingest.readers.pages import Reader
from ontology.errors import LimitExceeded, UnreadableFile, Where
from ontology.model import Issue, Place

_THIN = 3.0  # points: a filled shape thinner than this is a ruling line
_MOST_OBJECTS = 200_000  # of one page: a map or a drawing has more, a form has not
_ONE_AT_A_TIME = Lock()  # PDFium keeps global state

Turn = Callable[[float, float], tuple[float, float]]


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read a document's pages; those without any text are noted as scanned.

    Raises:
        UnreadableFile: damaged, encrypted, or scanned from the first page to the last.
        LimitExceeded: more pages or cells than the limits allow.
    """
    with _ONE_AT_A_TIME:
        document = _open(content, name)
        try:
            return _read(document, name, limits)
        finally:
            document.close()


def _open(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            message = "PDF 已加密。请去掉密码（另存或打印为 PDF）后再导入。"
        else:
            message = "PDF 已损坏，打不开。请重新下载或另存一份。"
        raise UnreadableFile(message, where=Where(name)) from error


def _read(document: pdfium.PdfDocument, name: str, limits: Limits) -> Source:
    if len(document) > limits.pages:
        raise LimitExceeded(
            f"PDF 超过 {limits.pages} 页，未读取。请拆分后再导入。", where=Where(name)
        )
    reader = Reader(CellCount(name, limits))
    blocks: list[Block] = []
    issues: list[Issue] = []
    for number in range(1, len(document) + 1):
        try:
            page = _page(document, number)
        except pdfium.PdfiumError:
            place = Place(page=number)
            issues.append(Issue("broken-page", f"第 {number} 页已损坏，没有读出。", place))
            continue
        issues += _doubts(page)
        blocks += reader.blocks(page)
    if not blocks:
        raise UnreadableFile(
            "PDF 里没有文字层，是扫描件。请先用扫描软件识别成文字（PDF 或 Word）后再导入。",
            code="unreadable-image",
            where=Where(name),
        )
    return Source(name, tuple(blocks), tuple(issues))


def _doubts(page: Page) -> Iterator[Issue]:
    """Whether a page is a picture, or its fonts do not tell which characters they print."""
    printed = [glyph.text for glyph in page.glyphs if glyph.text.strip()]
    unknown = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in printed)
    place = Place(page=page.number)
    if not printed:
        message = f"第 {page.number} 页没有文字层，可能是扫描件，没有读出。"
        yield Issue("scanned-page", message, place)
    elif unknown > 0.2 * len(printed):
        message = f"第 {page.number} 页的字体没有文字编码，读出的可能是乱码。"
        yield Issue("garbled-page", message, place)


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    page = document[number - 1]
    try:
        text = page.get_textpage()
        try:
            angle, glyphs = _glyphs(text)
        finally:
            text.close()
        turn = _turn(angle)
        return Page(
            number,
            tuple(_turned(glyph, turn) for glyph in glyphs),
            tuple(_turned(rule, turn) for rule in _rules(page)),
        )
    finally:
        page.close()


def _glyphs(text: pdfium.PdfTextPage) -> tuple[int, list[Box]]:
    """The glyphs in the page's own coordinates, and the quarter turns most are printed at."""
    glyphs: list[Box] = []
    angles: Counter[int] = Counter()
    box = pdfium_c.FS_RECTF()
    pending = ""
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if pdfium_c.FPDFText_IsGenerated(text, index) == 1 or code < 32:
            continue
        char, pending = _character(code, pending)
        if not char or not pdfium_c.FPDFText_GetLooseCharBox(text, index, box):
            continue
        if not char.isspace():
            angles[round(pdfium_c.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4] += 1
        glyphs.append(Box(box.left, box.top, box.right, box.bottom, char))
    return (angles.most_common(1)[0][0] if angles else 0), glyphs


def _character(code: int, pending: str) -> tuple[str, str]:
    """The character of a UTF-16 unit; a high surrogate waits for its low one."""
    if 0xD800 <= code < 0xDC00:
        return "", chr(code)
    if 0xDC00 <= code < 0xE000:
        pair = (pending + chr(code)).encode("utf-16-le", "surrogatepass")
        return pair.decode("utf-16-le", "replace"), ""
    if code in {0xFFFE, 0xFFFF} or code > 0x10FFFF:
        return "", ""
    return chr(code), ""


def _turn(quarters: int) -> Turn:
    """How a point of the page moves when the page is turned so that its text stands upright.

    A page's y grows upwards; here it grows downwards.
    """
    turns: tuple[Turn, ...] = (
        lambda x, y: (x, -y),
        lambda x, y: (-y, -x),
        lambda x, y: (-x, y),
        lambda x, y: (y, x),
    )
    return turns[quarters]


def _turned(box: Box, turn: Turn) -> Box:
    (x0, y0), (x1, y1) = turn(box.left, box.top), turn(box.right, box.bottom)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), box.text)


def _rules(page: pdfium.PdfPage) -> Iterator[Box]:
    """The ruling lines: stroked straight lines and sides, filled shapes that are thin."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])
    for count, path in enumerate(paths):
        if count > _MOST_OBJECTS:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)
        outer = _around(path)
        box = _moved(path.get_bounds(), outer)
        if min(box.right - box.left, box.height) <= _THIN:
            yield box
        elif stroke.value:
            yield from _sides(path, path.get_matrix().multiply(outer))


def _around(path: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """How the groups that hold an object place it on the page."""
    matrix = pdfium.PdfMatrix()
    group = path.container
    while group is not None:
        matrix = matrix.multiply(group.get_matrix())
        group = group.container
    return matrix


def _moved(bounds: tuple[float, float, float, float], matrix: pdfium.PdfMatrix) -> Box:
    left, bottom, right, top = matrix.on_rect(*bounds)
    return Box(left, bottom, right, top)


def _sides(path: pdfium.PdfObject, matrix: pdfium.PdfMatrix) -> Iterator[Box]:
    """The horizontal and vertical pieces of a path."""
    start = last = (0.0, 0.0)
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            yield from _side(last, point)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield from _side(point, start)
        last = point


def _side(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    if min(right - left, top - bottom) <= 1 < max(right - left, top - bottom):
        yield Box(left, top, right, bottom)
