"""Which format some bytes are in (格式识别): names lie, and systems export HTML as .xls."""

from __future__ import annotations

import io
import re
import zipfile

_MARKS = {
    b"{\\rtf": "doc",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
}
_TOLD_BY_BYTES = (".docx", ".xlsx", ".xlsm", ".xls", ".doc", ".pdf")
_OLE = b"\xd0\xcf\x11\xe0"
# The streams in an OLE file that tell what it is, in the order in which they decide.
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_HTML = re.compile(
    rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    rb"<(!doctype html|html|head|body|meta|title|style|table|div|center|p)[\s>]",
    re.DOTALL,
)
_WORD_XML = (b'progid="word.document"', b"schemas.microsoft.com/office/word/2003/wordml")
_SHEET_XML = (b'progid="excel.sheet"', b"urn:schemas-microsoft-com:office:spreadsheet")


def format_of(content: bytes, name: str) -> str:
    """The format of some bytes.

    One of those that :mod:`ingest.readers` reads or explains; ``broken`` for a damaged zip,
    ``misnamed`` for other bytes under a name that such files never have.
    """
    for mark, kind in _MARKS.items():
        if content.startswith(mark):
            return kind
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zip_format(content)
    if content.startswith(_OLE):
        return _ole_format(content)
    kind = _markup_format(content)
    if kind == "text" and name.lower().endswith(_TOLD_BY_BYTES):
        return "misnamed"
    is_named = kind == "text" and name.lower().endswith((".html", ".htm"))
    return "html" if is_named else kind


def _ole_format(content: bytes) -> str:
    for stream, kind in _OLE_STREAMS:
        if f"{stream}\0".encode("utf-16-le") in content:
            return kind
    return "ole"


def _zip_format(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members_format(set(archive.namelist()), content)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken"


def _members_format(members: set[str], content: bytes) -> str:
    if "OFD.xml" in members:
        return "ofd"
    if "xl/workbook.bin" in members:
        return "sheet"
    if "mimetype" in members and "content.xml" in members:
        return "sheet" if b"opendocument.spreadsheet" in content[:200] else "doc"
    folders = {member.partition("/")[0] for member in members}
    if not members & {"[Content_Types].xml", "_rels/.rels"}:
        return "zip"
    return "docx" if "word" in folders else "xlsx" if "xl" in folders else "zip"


def _markup_format(content: bytes) -> str:
    # Without zeros, so that the marks are found in UTF-16 too.
    head = content[:4096].replace(b"\0", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")
    if any(mark in head for mark in _WORD_XML) and head.startswith(b"<?xml"):
        return "doc"
    if any(mark in head for mark in _SHEET_XML) and head.startswith(b"<?xml"):
        return "sheet"
    if b"mime-version:" in head and b"multipart/related" in head:
        return "mhtml"
    return "html" if _HTML.match(head) else "text"
