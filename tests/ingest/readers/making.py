"""One printed table written in every format, and small files that readers must survive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

import docx
import openpyxl


@dataclass(frozen=True)
class Printed:
    """A cell as a form prints it."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


FORM = (
    Printed(0, 0, "项目名称"),
    Printed(0, 1, "农村饮水安全维修养护", 1, 4),
    Printed(1, 0, "绩效指标", 4),
    Printed(1, 1, "一级指标"),
    Printed(1, 2, "二级指标"),
    Printed(1, 3, "三级指标"),
    Printed(1, 4, "指标值"),
    Printed(2, 1, "产出指标", 2),
    Printed(2, 2, "数量指标"),
    Printed(2, 3, "维修养护工程处数"),
    Printed(2, 4, "≥35处"),
    Printed(3, 2, "质量指标"),
    Printed(3, 3, "工程验收合格率"),
    Printed(3, 4, "95%"),
    Printed(4, 1, "满意度指标"),
    Printed(4, 2, "服务对象满意度指标"),
    Printed(4, 3, ""),
    Printed(4, 4, "≥3560元/人/月"),
)
TITLE = "项目支出绩效目标表"
NOTE = "注：以上为年度目标。"
_WIDTHS = (90, 90, 110, 140, 100)
_HEIGHT = 5


def rows(cells: Iterable[Printed] = FORM) -> list[list[Printed]]:
    table: list[list[Printed]] = [[] for _ in range(_HEIGHT)]
    for cell in cells:
        table[cell.row].append(cell)
    return table


def as_html(charset: str = "utf-8") -> bytes:
    lines = "".join(
        "<tr>"
        + "".join(
            f'<td rowspan="{c.rowspan}" colspan="{c.colspan}">{escape(c.text)}</td>' for c in row
        )
        + "</tr>\n"
        for row in rows()
    )
    page = (
        f'<html><head><meta charset="{charset}"></head><body>\n<h1>{TITLE}</h1>\n'
        f"<table>\n{lines}</table>\n<p>{NOTE}</p></body></html>"
    )
    return page.encode(charset)


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE)
    table = document.add_table(_HEIGHT, len(_WIDTHS))
    for cell in FORM:
        first = table.cell(cell.row, cell.col)
        last = table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
        first.merge(last).text = cell.text
    document.add_paragraph(NOTE)
    return _saved(document.save)


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "目标表"
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    for cell in FORM:
        at = sheet.cell(cell.row + 2, cell.col + 1)
        at.value = cell.text or None
        if cell.text == "95%":
            at.value, at.number_format = 0.95, "0%"
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_cells(
                start_row=cell.row + 2,
                start_column=cell.col + 1,
                end_row=cell.row + 1 + cell.rowspan,
                end_column=cell.col + cell.colspan,
            )
    sheet.cell(_HEIGHT + 2, 1).value = NOTE
    return _saved(book.save)


def as_formats() -> bytes:
    """A workbook of formats, hidden rows and sheets; formats.xls is it, saved by LibreOffice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "格式"
    for row, (value, form) in enumerate(
        [
            (0.95, "0%"),
            (1234.5, "#,##0.00"),
            (45292, 'yyyy"年"m"月"d"日"'),
            (35, '"≥"0"人"'),
            (7, "000"),
            (155, "General"),
            ("0.95", "@"),
        ],
        start=1,
    ):
        sheet.cell(row, 1).value = form
        sheet.cell(row, 2).value = value
        sheet.cell(row, 2).number_format = form
    sheet.row_dimensions[2].hidden = True
    hidden = book.create_sheet("底稿")
    hidden.append(["甲", "乙"])
    hidden.sheet_state = "hidden"
    return _saved(book.save)


def as_markdown() -> bytes:
    lines = [f"# {TITLE}", ""]
    for index, row in enumerate(_filled()):
        lines.append("| " + " | ".join(row) + " |")
        if index == 0:
            lines.append("|---" * len(_WIDTHS) + "|")
    return "\n".join([*lines, "", NOTE, ""]).encode()


def as_text() -> bytes:
    lines = [TITLE, "", *("\t".join(row) for row in _filled()), "", NOTE, ""]
    return "\r\n".join(lines).encode()


def _filled() -> list[list[str]]:
    """The form in formats without spans: covered places are empty."""
    table = [[""] * len(_WIDTHS) for _ in range(_HEIGHT)]
    for cell in FORM:
        table[cell.row][cell.col] = cell.text
    return table


# Page descriptions: text and lines at places, in points from the top left corner.
Ink = list[tuple]
_LEFT, _TOP, _ROW = 40, 120, 40


def form_ink() -> Ink:
    """The form drawn as office programs draw it: a box around every cell."""
    ink: Ink = [("text", 200, 90, TITLE)]
    lefts = [_LEFT + sum(_WIDTHS[:col]) for col in range(len(_WIDTHS) + 1)]
    for cell in FORM:
        left, top = lefts[cell.col], _TOP + _ROW * cell.row
        right, bottom = lefts[cell.col + cell.colspan], top + _ROW * cell.rowspan
        ink += [
            *(("line", left, top, right, top), ("line", left, bottom, right, bottom)),
            *(("line", left, top, left, bottom), ("line", right, top, right, bottom)),
            ("text", left + 4, top + 22, cell.text),
        ]
    return [*ink, ("text", _LEFT, _TOP + _ROW * _HEIGHT + 30, NOTE)]


def as_pdf(*pages: Ink, turned: bool = False) -> bytes:
    """A PDF of A4 pages in 10 point Song; ``turned`` prints across and rotates the page."""
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            "/DescendantFonts [4 0 R] >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
            "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
            "/FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 "
            "/ItalicAngle 0 >> >>"
        ),
    ]
    for index, ink in enumerate(pages):
        stream = _stream(ink, turned=turned)
        rotate = " /Rotate 90" if turned else ""
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]{rotate} "
                f"/Resources << /Font << /F 3 0 R >> >> /Contents {6 + 2 * index} 0 R >>"
            ),
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    return _pdf_file(objects)


def _stream(ink: Ink, *, turned: bool) -> str:
    # A page that is shown turned to the right is drawn turned to the left.
    parts = ["0 1 -1 0 595 0 cm 1 0 0 1 0 -247 cm" if turned else "", "0.5 w"]
    for kind, x, y, *rest in ink:
        if kind == "line":
            right, bottom = rest
            parts.append(f"{x} {842 - y} m {right} {842 - bottom} l S")
        elif rest[0]:
            code = rest[0].encode("utf-16-be").hex()
            parts.append(f"BT /F 10 Tf {x} {842 - y} Td <{code}> Tj ET")
    return "\n".join(parts)


def _pdf_file(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def as_ofd(ink: Ink) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    millimetre = 25.4 / 72
    objects = []
    for kind, x, y, *rest in ink:
        left, top = x * millimetre, y * millimetre
        if kind == "line":
            width, height = rest[0] * millimetre - left, rest[1] * millimetre - top
            objects.append(
                f'<ofd:PathObject Boundary="{left} {top} {width + 1} {height + 1}">'
                f"<ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData>"
                "</ofd:PathObject>"
            )
        elif rest[0]:
            objects.append(
                f'<ofd:TextObject Boundary="{left} {top - 3} 100 4" Size="3.5">'
                f'<ofd:TextCode X="0" Y="3" DeltaX="g {len(rest[0]) - 1} 3.5">'
                f"{escape(rest[0])}</ofd:TextCode></ofd:TextObject>"
            )
    return as_zip(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
            "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content>"
            f"<ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def as_zip(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()
