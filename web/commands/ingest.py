"""``jixiao ingest``: documents into the data directory (入库)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ingest.grid import Line, Source
from ingest.pipeline import find_files, understand
from ingest.readers import read
from ontology.errors import JixiaoError, UnreadableFile
from search.encoders import create
from search.library import Library, sha256
from web.commands.common import json_option, print_json, show_progress, with_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontology.model import Extraction, Place
    from web.settings import Settings

_COUNTED: Final = (
    ("documents", "份文件"),
    ("projects", "个项目"),
    ("rows", "条指标"),
    ("warnings", "条提示"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was set aside (搁置的文件) and why."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read (读取结果): what it says, and its printed lines for the pages."""

    extraction: Extraction
    lines: tuple[Place, ...]


@dataclass(slots=True)
class Report:
    """What a run did (入库报告): what was read, what was known, what was set aside."""

    read: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, extraction: Extraction) -> None:
        goal = extraction.unit_goal
        self.read["documents"] += 1
        self.read["projects"] += len(extraction.projects)
        self.read["rows"] += sum(len(each.indicators) for each in extraction.projects)
        self.read["rows"] += len(goal.indicators) if goal else 0
        self.read["warnings"] += len(extraction.warnings)

    def to_dict(self) -> dict[str, Any]:
        return {
            **{name: self.read[name] for name, _ in _COUNTED},
            "unchanged": self.unchanged,
            "set_aside": [
                {"source": each.source, "code": each.code, "message": each.message}
                for each in self.failures
            ],
        }


@click.command(help="把文件或文件夹读进数据目录；读过的同样内容不再读，坏文件搁置，其余照常。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="同时读几份，默认 1。")
@json_option
@with_settings
def ingest(settings: Settings, paths: tuple[Path, ...], workers: int, *, as_json: bool) -> None:
    report = Report()
    present = _present(paths, report)
    with Library.open(settings.data) as library:
        for name, path, reading in _readings(library, present, workers, report):
            _keep(library, name, path, reading, report)
        version = library.publish(create(settings.encoder), show_progress)
        version = version or library.current()
    if as_json:
        print_json({**report.to_dict(), "version": version.name if version else None})
    else:
        _tell(report)
    click.get_current_context().exit(1 if report.failures else 0)


def _present(paths: Iterable[Path], report: Report) -> list[Path]:
    """The paths that exist; the others are reported and do not stop the rest."""
    found = []
    for path in paths:
        if path.exists():
            found.append(path)
        else:
            _fail(report, str(path), UnreadableFile("没有这个文件或文件夹。"))
    return found


def _readings(
    library: Library, paths: list[Path], workers: int, report: Report
) -> Iterator[tuple[str, Path, Future[Reading]]]:
    """Every file whose bytes are new, with its extraction, read by that many processes."""
    new = []
    for name, path in find_files(paths):
        try:
            known = library.holds(name, sha256(path.read_bytes()))
        except OSError as error:
            _fail(report, name, UnreadableFile(f"打不开：{error.strerror}"))
            continue
        if known:
            report.unchanged += 1
        else:
            new.append((name, path))
    if workers == 1 or len(new) < 2:
        for name, path in new:
            yield name, path, _now(path, name)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        readings = [(name, path, pool.submit(read_file, path, name)) for name, path in new]
        yield from readings


def read_file(path: Path, name: str) -> Reading:
    """Read one file; runs in the pool's processes. Raises :class:`InputError`."""
    source = read(path, name)
    return Reading(understand(source), tuple(_printed(source)))


def _printed(source: Source) -> Iterator[Place]:
    """The printed lines in reading order; the cells of one line or row share its place."""
    seen = set()
    for block in source.blocks:
        cells = (block,) if isinstance(block, Line) else block.cells
        for place in (each.place for each in cells):
            at = (place.sheet, place.page, place.line or f"row {place.row}")
            if at not in seen:
                seen.add(at)
                yield place


def _now(path: Path, name: str) -> Future[Reading]:
    """The extraction made in this process, as the pool would hand it over."""
    future: Future[Reading] = Future()
    try:
        future.set_result(read_file(path, name))
    except JixiaoError as error:
        future.set_exception(error)
    return future


def _keep(
    library: Library, name: str, path: Path, reading: Future[Reading], report: Report
) -> None:
    """Put a document into the library, or set its file aside with the reason."""
    try:
        found = reading.result()
        library.put(name, path.read_bytes(), found.extraction, found.lines)
    except JixiaoError as error:
        library.set_aside(name, error.code, error.message)
        _fail(report, name, error)
        return
    report.add(found.extraction)
    click.echo(f"读入 {name}：{len(found.extraction.projects)} 个项目", err=True)


def _fail(report: Report, name: str, error: JixiaoError) -> None:
    report.failures.append(Failure(name, error.code, error.message))
    click.echo(f"搁置 {name}：{error.message}", err=True)


def _tell(report: Report) -> None:
    """The report in words on stdout."""
    click.echo("读入 " + "、".join(f"{report.read[name]} {words}" for name, words in _COUNTED))
    if report.unchanged:
        click.echo(f"没有变化的 {report.unchanged} 份")
    if report.failures:
        click.echo(f"搁置 {len(report.failures)} 份：")
    for failure in report.failures:
        click.echo(f"  {failure.source}：{failure.message}（{failure.code}）")
