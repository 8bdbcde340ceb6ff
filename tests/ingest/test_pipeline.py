from __future__ import annotations

import pytest

from ingest.pipeline import extract, find_files
from ingest.readers import Limits, read_bytes
from ontology.errors import InputError, LimitExceeded, UnreadableFile


def test_folders_are_searched_for_documents(tmp_path) -> None:
    for name in ("b.txt", "a/c.HTML", "README.md", ".hidden.txt", "~$lock.docx", "x.py", "d.doc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, _ in find_files([tmp_path])] == ["b.txt", "d.doc", "a/c.HTML"]
    assert [name for name, _ in find_files([tmp_path / "x.py"])] == ["x.py"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"  \r\n\0\0 ", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable-doc"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "unreadable-image"),
        (b"PK\x03\x04 broken", "unreadable"),
    ],
)
def test_what_cannot_be_read_says_so(content, code, tmp_path) -> None:
    path = tmp_path / "文件.bin"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        extract(path)
    assert caught.value.code == code
    assert caught.value.where.file == "文件.bin"


def test_an_office_name_does_not_make_an_office_file() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes("只是文本".encode(), "表.docx")
    assert caught.value.code == "unreadable-misnamed"


def test_missing_file(tmp_path) -> None:
    with pytest.raises(InputError):
        extract(tmp_path / "没有.txt")


def test_limits() -> None:
    with pytest.raises(LimitExceeded):
        read_bytes(b"x" * 2000, "大.txt", Limits(bytes=1000))
    with pytest.raises(LimitExceeded):
        read_bytes(("a\tb\n" * 600).encode(), "大.txt", Limits(cells=1000))


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_charsets(charset) -> None:
    text = "项目支出绩效目标表\n项目名称\t防汛\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t物资种类\t≥8种\n"
    source = read_bytes(text.encode(charset), "表.txt")
    assert next(source.lines()).text == "项目支出绩效目标表"


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        (r"$\geq 95\%$", "≥95%"),
        ("**项目概述**", "项目概述"),
        ("<b>项目编码</b>", "项目编码"),
        ("# 一、总体目标", "一、总体目标"),
        ("费用$100和$200", "费用$100和$200"),
    ],
)
def test_marks_of_the_format_are_taken_off(printed, seen) -> None:
    (line,) = read_bytes(printed.encode(), "a.md").lines()
    assert "".join(line.text.split()) == seen


def test_gbk_web_page_by_its_declaration() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>绩效目标</p><script>x</script></body></html>'
    (line,) = read_bytes(page.encode("gbk"), "a.html").lines()
    assert line.text == "绩效目标"


def test_layout_tables_are_read_through_to_their_inner_tables() -> None:
    page = """<table><tr><td><p>公开说明</p><table><tr><td>一级</td><td>二级</td></tr></table></td></tr></table>"""
    source = read_bytes(page.encode(), "a.html")
    assert [line.text for line in source.lines()] == ["公开说明"]
    (table,) = source.tables()
    assert [cell.text for cell in table.cells] == ["一级", "二级"]


def test_absurd_spans_are_bounded() -> None:
    page = '<table><tr><td colspan="99999999" rowspan="99999999">a</td><td>b</td></tr></table>'
    (table,) = read_bytes(page.encode(), "a.html").tables()
    assert table.width <= 2000
