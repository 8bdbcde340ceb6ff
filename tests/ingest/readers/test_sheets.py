from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ingest.grid import Line, Source, Table
from ingest.readers import read_bytes
from ingest.readers.displayed import displayed
from tests.ingest.readers.making import as_formats, as_zip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(book: openpyxl.Workbook) -> Source:
    buffer = io.BytesIO()
    book.save(buffer)
    return read_bytes(buffer.getvalue(), "a.xlsx")


def workbook(sheet: str, **parts: str) -> bytes:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{kind}.xml"/>'
        for kind in ("worksheet", *parts)
    )
    book = '<sheets><sheet name="S" sheetId="1" r:id="worksheet"/></sheets>'
    return as_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">{book}</workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/worksheet.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            **{f"xl/{kind}.xml": f'<x xmlns="{MAIN}">{xml}</x>' for kind, xml in parts.items()},
        }
    )


def texts(source: Source) -> list[list[list[str]]]:
    return [
        [[c.text for c in table.cells if c.row == row] for row in range(table.height)]
        for table in source.tables()
    ]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (0.95, "0%", "95%"),
        (0.9505, "0.00%", "95.05%"),
        (1234, "#,##0.00", "1,234.00"),
        (12345678, "#,##0.00,,", "12.35"),
        (2.5, "0", "3"),
        (155.0, "General", "155"),
        (0.1 + 0.2, "General", "0.3"),
        (130306240000123, "General", "130306240000123"),
        (35, '"≥"0"人"', "≥35人"),
        (35, "0人", "35人"),
        (-5.5, "0.00", "-5.50"),
        (-5.5, "0.00;(0.00)", "(5.50)"),
        (-0.2, "0", "0"),
        (0, "0;-0;“—”", "“—”"),
        (155, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "155.00"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1200, '[$￥-804]#,##0', "￥1,200"),
        (7, "000", "007"),
        (0.5, "#.0#", ".5"),
        (3, "[红色]0", "3"),
        (5, "@", "5"),
        (45292, "yyyy/m/d", "2024/1/1"),
        (45292, 'yyyy"年"m"月"d"日";@', "2024年1月1日"),
        (45292, "yyyy\\-mm\\-dd", "2024-01-01"),
        (45292.75, "yyyy/m/d h:mm", "2024/1/1 18:00"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (45292, "aaaa", "星期一"),
        (1e300, "yyyy", "1e+300"),
    ],
)  # fmt: skip
def test_numbers_are_displayed_as_their_format_says(value, code, printed) -> None:
    assert displayed(value, code) == printed


def test_workbooks_that_count_days_from_1904() -> None:
    assert displayed(43830, "yyyy/m/d", since_1904=True) == "2024/1/1"


def test_titles_and_notes_become_lines_and_forms_are_parted_by_blank_rows() -> None:
    book = openpyxl.Workbook()
    rows = [
        ["项目支出绩效目标表"], ["（2024年度）"], ["项目名称", "防汛"], ["指标", "值"], ["注：无"], [],
        ["第二张表"], ["项目名称", "抗旱"],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    source = saved(book)
    assert [type(block) for block in source.blocks] == [Line, Line, Table, Line, Line, Table]
    assert texts(source) == [[["项目名称", "防汛"], ["指标", "值"]], [["项目名称", "抗旱"]]]
    assert [block.place.line for block in source.lines()] == [1, 2, 5, 7]
    second = list(source.tables())[1]
    assert (second.cells[0].place.line, second.cells[0].place.row) == (8, 1)


def test_merged_ranges_hold_rows_together_and_keep_blank_places() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in enumerate((["产出", "数量"], [], [None, "质量"], [None, "时效"]), start=1):
        for col, value in enumerate(values, start=1):
            sheet.cell(row, col).value = value
    sheet.merge_cells("A1:A4")
    (table,) = saved(book).tables()
    found = [(c.row, c.col, c.text, c.rowspan) for c in table.cells]
    assert found == [
        (0, 0, "产出", 4),
        (0, 1, "数量", 1),
        (1, 1, "", 1),
        (2, 1, "质量", 1),
        (3, 1, "时效", 1),
    ]


def test_hidden_rows_and_sheets_are_read_and_noted() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c", "d"])
    book.active.row_dimensions[2].hidden = True
    hidden = book.create_sheet("底稿")
    hidden.append(["e", "f"])
    hidden.sheet_state = "hidden"
    source = saved(book)
    assert texts(source) == [[["a", "b"], ["c", "d"]], [["e", "f"]]]
    assert [(i.code, i.source.sheet) for i in source.issues] == [
        ("hidden-rows", "Sheet"),
        ("hidden-sheet", "底稿"),
    ]
    assert {c.place.sheet for t in source.tables() for c in t.cells} == {"Sheet", "底稿"}


def test_formulas_show_their_last_result_and_unknown_ones_are_noted() -> None:
    sheet = (
        "<sheetData><row><c><f>A2*2</f><v>70</v></c><c><f>B2</f></c>"
        '<c t="str"><f>"≥"</f><v>≥95%</v></c></row></sheetData>'
    )
    source = read_bytes(workbook(sheet), "a.xlsx")
    assert texts(source) == [[["70", "", "≥95%"]]]
    assert [issue.code for issue in source.issues] == ["formula-without-value"]


def test_shared_strings_text_numbers_and_styles() -> None:
    strings = "<si><r><t>绩效</t></r><r><t>指标</t></r><rPh><t>jixiao</t></rPh></si><si><t> 0.95 </t></si>"
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs>'
    )
    sheet = (
        '<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>'
        '<c s="1"><v>0.95</v></c><c s="2"><v>0.955</v></c><c s="3"><v>45292</v></c>'
        '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData>'
    )
    source = read_bytes(workbook(sheet, sharedStrings=strings, styles=styles), "a.xlsx")
    row = ["绩效指标", "0.95", "95%", "95.5%", "2024年1月1日", "TRUE", "#N/A"]
    assert texts(source) == [[row]]
    assert next(source.tables()).cells[0].place.line == 3


def test_old_workbooks_display_what_new_ones_do() -> None:
    path = Path(__file__).parents[2] / "fixtures" / "readers" / "formats.xls"
    old, new = read_bytes(path.read_bytes(), "a.xls"), read_bytes(as_formats(), "a.xlsx")
    values = ["95%", "1,234.50", "2024年1月1日", "≥35人", "007", "155", "0.95"]
    for source in (old, new):
        assert [row[1] for row in texts(source)[0]] == values
        assert texts(source)[1] == [["甲", "乙"]]
        assert [(i.code, i.source.sheet) for i in source.issues] == [
            ("hidden-rows", "格式"),
            ("hidden-sheet", "底稿"),
        ]
