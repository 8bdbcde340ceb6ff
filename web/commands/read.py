"""``jixiao extract`` and ``jixiao cite``: reading without a data directory (抽取)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.citations import find_citations
from ingest.pipeline import extract as extract_file
from web.commands.common import decode, print_json, print_json_line

if TYPE_CHECKING:
    from typing import BinaryIO

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help="读一个文件，打印抽取结果（JSON）；不碰数据目录。")
@click.argument("file", type=_FILE)
def extract(file: Path) -> None:
    print_json(extract_file(file).to_dict())


@click.command(help="从每行文字里找出法规和文件的引用；FILE 省略或为 - 时读标准输入。")
@click.argument("file", type=click.File("rb"), default="-")
def cite(file: BinaryIO) -> None:
    for line in file:
        citations = find_citations(decode(line))
        print_json_line({"citations": [asdict(each) for each in citations]})
