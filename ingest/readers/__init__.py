"""Readers, one per file format: bytes in, lines and cells with their places out (读取器).

A format is told by what the bytes are (:mod:`ingest.readers.formats`), not by the file's
name. Each reader is a module with a function ``read(content, name, limits)``, imported when
it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.grid import Source
from ingest.readers.formats import format_of
from ontology.errors import LimitExceeded, UnreadableFile, Where

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be (读取限制).

    Bytes on disk and unpacked, cells, pages, files of an archive, archives in archives, and
    seconds that a conversion by an office program may take.
    """

    bytes: int = 100 * _MEGABYTE
    unpacked_bytes: int = 400 * _MEGABYTE
    cells: int = 2_000_000
    pages: int = 2_000
    files: int = 10_000
    depth: int = 4
    seconds: int = 120


Reader = Callable[[bytes, str, Limits], Source]

# format → module of this package
_READERS = {
    "text": "text",
    "html": "html",
    "mhtml": "mhtml",
    "docx": "docx",
    "xlsx": "xlsx",
    "xls": "xls",
    "pdf": "pdf",
    "ofd": "ofd",
    "doc": "office",
    "sheet": "office",
}
# What we can only explain: format → code of the error, message
_EXPLAINED = {
    "image": (
        "unreadable-image",
        "这是图片或扫描件，没有文字层：请先用扫描软件识别成文字（PDF 或 Word）后再导入。",
    ),
    "zip": ("unreadable-zip", "这是压缩包：请解压后导入其中的文件。"),
    "archive": ("unreadable-archive", "这是 RAR 或 7z 压缩包：请解压后导入其中的文件。"),
    "encrypted": ("unreadable-encrypted", "文件已加密。请去掉密码后再导入。"),
    "ole": (
        "unreadable-doc",
        "不认识的旧版 Office 文件：请用 Office 或 WPS 另存为 .docx 或 .xlsx 后再导入。",
    ),
    "misnamed": (
        "unreadable-misnamed",
        "文件内容与扩展名不符，可能已损坏。请重新下载或另存一份。",
    ),
    "broken": ("unreadable", "文件已损坏，打不开。请重新下载或另存一份。"),
}
# Documents to look for in a folder: those we read, and those we can tell how to convert.
SUFFIXES = frozenset(
    {
        *(".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".xlsx", ".xlsm", ".xls"),
        *(".et", ".pdf", ".ofd", ".doc", ".wps", ".rtf", ".odt", ".ods", ".csv", ".tsv"),
        *(".zip", ".rar", ".7z", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
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
        code, message = _EXPLAINED[kind]
        raise UnreadableFile(message, code=code, where=Where(name))
    module = import_module(f"ingest.readers.{_READERS[kind]}")
    source = cast("Reader", module.read)(content, name, limits)
    if not source.blocks:
        raise UnreadableFile("文件里没有文字。", code="unreadable-empty", where=Where(name))
    return source


def _too_large(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"文件超过 {limits.bytes // _MEGABYTE} MB，未读取。请拆分后再导入。", where=Where(name)
    )
