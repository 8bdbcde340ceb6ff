"""``jixiao train-encoder``: the default encoder from plain text (训练编码器)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ontology.errors import ConfigError
from ontology.measures import measures
from web.commands.common import print_json


@click.command(
    "train-encoder", help="用公文语句和指标词表训练默认编码器；需要安装 jixiao[models]。"
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="每行一句的文本，可为 .xz；可给多个。",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("encoder"),
    help="写到哪个文件夹，默认 ./encoder；用 JIXIAO_ENCODER 指向它即可使用。",
)
def train_encoder(texts: tuple[Path, ...], out: Path) -> None:
    try:
        from search.encoders.training import train  # noqa: PLC0415 - brings torch and scipy
    except ImportError as error:
        raise ConfigError(
            f'训练需要另外安装的包（缺 {error.name}）：pip install "jixiao[models]"'
        ) from error
    report = train(texts, measures().values(), out, _progress)
    print_json(asdict(report))


def _progress(step: str, done: int, total: int) -> None:
    click.echo(f"{step}：{done}/{total}" if total else f"{step}：{done}", err=True)
