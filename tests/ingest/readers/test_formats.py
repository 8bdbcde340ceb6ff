from __future__ import annotations

import pytest

from ingest.readers import read, read_bytes
from ingest.readers.formats import format_of
from ontology.errors import UnreadableFile
from tests.ingest.readers.making import as_docx, as_html, as_pdf, as_xlsx, as_zip, form_ink

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def ole(stream: str) -> bytes:
    return OLE + f"{stream}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (as_docx(), "a.xlsx", "docx"),
        (as_xlsx(), "a.docx", "xlsx"),
        (as_html(), "a.xls", "html"),
        (as_html("gb2312"), "a.doc", "html"),
        (b"\r\n " + as_pdf(form_ink()), "a.txt", "pdf"),
        (b"<p>x</p>", "a", "html"),
        (b"x", "a.htm", "html"),
        (b"<95%", "a.txt", "text"),
        (b"x", "a.docx", "misnamed"),
        (b"x", "a.md", "text"),
        (ole("WordDocument"), "a.wps", "doc"),
        (ole("Workbook"), "a.et", "xls"),
        (ole("EncryptedPackage"), "a.docx", "encrypted"),
        (OLE, "a.doc", "ole"),
        (b"{\\rtf1", "a.doc", "doc"),
        (as_zip({"xl/workbook.bin": ""}), "a.xlsb", "sheet"),
        (as_zip({"a.txt": "x", "word/x": ""}), "a.zip", "zip"),
        (b"Rar!\x1a", "a.rar", "archive"),
        (b"7z\xbc\xaf", "a.7z", "archive"),
        (b"\xff\xd8\xff", "a.jpg", "image"),
        (b"PK\x03\x04", "a.docx", "broken"),
    ],
)
def test_formats_are_told_by_the_bytes(content, name, found) -> None:
    assert format_of(content, name) == found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"Rar!\x1a\x07", "解压"),
        (as_zip({"a.txt": "x"}), "解压"),
        (ole("EncryptedPackage"), "密码"),
        (b"\x89PNG", "识别成文字"),
        (b"PK\x03\x04", "重新下载"),
        (OLE, "另存为"),
    ],
)
def test_messages_say_what_to_do(content, words) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_bytes(content, "县/表")
    assert caught.value.where.file == "县/表"


def test_files_are_read_under_the_name_given(tmp_path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(as_html())
    assert read(path).name == "x.html"
    assert read(path, "县/表.html").name == "县/表.html"
