"""Old Excel workbooks (Excel 97–2003, xls; WPS 表格, et): xlrd with formats and merged ranges."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import xlrd

from ingest.grid import Block, Source
from ingest.readers import Limits
from ingest.readers.cells import PARSER_ERRORS, CellCount
from ingest.readers.displayed import BUILT_IN, displayed
from ingest.readers.sheets import Sheet
from ontology.errors import UnreadableFile, Where
from ontology.model import Issue


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read every sheet; hidden ones and hidden rows are read and noted.

    Raises:
        UnreadableFile: damaged or encrypted.
        LimitExceeded: more cells than the limits allow.
    """
    book = _open(content, name)
    count = CellCount(name, limits)
    blocks: list[Block] = []
    issues: list[Issue] = []
    for each in book.sheets():
        sheet = _sheet(book, each, count)
        blocks += sheet.blocks(count)
        issues += sheet.issues()
    return Source(name, tuple(blocks), tuple(issues))


def _open(content: bytes, name: str) -> xlrd.Book:
    try:
        with Path(os.devnull).open("w") as nowhere:  # xlrd prints its doubts
            return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=nowhere)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, *PARSER_ERRORS) as error:
        if "encrypt" in str(error).lower():
            message = "文件已加密。请去掉密码后再导入。"
        else:
            message = "文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        raise UnreadableFile(message, where=Where(name)) from error


def _sheet(book: xlrd.Book, printed: xlrd.sheet.Sheet, count: CellCount) -> Sheet:
    sheet = Sheet(printed.name, hidden=bool(printed.visibility))
    sheet.hidden_rows = {row for row, info in printed.rowinfo_map.items() if info.hidden}
    for top, bottom, left, right in printed.merged_cells:
        if top < bottom and left < right:
            sheet.merged.append((top, left, bottom - 1, right - 1))
    for row in range(printed.nrows):
        for col, cell in enumerate(printed.row(row)):
            text = _value(book, cell)
            if text:
                count.add(1)
                sheet.texts[row, col] = text
    return sheet


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return str(cell.value).strip()
    try:
        code = _format(book, cell.xf_index)
        return displayed(cell.value, code, since_1904=bool(book.datemode))
    except (LookupError, TypeError, ValueError, OverflowError):
        return str(cell.value)


def _format(book: xlrd.Book, style: int) -> str:
    key = book.xf_list[style].format_key
    return BUILT_IN.get(key) or book.format_map[key].format_str or "General"
