"""``jixiao cite``: legal bases in lines of text (引用识别); starts without the extractor."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ingest.citations import find_citations
from web.commands.common import decode, print_json_line

if TYPE_CHECKING:
    from typing import BinaryIO


@click.command(help="从每行文字里找出法规和文件的引用；FILE 省略或为 - 时读标准输入。")
@click.argument("file", type=click.File("rb"), default="-")
def cite(file: BinaryIO) -> None:
    for line in file:
        citations = find_citations(decode(line))
        print_json_line({"citations": [asdict(each) for each in citations]})
