"""``jixiao extract``: reading one file without a data directory (抽取)."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.pipeline import extract as extract_file
from web.commands.common import print_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help="读一个文件，打印抽取结果（JSON）；不碰数据目录。")
@click.argument("file", type=_FILE)
def extract(file: Path) -> None:
    print_json(extract_file(file).to_dict())
