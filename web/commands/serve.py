"""``jixiao serve``: the web application (服务)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ontology.errors import StoreError
from search.library import Library
from web.commands.common import with_settings
from web.server import serve as run

if TYPE_CHECKING:
    from web.settings import Settings


@click.command(help="启动网页服务，默认 http://127.0.0.1:8000。")
@click.option("--host", metavar="ADDRESS", help="监听的地址，默认 127.0.0.1（只限本机）。")
@click.option("--port", type=click.IntRange(0, 65535), help="监听的端口，默认 8000。")
@with_settings
def serve(settings: Settings) -> None:
    if Library.open(settings.data, create=False).current() is None:
        raise StoreError(
            f"数据目录 {settings.data} 还是空的；先读入文件：jixiao ingest 文件或文件夹"
        )
    run(settings)
