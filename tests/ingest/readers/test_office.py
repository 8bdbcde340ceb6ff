"""Conversion by a program that stands in for LibreOffice."""

from __future__ import annotations

import pytest

from ingest.readers import Limits, read_bytes
from ontology.errors import LimitExceeded, UnreadableFile
from tests.ingest.readers.making import TITLE, as_docx, as_xlsx, as_zip

RTF = rb"{\rtf1 \'bc\'a8}"
SHEET_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
ODT = as_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument\0".encode("utf-16-le")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts a script in the place of soffice; it knows $in, $out and $target."""

    def make(body: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(
            '#!/bin/sh\ntarget=$5; out=$7; in=$8; mkdir -p "$out"\n' + body, encoding="utf-8"
        )
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    (tmp_path / "form.docx").write_bytes(as_docx())
    (tmp_path / "form.xlsx").write_bytes(as_xlsx())
    return make


@pytest.mark.parametrize(
    ("content", "name"),
    [(RTF, "a.rtf"), (DOC, "a.doc"), (DOC, "a.wps"), (ODT, "a.odt"), (SHEET_2003, "a.xls")],
)
def test_old_formats_are_read_through_a_conversion(content, name, program, tmp_path) -> None:
    program(f'test -f "$in" && cp "{tmp_path}/form.$target" "$out/document.$target"\n')
    source = read_bytes(content, name)
    assert source.name == name
    assert next(source.lines()).text == TITLE
    assert next(source.tables()).width == 5


def test_macros_and_links_are_off(program, tmp_path) -> None:
    profile = '$(echo "$1" | sed "s,.*file://,,")'
    program(
        f'grep -c "<value>true" "{profile}/user/registrymodifications.xcu" > "{tmp_path}/seen"\n'
        f'cp "{tmp_path}/form.$target" "$out/document.$target"\n'
    )
    read_bytes(RTF, "a.rtf")
    assert (tmp_path / "seen").read_text().strip() == "2"


def test_without_the_program_the_message_says_how_to_convert(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFile, match=r"另存为 \.docx.*LibreOffice") as caught:
        read_bytes(RTF, "a.rtf")
    assert caught.value.code == "unreadable-doc"


def test_a_conversion_that_fails(program) -> None:
    program("exit 1\n")
    with pytest.raises(UnreadableFile, match=r"另存为 \.xlsx"):
        read_bytes(SHEET_2003, "a.xls")


def test_a_conversion_that_hangs_is_ended(program) -> None:
    program("sleep 60\n")
    with pytest.raises(LimitExceeded):
        read_bytes(RTF, "a.rtf", Limits(seconds=1))
