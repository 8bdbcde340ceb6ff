"""What the commands share: the data directory, the settings, the log (命令公用)."""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
from typing import TYPE_CHECKING

import click
import structlog

from web.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable

data_option = click.option(
    "--data", metavar="DIR", help="数据目录，默认 ./data，也可用环境变量 JIXIAO_DATA。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="打印 JSON。")


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command the effective settings first; ``--data`` may stand before or after it."""

    @data_option
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, /, data: str | None, **given: object) -> None:
        overrides: dict[str, object] = {"data": data or ctx.obj}
        overrides.update((name, given.pop(name)) for name in ("host", "port") if name in given)
        settings = load(os.environ, overrides)
        start_logging(settings)
        command(settings, **given)

    return run


def start_logging(settings: Settings) -> None:
    """Logs go to stderr, never to stdout, which is for data."""
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def show_progress(step: str, done: int, total: int) -> None:
    """One line on stderr for each finished step of a long task."""
    if done == total:
        click.echo(f"{step}：{total}", err=True)


def print_json(value: object) -> None:
    """One readable JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: object) -> None:
    """One line of JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def decode(line: bytes) -> str:
    """One line of text without its end: UTF-8, or what a Chinese Windows writes (GB18030)."""
    text = line.rstrip(b"\r\n")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("gb18030", errors="replace")
