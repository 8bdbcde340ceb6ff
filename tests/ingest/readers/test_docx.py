from __future__ import annotations

import io

import docx
import pytest

from ingest.grid import Line, Table
from ingest.readers import read_bytes
from ontology.errors import UnreadableFile
from tests.ingest.readers.making import as_zip

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made(body: str, **parts: str) -> bytes:
    space = f'xmlns:w="{WORD}" xmlns:mc="http://mc" xmlns:wps="http://wps"'
    members = {f"word/{name}.xml": f"<w:root {space}>{xml}</w:root>" for name, xml in parts.items()}
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return as_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **members})


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def lines(body: str, **parts: str) -> list[str]:
    return [line.text for line in read_bytes(made(body, **parts), "a.docx").lines()]


def test_headings_by_style_and_by_outline_level() -> None:
    document = docx.Document()
    document.add_heading("一、总体目标", 2)
    document.add_paragraph("正文")
    buffer = io.BytesIO()
    document.save(buffer)
    found = [(line.text, line.heading) for line in read_bytes(buffer.getvalue(), "a.docx").lines()]
    assert found == [("一、总体目标", True), ("正文", False)]
    (line,) = read_bytes(made(p("二、项目", '<w:outlineLvl w:val="1"/>')), "a.docx").lines()
    assert line.heading


def test_tracked_deletions_and_hidden_text_are_not_printed_and_insertions_are() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>补助</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
        "</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>资金</w:t></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>甲</w:t><w:br/><w:t>次行</w:t></w:r></w:p>"
    )
    assert lines(body) == ["补助资金-甲", "次行"]


def test_automatic_numbers_are_printed() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    first, second = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' for level in (0, 1)
    )
    body = (
        p("概述", first) + p("依据", first) + p("甲", second) + p("乙", second) + p("目标", first)
    )
    printed = lines(body, numbering=numbering)
    assert printed == ["一、概述", "二、依据", "二.1甲", "二.2乙", "三、目标"]


def test_text_boxes_and_content_controls_are_read_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('框内')}</w:txbxContent></wps:txbx>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["框外", "框内", "控件"]


def test_table_in_a_cell_follows_its_row() -> None:
    inner = "<w:tbl><w:tr>" + tc("一级指标") + tc("指标值") + "</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr>" + tc("项目名称") + tc("防汛") + "</w:tr><w:tr>" + tc("绩效指标")
        + tc(p("见下表") + inner + p("完")) + "</w:tr><w:tr>" + tc("备注") + tc("无") + "</w:tr></w:tbl>"
    )  # fmt: skip
    outer, nested, end, rest = read_bytes(made(body), "a.docx").blocks
    assert isinstance(outer, Table)
    assert isinstance(nested, Table)
    assert isinstance(end, Line)
    assert isinstance(rest, Table)
    assert [cell.text for cell in outer.cells] == ["项目名称", "防汛", "绩效指标", "见下表"]
    assert [cell.text for cell in nested.cells] == ["一级指标", "指标值"]
    assert end.text == "完"
    assert [(cell.row, cell.text) for cell in rest.cells] == [(0, "备注"), (0, "无")]


def test_grid_before_and_deleted_rows() -> None:
    body = (
        "<w:tbl><w:tr>" + tc("甲") + tc("乙") + tc("丙") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("丁", '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + tc("戊") + "</w:tr></w:tbl>"
    )  # fmt: skip
    (table,) = read_bytes(made(body), "a.docx").tables()
    found = [(cell.row, cell.col, cell.text, cell.colspan) for cell in table.cells]
    assert found == [(0, 0, "甲", 1), (0, 1, "乙", 1), (0, 2, "丙", 1), (1, 1, "丁", 2)]


def test_strict_edition_and_another_main_part() -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{p('绩效')}</w:body></w:document>"
    )
    relations = (
        '<Relationships xmlns="r"><Relationship Id="a" Type="x/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    content = as_zip({"_rels/.rels": relations, "word/document2.xml": strict})
    (line,) = read_bytes(content, "a.docx").lines()
    assert line.text == "绩效"


def test_document_without_text() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(made("<w:p/>"), "a.docx")
    assert caught.value.code == "unreadable-empty"
