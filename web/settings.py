"""Settings: defaults < TOML file < JIXIAO_* variables < command line, built once (设置)."""

from __future__ import annotations

import tomllib
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontology.errors import ConfigError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "JIXIAO_"
FILE: Final = "jixiao.toml"
"""The file that is read in the working directory; ``JIXIAO_CONFIG`` names another one."""
DEFAULT: Final = "默认值"


def _about(meaning: str, least: float | None = None) -> dict[str, object]:
    """What a setting means, in Chinese, and the least value that makes sense."""
    return {"meaning": meaning, "least": least}


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set (设置); ``origins`` says where each value came from.

    Times are in seconds, sizes in bytes. Layers below ``web`` get plain values and read
    neither this nor the environment.
    """

    data: Path = field(default=Path("data"), metadata=_about("数据目录"))
    host: str = field(default="127.0.0.1", metadata=_about("服务监听的地址"))
    port: int = field(default=8000, metadata=_about("服务监听的端口", 0))
    threads: int = field(default=8, metadata=_about("服务的线程数", 1))
    trusted_hosts: tuple[str, ...] = field(
        default=(), metadata=_about("允许的主机名（空：不限；.example.cn 含子域）")
    )
    encoder: str = field(default="", metadata=_about("语义编码器的名称或路径（空：自带的）"))
    page_size: int = field(default=20, metadata=_about("检索结果每页条数", 1))
    max_page_size: int = field(default=200, metadata=_about("接口每页最多条数", 1))
    max_text: int = field(default=500, metadata=_about("检索词最多字数", 1))
    max_sparql: int = field(default=100_000, metadata=_about("SPARQL 语句最多字符", 1))
    max_body: int = field(default=2_000_000, metadata=_about("请求体最多字节", 1))
    query_timeout: float = field(default=10.0, metadata=_about("一次 SPARQL 查询的时限（秒）", 0.1))
    query_workers: int = field(default=2, metadata=_about("SPARQL 查询进程数", 1))
    query_rows: int = field(default=100_000, metadata=_about("SPARQL 结果最多行数", 1))
    log_level: str = field(default="info", metadata=_about("日志级别（debug info warning error）"))
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    def origin(self, name: str) -> str:
        """Where the value of that setting came from, in words for the user."""
        return self.origins.get(name, DEFAULT)


SETTINGS: Final = tuple(each for each in fields(Settings) if each.name != "origins")


def load(environ: Mapping[str, str], overrides: Mapping[str, Any] | None = None) -> Settings:
    """The effective settings; ``overrides`` are those of the command line that were given.

    Raises :class:`ConfigError` for a file that cannot be read, a name that does not exist
    and a value that makes no sense.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    named = environ.get(f"{PREFIX}CONFIG")
    path = Path(named or FILE)
    if named or path.is_file():
        _take(_read(path), f"文件 {path}", values, origins)
    variables = {each.name: f"{PREFIX}{each.name.upper()}" for each in SETTINGS}
    for name, variable in variables.items():
        if variable in environ:
            _take({name: environ[variable]}, f"环境变量 {variable}", values, origins)
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    _take(given, "命令行", values, origins)
    return Settings(**values, origins=origins)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"设置文件读不出来：{error}", where=Where(file=str(path))) from error


def _take(
    given: Mapping[str, Any], origin: str, values: dict[str, Any], origins: dict[str, str]
) -> None:
    """Put the given values over those so far, each with its origin."""
    known = {each.name: each for each in SETTINGS}
    for name, raw in given.items():
        if name not in known:
            raise ConfigError(f"{origin}里的 {name} 不是设置项；可用：{'、'.join(known)}")
        values[name] = _convert(name, raw, known[name], origin)
        origins[name] = origin


def _convert(name: str, raw: object, setting: Field[Any], origin: str) -> object:
    """The value in the type of the default; texts come from the environment."""
    kind = type(setting.default)
    try:
        value = _words(raw) if kind is tuple else _plain(kind, raw)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{origin}里 {name} 的值 {raw!r} 不对，应为{_NAMES[kind]}") from error
    least = setting.metadata["least"]
    if least is not None and not (isinstance(value, int | float) and value >= least):
        raise ConfigError(f"{origin}里 {name} 的值 {raw!r} 太小，至少为 {least:g}")
    return value


_NAMES: Final = {str: "文字", int: "整数", float: "数", Path: "路径", tuple: "名称列表"}


def _plain(kind: type, raw: object) -> object:
    if isinstance(raw, bool) or (kind is int and isinstance(raw, float)):
        raise TypeError(raw)
    plain: object = kind(raw)
    return plain


def _words(raw: object) -> tuple[str, ...]:
    parts = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise TypeError(raw)
    return tuple(word for part in parts if (word := str(part).strip()))
