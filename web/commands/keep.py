"""``jixiao withdraw``, ``reindex``, ``backup``, ``restore``: care of the data directory (维护)."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ontology.errors import NotFound, StoreError
from search.encoders import create
from search.library import Library
from search.locking import acquire
from web.commands.common import show_progress, with_settings

if TYPE_CHECKING:
    from web.settings import Settings

_LOCK: Final = "lock"


@click.command(help="撤下一份文件；SOURCE 是 jixiao ingest 报告里的文件名。")
@click.argument("source")
@with_settings
def withdraw(settings: Settings, source: str) -> None:
    with Library.open(settings.data, create=False) as library:
        if not library.withdraw(source):
            raise NotFound(f"数据目录里没有 {source}。")
        library.publish(create(settings.encoder), show_progress)
    click.echo(f"已撤下 {source}")


@click.command(help="重建检索索引（换了编码器以后用）。")
@with_settings
def reindex(settings: Settings) -> None:
    with Library.open(settings.data, create=False) as library:
        version = library.publish(create(settings.encoder), show_progress, force=True)
    click.echo(f"已重建：{version.name if version else '没有数据'}")


@click.command(help="把数据目录完整地复制到新文件夹 DIR；期间不能写入，可以检索。")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@with_settings
def backup(settings: Settings, folder: Path) -> None:
    library = Library.open(settings.data, create=False)
    if folder.exists():
        raise StoreError(f"{folder} 已经存在；请给一个新文件夹。")
    with closing(acquire(library.path / _LOCK)):
        _copy(library.path, folder)
    click.echo(f"已备份到 {folder}")


@click.command(help="从备份 DIR 恢复数据目录；原有数据只在 --replace 时替换。")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="替换数据目录里原有的数据。")
@with_settings
def restore(settings: Settings, folder: Path, *, replace: bool) -> None:
    if Library.open(folder, create=False).current() is None:
        raise StoreError(f"{folder} 里没有可恢复的数据。")
    target = settings.data
    occupied = target.is_dir() and any(target.iterdir())
    if occupied and not replace:
        raise StoreError(f"{target} 里已有数据；要替换它，请加 --replace。")
    fresh = target.with_name(f"{target.name}.restoring")
    former = target.with_name(f"{target.name}.replaced")
    _copy(folder, fresh)
    if target.exists():
        acquire(target / _LOCK).close()  # nobody may be writing when it is replaced
        target.rename(former)
    fresh.rename(target)
    shutil.rmtree(former, ignore_errors=True)
    click.echo(f"已从 {folder} 恢复到 {target}")


def _copy(source: Path, target: Path) -> None:
    """A whole copy under its final name, or nothing under that name."""
    partial = target.with_name(f"{target.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    try:
        shutil.copytree(source, partial, ignore=shutil.ignore_patterns(_LOCK))
        partial.rename(target)
    except OSError as error:
        raise StoreError(f"复制不到 {target}：{error}") from error
