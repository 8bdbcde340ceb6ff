from __future__ import annotations

from ingest.grid import Line, Source, Table
from ingest.readers import read_bytes


def read(page: str) -> Source:
    return read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")


def shape(source: Source) -> list[str | list[str]]:
    return [
        block.text if isinstance(block, Line) else [cell.text for cell in block.cells]
        for block in source.blocks
    ]


def test_layout_is_flattened_in_order() -> None:
    page = """<table><tr><td>首页 | 公开</td></tr><tr><td>左栏<br>链接</td><td><h2>绩效</h2>
    <table><tr><td>甲</td><td>乙</td></tr></table>之间<table><tr><td>丙</td><td>丁</td></tr></table>
    </td></tr><tr><td>版权</td></tr></table>"""
    assert shape(read(page)) == [
        "首页 | 公开", "左栏", "链接", "绩效", ["甲", "乙"], "之间", ["丙", "丁"], "版权",
    ]  # fmt: skip


def test_a_table_in_a_form_row_follows_the_row() -> None:
    page = """<table><tr><td>项目名称</td><td>防汛</td></tr><tr><td>绩效指标</td><td>
    <table><tr><td>指标</td><td>值</td></tr></table></td></tr><tr><td>备注</td><td>无</td></tr></table>"""
    assert shape(read(page)) == [
        ["项目名称", "防汛", "绩效指标", ""], ["指标", "值"], ["备注", "无"],
    ]  # fmt: skip


def test_titles_and_notes_printed_as_rows_become_lines() -> None:
    page = """<table><tr><td colspan=2>绩效目标表</td></tr><tr><td>项目名称</td><td>防汛</td></tr>
    <tr><td colspan=2>注：无<br>说明</td></tr></table>"""
    source = read(page)
    assert shape(source) == ["绩效目标表", ["项目名称", "防汛"], "注：无", "说明"]
    (table,) = source.tables()
    assert {(cell.row, cell.place.row) for cell in table.cells} == {(0, 1)}


def test_what_is_not_printed_is_left_out() -> None:
    page = """<p>甲<span style="display: none">隐</span><script>x</script></p><div hidden>乙</div>
    <table><tr style="display:none"><td>丙</td></tr><tr><td>丁</td><td>戊<!-- 注 -->
    <style>td{}</style></td></tr></table>"""
    assert shape(read(page)) == ["甲", ["丁", "戊"]]


def test_cells_keep_breaks_of_the_page_and_not_of_its_source() -> None:
    page = "<table><tr><td>一\n级<p>指标</p>&nbsp;</td><td>≥95&nbsp;%<br/>以上</td></tr></table>"
    assert shape(read(page)) == [["一 级\n指标", "≥95 %\n以上"]]


def test_nothing_is_lost_of_sloppy_tables() -> None:
    page = "<table>前<td>甲<td>乙<tr><td>丙</tr>间<tr>行<td>丁</table>"
    assert sorted("".join(map(str, shape(read(page))))) == sorted(
        "".join(map(str, [["甲", "乙", "丙", "丁"], "前", "间", "行"]))
    )


def test_rows_past_the_end_of_a_span() -> None:
    page = "<table><tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    (table,) = read(page).tables()
    assert isinstance(table, Table)
    assert [(c.text, c.rowspan) for c in table.cells] == [("甲", 2), ("乙", 1), ("丙", 1)]


def test_excel_exports_that_are_web_pages() -> None:
    page = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>甲</td><td>乙</td></tr></table></html>'
    for content in (page.encode("gbk"), page.encode("utf-16")):
        (table,) = read_bytes(content, "导出.xls").tables()
        assert [cell.text for cell in table.cells] == ["甲", "乙"]


def test_web_archives() -> None:
    content = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "PG1ldGEgY2hhcnNldD1nYjIzMTI+PHA+vKjQpzwvcD4=\r\n--x--\r\n"
    )
    (line,) = read_bytes(content.encode(), "a.mht").lines()
    assert line.text == "绩效"
