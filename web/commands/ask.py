"""``jixiao search``, ``query`` and ``embed``: questions from the command line (检索与查询)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from ontology.errors import QueryRefused
from search.answers import Filters, Hit, Mode, Query
from search.encoders import create
from search.store import guard
from web.answers import results_json
from web.commands.common import decode, json_option, print_json, print_json_line, with_settings
from web.engine import open_engine
from web.protocol import GRAPHS, TABLES
from web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BATCH: Final = 256


@click.command(help="检索相近的绩效指标。")
@click.argument("text")
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, help="最多几条，默认 10。")
@click.option("--offset", type=click.IntRange(0), default=0, help="跳过前几条。")
@click.option("--level1", multiple=True, help="一级指标，如 产出指标；可多次。")
@click.option("--level2", multiple=True, help="二级指标，如 质量指标；可多次。")
@click.option("--region", "regions", multiple=True, help="地区名或代码，含下级；可多次。")
@click.option("--not-region", "not_regions", multiple=True, help="除外的地区；可多次。")
@click.option("--year", "years", type=int, multiple=True, help="预算年度；可多次。")
@click.option("--unit", "units", multiple=True, help="计量单位；可多次。")
@click.option("--operator", "operators", multiple=True, help="符号，如 ≥；可多次。")
@click.option("--document", "documents", multiple=True, help="文件的键；可多次。")
@click.option("--numeric/--qualitative", "numeric", default=None, help="只要数值的，或只要定性的。")
@click.option("--mode", type=click.Choice(["hybrid", "lexical", "dense"]), default="hybrid")
@json_option
@with_settings
def search(
    settings: Settings, text: str, count: int, offset: int, mode: Mode, *, as_json: bool,
    **filters: tuple[str, ...],
) -> None:  # fmt: skip
    query = Query(text.strip(), mode, Filters(**filters), limit=count, offset=offset)  # type: ignore[arg-type]
    if len(query.text) > settings.max_text:
        raise QueryRefused(f"检索词太长，最多 {settings.max_text} 个字。", code="parameter")
    engine = open_engine(settings)
    try:
        found = engine.search(query)
    finally:
        engine.close()
    if as_json:
        print_json(results_json(found))
        return
    for number, hit in enumerate(found.hits, start=offset + 1):
        click.echo(f"{number:>3}  {_line(hit)}")
    click.echo(f"共 {found.total} 条，{found.took_ms:.0f} 毫秒", err=True)


def _line(hit: Hit) -> str:
    """A hit on two lines: what it says, and where it stands."""
    place = f"第{hit.source.line}行" if hit.source.line else ""
    where = " · ".join(
        str(each) for each in (hit.region, hit.year, hit.project or "部门整体", place) if each
    )
    head = f"{hit.name}  {hit.value_text or ''}  [{hit.level2 or hit.level1 or '未分类'}]"
    return f"{head}  {hit.score:.3f}\n     {where}"


@click.command(help="执行 SPARQL；语句为 - 时读标准输入。")
@click.option(
    "-f",
    "form",
    type=click.Choice([*TABLES.values(), *GRAPHS.values()]),
    help="结果的格式：表格默认 json，图默认 turtle。",
)
@click.argument("sparql")
@with_settings
def query(settings: Settings, sparql: str, form: str | None) -> None:
    text = sys.stdin.buffer.read().decode("utf-8-sig") if sparql == "-" else sparql
    offers = GRAPHS if guard.form(text) in ("CONSTRUCT", "DESCRIBE") else TABLES
    media = [each for each, name in offers.items() if form in (None, name)]
    if not media:
        raise click.UsageError(
            f"这个查询没有 {form} 格式的结果；可用：{'、'.join(offers.values())}"
        )
    engine = open_engine(settings)
    try:
        answer = engine.query(text, media)
    finally:
        engine.close()
    click.echo(answer.content, nl=not answer.content.endswith(b"\n"))
    if answer.capped:
        click.echo(f"结果到了上限 {settings.query_rows} 行，不全。", err=True)


@click.command(help="把每行文字变成向量，一行一个 JSON 数组；FILE 省略或为 - 时读标准输入。")
@click.argument("file", type=click.File("rb"), default="-")
@with_settings
def embed(settings: Settings, file: BinaryIO) -> None:
    encoder = create(settings.encoder)
    for batch in _batches(file):
        for vector in encoder.encode(batch):
            print_json_line([round(float(each), 6) for each in vector])


def _batches(file: BinaryIO) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in file:
        batch.append(decode(line))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
