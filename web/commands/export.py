"""``jixiao export``: everything, for other programs (导出)."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ontology.iri import iri
from web.commands.common import with_settings
from web.engine import open_engine
from web.pages.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from search.engine import Engine
    from web.settings import Settings

_OF_ROW: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "value_text": "指标值",
    "operator": "符号",
    "value": "数值",
    "value_max": "上限",
    "unit": "计量单位",
    "qualitative": "定性",
    "weight": "权重",
    "direction": "方向",
    "description": "说明",
    "basis": "确定依据",
}
_HEAD: Final = ("标识", "地区", "年度", "单位", "项目", *_OF_ROW.values(), "文件", "页", "行")


@click.command(help="导出全部数据：nquads（图谱）、csv 或 xlsx（每条指标一行）。")
@click.option(
    "--format", "-f", "form", type=click.Choice(["nquads", "csv", "xlsx"]), default="nquads"
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="写进文件；默认标准输出。")
@with_settings
def export(settings: Settings, form: str, output: Path | None) -> None:
    if output is None and form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("xlsx 请用 --output 写进文件。")
    with closing(open_engine(settings)) as engine:
        if output is None:
            _write(engine, form, sys.stdout.buffer)
            return
        with output.open("wb") as file:
            _write(engine, form, file)


def _write(engine: Engine, form: str, file: BinaryIO) -> None:
    if form == "nquads":
        file.write(engine.dump())
    elif form == "csv":
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        csv.writer(text).writerows([_HEAD, *_rows(engine)])
        text.detach()  # the file stays open: it is not ours
    else:
        _workbook(_rows(engine)).save(file)


def _rows(engine: Engine) -> Iterator[tuple[Any, ...]]:
    """One row per indicator, as :data:`_HEAD` says; empty where nothing is stated."""
    for summary in engine.documents():
        record = Record.of(summary.key, engine.extraction(summary.key))
        document = record.document
        for key, (owner, row) in record.rows.items():
            yield (
                iri("indicator", key),
                document.region,
                document.year,
                document.department,
                record.projects[owner].name if owner else "部门整体",
                *(getattr(row, name) for name in _OF_ROW),
                record.extraction.source,
                row.source.page,
                row.source.line or row.source.row,
            )


def _workbook(rows: Iterable[tuple[Any, ...]]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("绩效指标")
    sheet.append(_HEAD)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return book


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Cell:  # noqa: ANN401 - text, number or nothing
    """A cell; text stays text, also where it begins like a formula (=2人)."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
