"""Readers, one per file format: bytes in, lines and cells with their places out (读取器).

A format is told by what the bytes are, not by the file's name: office files are zips with
known members, web pages begin with a tag. Each reader is imported when it is first needed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.grid import Source
from ontology.errors import LimitExceeded, UnreadableFile, Where

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be (读取限制): bytes on disk and unpacked, cells, pages."""

    bytes: int = 100 * _MEGABYTE
    unpacked_bytes: int = 400 * _MEGABYTE
    cells: int = 2_000_000
    pages: int = 2_000


Reader = Callable[[bytes, str, Limits], Source]

# format → module of this package with a function read(content, name, limits)
_READERS = {
    "text": "text",
    "html": "html",
    "docx": "docx",
    "xlsx": "xlsx",
    "xls": "xls",
    "pdf": "pdf",
}
_MARKS = {
    b"%PDF": "pdf",
    b"{\\rtf": "doc",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
}
_OFFICE = (".docx", ".xlsx", ".xlsm", ".xls", ".doc", ".pdf")  # told by their first bytes
_EXPLAINED = {
    "misnamed": "文件内容与扩展名不符，可能已损坏。请重新下载或另存一份。",
    "doc": "旧版 Word/WPS 文件（.doc/.wps）：请在 Word 或 WPS 中另存为 .docx 后再导入。",
    "image": "这是图片或扫描件，没有文字层：请先用扫描软件识别成文字（PDF 或 Word）后再导入。",
    "ofd": "OFD 版式文件：请在阅读器中另存为 PDF 或 Word 后再导入。",
    "zip": "这是压缩包：请解压后导入其中的文件。",
}
# Documents to look for in a folder: those we read, and those we can tell how to convert.
SUFFIXES = frozenset(
    {
        *(".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".xlsm", ".xls", ".pdf"),
        *(".doc", ".wps", ".et", ".rtf", ".ofd", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    }
)


def read(path: Path, name: str | None = None, limits: Limits | None = None) -> Source:
    """Read a file.

    Raises:
        UnreadableFile: missing, empty, broken, encrypted, or of a format we cannot read.
        LimitExceeded: larger than the limits allow.
    """
    label = name or path.name
    limits = limits or Limits()
    try:
        if path.stat().st_size > limits.bytes:
            raise _too_large(label, limits)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"无法打开文件：{error.strerror}。", where=Where(label)) from error
    return read_bytes(content, label, limits)


def read_bytes(content: bytes, name: str, limits: Limits | None = None) -> Source:
    """Read a document from memory; ``name`` is used in places and messages.

    Raises:
        UnreadableFile: empty, broken, encrypted, or of a format we cannot read.
        LimitExceeded: larger than the limits allow.
    """
    limits = limits or Limits()
    if not content.strip(b"\0\t\r\n "):
        raise UnreadableFile("文件是空的。", where=Where(name))
    if len(content) > limits.bytes:
        raise _too_large(name, limits)
    kind = format_of(content, name)
    if kind not in _READERS:
        raise UnreadableFile(_EXPLAINED[kind], code=f"unreadable-{kind}", where=Where(name))
    module = import_module(f"ingest.readers.{_READERS[kind]}")
    return cast("Reader", module.read)(content, name, limits)


def format_of(content: bytes, name: str) -> str:
    """The format of some bytes: a key of the readers, or of those we can only explain."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for mark, kind in _MARKS.items():
        if start.startswith(mark):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _zip_format(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls" if _names_a_workbook(content) else "doc"
    if name.lower().endswith(_OFFICE):
        return "misnamed"
    named_html = name.lower().endswith((".html", ".htm"))
    tagged_html = start[:512].lower().startswith((b"<!doctype html", b"<html", b"<table"))
    return "html" if named_html or tagged_html else "text"


def _names_a_workbook(content: bytes) -> bool:
    return "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content


def _zip_format(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile(
            "文件已损坏，打不开。请重新下载或另存一份。", where=Where(name)
        ) from error
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.xml" in members:
        return "xlsx"
    return "ofd" if "OFD.xml" in members else "zip"


def _too_large(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"文件超过 {limits.bytes // _MEGABYTE} MB，未读取。请拆分后再导入。", where=Where(name)
    )
