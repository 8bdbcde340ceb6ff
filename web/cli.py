"""The command line ``jixiao`` (命令行): which commands there are, and exit codes.

A command's file is imported when it is called, so that ``--help`` and ``extract`` need not
wait for the index and the web server to load. Exit codes: 0 done, 1 some input failed (the
rest is done) or something is missing, 2 wrong use.
"""

from __future__ import annotations

import importlib
import io
import sys
from typing import Final

import click

from ontology import errors
from web.commands.common import data_option

_COMMANDS: Final = {
    "ingest": ("web.commands.ingest", "把文件或文件夹读进数据目录"),
    "extract": ("web.commands.read", "读一个文件，打印抽取结果（JSON），不入库"),
    "cite": ("web.commands.cite", "从文字里找出法规和文件的引用，一行一个 JSON"),
    "search": ("web.commands.ask", "检索相近的绩效指标"),
    "query": ("web.commands.ask", "在图谱上执行 SPARQL"),
    "embed": ("web.commands.ask", "把每行文字变成向量，一行一个 JSON 数组"),
    "serve": ("web.commands.serve", "启动网页服务"),
    "stats": ("web.commands.data", "数据目录里有什么，各有多少"),
    "validate": ("web.commands.data", "用 SHACL 检查图谱"),
    "export": ("web.commands.export", "导出 N-Quads、CSV 或 xlsx"),
    "withdraw": ("web.commands.keep", "撤下一份文件"),
    "backup": ("web.commands.keep", "把数据目录备份到一个新文件夹"),
    "restore": ("web.commands.keep", "从备份恢复数据目录"),
    "reindex": ("web.commands.keep", "重建检索索引"),
    "evaluate": ("web.commands.data", "用判定过的问题量检索的好坏"),
    "train-encoder": ("web.commands.train", "用公文语句训练默认编码器"),
    "config": ("web.commands.machine", "各项设置现在的值和来处"),
    "doctor": ("web.commands.machine", "这台机器缺什么，怎么补"),
}
_WRONG_USE: Final = (errors.ConfigError, errors.QueryError)


class _Commands(click.Group):
    """Commands by name, each loaded on first use; ``--help`` lists them without loading."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("命令"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; our own errors become one line for the user and an exit code."""
        try:
            return super().invoke(ctx)
        except errors.JixiaoError as error:
            click.echo(f"jixiao: {error}", err=True)
            ctx.exit(2 if isinstance(error, _WRONG_USE) else 1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jixiao", message="%(prog)s %(version)s")
@data_option
@click.pass_context
def main(ctx: click.Context, data: str | None) -> None:
    """绩效图谱：把各地公开的绩效目标文本读成可以检索和查询的图谱。"""
    ctx.obj = data
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
