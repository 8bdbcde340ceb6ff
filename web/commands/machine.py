"""``jixiao config`` and ``jixiao doctor``: how this machine is set up (设置与体检)."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.common import json_option, print_json, with_settings
from web.settings import PREFIX, SETTINGS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIB = 1024 * 1024


@click.command(help="各项设置现在的值和来处。")
@json_option
@with_settings
def config(settings: Settings, *, as_json: bool) -> None:
    shown = [
        {
            "name": each.name,
            "value": _shown(getattr(settings, each.name)),
            "origin": settings.origin(each.name),
            "variable": f"{PREFIX}{each.name.upper()}",
            "meaning": each.metadata["meaning"],
        }
        for each in SETTINGS
    ]
    if as_json:
        print_json(shown)
        return
    for each in shown:
        click.echo(f"{each['name']} = {each['value']!r}  （{each['origin']}）{each['meaning']}")


def _shown(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at (检查项): whether it is there, and what to do if not."""

    name: str
    fine: bool
    found: str
    remedy: str = ""
    needed: bool = True


@click.command(help="这台机器缺什么，怎么补。")
@json_option
@with_settings
def doctor(settings: Settings, *, as_json: bool) -> None:
    checks = list(_checks(settings))
    if as_json:
        print_json(
            [
                {"name": each.name, "ok": each.fine, "needed": each.needed, "found": each.found,
                 "remedy": each.remedy}
                for each in checks
            ]
        )  # fmt: skip
    else:
        for each in checks:
            sign = "好" if each.fine else ("缺" if each.needed else "可选")
            remedy = "" if each.fine else f"；{each.remedy}"
            click.echo(f"[{sign}] {each.name}：{each.found}{remedy}")
    click.get_current_context().exit(
        1 if any(each.needed and not each.fine for each in checks) else 0
    )


def _checks(settings: Settings) -> Iterator[Check]:
    version = platform.python_version()
    yield Check("Python", sys.version_info >= (3, 11), version, "请装 3.11 或更新的版本")
    yield _data(settings)
    free = shutil.disk_usage(_existing(settings.data)).free // _MIB
    yield Check("磁盘", free > 500, f"剩 {free} MiB", "请腾出至少 500 MiB")
    for name, module, remedy in (
        ("其他语义模型", "sentence_transformers", "需要时：pip install 'jixiao[models]'"),
        ("扫描件识别", "rapidocr", "需要时：pip install 'jixiao[ocr]'"),
    ):
        there = importlib.util.find_spec(module) is not None
        yield Check(name, there, "已装" if there else "没有装", remedy, needed=False)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Check(
        "LibreOffice",
        office is not None,
        office or "没有装",
        "读 .doc、.wps、.rtf 时需要，请装 LibreOffice",
        needed=False,
    )


def _data(settings: Settings) -> Check:
    folder = settings.data
    if folder.is_dir():
        writable = os.access(folder, os.W_OK)
        return Check("数据目录", writable, str(folder), "没有写权限，请换一个 --data 或改权限")
    return Check(
        "数据目录",
        os.access(_existing(folder), os.W_OK),
        f"{folder}（还没有）",
        "这里不能新建文件夹",
    )


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(each for each in (folder.resolve(), *folder.resolve().parents) if each.exists())
