"""Whatever the bytes, reading ends in a source or in an error of ours, and soon."""

from __future__ import annotations

import random
import time

import pytest

from ingest.readers import Limits, read_bytes
from ontology.errors import JixiaoError, LimitExceeded, UnreadableFile
from tests.contracts.test_readers import ALL
from tests.ingest.readers.making import as_pdf, as_zip
from tests.ingest.readers.test_sheets import workbook

SECONDS = 15  # on a busy machine with two cores; alone each takes under three
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]><document><p>&k;</p></document>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><document><p>&x;</p></document>'


def ends(content: bytes, name: str, limits: Limits | None = None) -> JixiaoError | None:
    start = time.monotonic()
    try:
        read_bytes(content, name, limits)
    except JixiaoError as error:
        return error
    finally:
        assert time.monotonic() - start < SECONDS
    return None


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("flips", [1, 5, 50])
def test_flipped_bits(name, flips) -> None:
    chance = random.Random(f"{name} {flips}")
    for _ in range(20):
        content = bytearray(ALL[name])
        for _ in range(flips):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        ends(bytes(content), name)


@pytest.mark.parametrize("name", ALL)
def test_truncation(name) -> None:
    content = ALL[name]
    for part in range(1, 20):
        ends(content[: len(content) * part // 20], name)


@pytest.mark.parametrize("name", [*ALL, "a.doc", "a.zip", "无名"])
def test_noise(name) -> None:
    noise = random.Random(name).randbytes(200_000)
    assert isinstance(ends(noise, name), UnreadableFile)
    for start in (b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert isinstance(ends(start + noise, name), UnreadableFile)


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "OFD.xml"])
@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_are_refused(part, text, charset) -> None:
    content = as_zip({"[Content_Types].xml": "<Types/>", part: text.encode(charset)})
    assert isinstance(ends(content, "a.docx"), UnreadableFile)


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
def test_entities_of_a_web_page_stay_closed(text) -> None:
    source = read_bytes(text.encode(), "a.html")
    assert sum(len(line.text) for line in source.lines()) < 2000


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "OFD.xml"])
def test_zip_bombs(part) -> None:
    bomb = as_zip({"[Content_Types].xml": "<Types/>", part: b" " * (20 << 20)})
    assert isinstance(ends(bomb, "a.docx", Limits(unpacked_bytes=10 << 20)), LimitExceeded)
    many = as_zip(
        {"[Content_Types].xml": "<Types/>", part: "", **{f"{n}": "" for n in range(20_001)}}
    )
    assert isinstance(ends(many, "a.docx"), LimitExceeded)


def sheet_rows(rows: int, columns: int) -> str:
    return (
        "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * columns + "</row>") * rows + "</sheetData>"
    )


@pytest.mark.parametrize(
    ("sheet", "size"),
    [
        (sheet_rows(100_000, 4), (100_000, 4)),
        (sheet_rows(3, 10_000), (3, 10_000)),
        (
            '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c>'
            '<c r="B1"><v>2</v></c></row>'
            + '<row><c s="1"/></row>' * 1000
            + '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
            '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>',
            (1, 2),
        ),
    ],
)  # fmt: skip
def test_large_and_hollow_sheets(sheet, size) -> None:
    start = time.monotonic()
    (table,) = read_bytes(workbook(sheet), "a.xlsx").tables()
    assert (table.height, table.width) == size
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (workbook(sheet_rows(200, 600)), "a.xlsx"),
        (
            workbook(
                '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="60000"><c r="Z60000">'
                '<v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:Z60000"/></mergeCells>'
            ),
            "a.xlsx",
        ),
        (b"a\tb\n" * 60_000, "a.txt"),
        (b"<table>" + b"<tr><td>a<td>b</tr>" * 60_000, "a.html"),
        (b"<table>" + b"<tr><td colspan=1000 rowspan=1000>a</tr>" * 1000, "a.html"),
    ],
)  # fmt: skip
def test_too_many_cells(content, name) -> None:
    assert isinstance(ends(content, name, Limits(cells=100_000)), LimitExceeded)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ((" " * 300 + "x\n").encode() * 5_000, "a.txt"),
        (b"a   b\n" * 50_000, "a.txt"),
        (b"a  b  c  d\na  b  c\n" * 20_000, "a.txt"),
        (("─ " * 100_000 + "x").encode(), "a.md"),
        (b"|" * 300_000, "a.md"),
        (b"|--" * 100_000 + b"x\n|a", "a.md"),
        (b"<" * 300_000, "a.md"),
        (b"$\\" * 100_000, "a.md"),
        (b"<table><tr><td>" * 3_000 + b"x", "a.html"),
        (b"<div>" * 50_000 + b"x", "a.html"),
        (as_pdf([("text", n % 500, n // 500 * 7, "字") for n in range(20_000)]), "a.pdf"),
        (
            as_pdf(
                [("line", n * 2, 0, n * 2, 800) for n in range(290)]
                + [("line", 0, n * 2, 590, n * 2) for n in range(400)]
                + [("text", 100, 100, "字")]
            ),
            "a.pdf",
        ),
    ],
)  # fmt: skip
def test_patterns_that_take_long_when_read_carelessly(content, name) -> None:
    ends(content, name)
