"""``jixiao stats``, ``validate`` and ``evaluate``: how much there is, and how good (数据概况)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ontology.mapping import to_graph
from ontology.validation import validate as check
from search.evaluate import evaluate as measure
from web.commands.common import json_option, print_json, with_settings
from web.engine import open_engine

if TYPE_CHECKING:
    from search.answers import Mode
    from web.settings import Settings

_COUNTS: Final = {
    "documents": "文件",
    "projects": "项目",
    "indicators": "指标",
    "bases": "立项依据",
    "warnings": "读入提示",
    "set_aside": "搁置的文件",
    "triples": "三元组",
    "version": "数据版本",
    "created": "发布时间",
    "encoder": "编码器",
    "vectors": "向量索引",
}
_SEVERITIES: Final = {"E": "错误", "W": "警告", "I": "提示"}


@click.command(help="数据目录里有什么，各有多少。")
@json_option
@with_settings
def stats(settings: Settings, *, as_json: bool) -> None:
    with closing(open_engine(settings)) as engine:
        found = asdict(engine.stats())
    if as_json:
        print_json(found)
        return
    for name, label in _COUNTS.items():
        click.echo(f"{label}：{found[name] if found[name] is not None else '无'}")


@click.command(help="用 SHACL 检查每份文件的图；报告打印到标准输出。")
@json_option
@with_settings
def validate(settings: Settings, *, as_json: bool) -> None:
    with closing(open_engine(settings)) as engine:
        findings = [
            {"document": each.key, "source": each.source, **asdict(finding)}
            for each in engine.documents()
            for finding in check(to_graph(engine.extraction(each.key), each.key))
        ]
        checked = len(engine.documents())
    if as_json:
        print_json({"documents": checked, "findings": findings})
        return
    for each in findings:
        severity = _SEVERITIES.get(each["severity"], each["severity"])
        click.echo(f"{severity} {each['source']} {each['rule']}：{each['message']} {each['focus']}")
    errors = sum(each["severity"] == "E" for each in findings)
    click.echo(f"检查了 {checked} 份文件：{errors} 个错误，其他 {len(findings) - errors} 条")


@click.command(help="用判定过的问题（每行一个 JSON：query、relevant）量检索的好坏。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mode", type=click.Choice(["hybrid", "lexical", "dense"]), default="hybrid")
@json_option
@with_settings
def evaluate(settings: Settings, file: Path, mode: Mode, *, as_json: bool) -> None:
    with closing(open_engine(settings)) as engine:
        figures = asdict(measure(engine, file, mode))
    if as_json:
        print_json(figures)
        return
    for name, figure in figures.items():
        click.echo(f"{name}：{figure:.3f}" if isinstance(figure, float) else f"{name}：{figure}")
