"""From the library's records to a version that is served (发布): graph and index together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from ontology import mapping
from ontology.derived import divisions_triples
from ontology.iri import DATA, NS
from ontology.rdf import from_rdflib, nquads
from ontology.terms import ONTOLOGY_FILE, SCHEME_FILES, vocabulary
from search import index, records
from search.files import link_or_copy, read_json, replace_bytes, replace_json
from search.store import graph

if TYPE_CHECKING:
    from pathlib import Path

    from search.encoders import Encoder
    from search.records import Record

Progress = Callable[[str, int, int], None]
"""Called with the step in Chinese, how much of it is done, and how much there is."""

VOCABULARY_GRAPH: Final = NS.rstrip("#")
REGISTER_GRAPH: Final = f"{DATA}register/divisions"
_KEPT: Final = 2
"""Versions kept: the one that is served and the one before, which readers may still have open."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document to publish (待发布文件): its key, the hash of its file and of its record."""

    document: str
    sha256: str
    record: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version (发布版本) with its counts; ``fingerprint`` says what went into it."""

    name: str
    path: Path
    created: str
    fingerprint: str
    encoder: str
    documents: int
    projects: int
    indicators: int
    bases: int
    warnings: int
    triples: int


def publish(
    root: Path,
    held: Sequence[Held],
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    force: bool = False,
) -> Version | None:
    """Build a version of what is held and serve it; ``None`` when it is served already.

    The caller holds the writer's lock.
    """
    fingerprint = _fingerprint(held, encoder)
    before = current(root)
    if before and before.fingerprint == fingerprint and not force:
        return None
    report = progress or _silent
    versions = root / "versions"
    versions.mkdir(exist_ok=True)
    for leftover in versions.glob("*.partial"):
        shutil.rmtree(leftover)
    now = datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%S%f}-{fingerprint[:8]}"
    partial = versions / f"{name}.partial"
    counts = _build(root, partial, held, encoder, report)
    manifest = {
        "created": now.isoformat(timespec="seconds"),
        "fingerprint": fingerprint,
        "encoder": encoder.fingerprint,
        "files": sorted({each.sha256 for each in held}),
        **counts,
    }
    replace_json(partial / "manifest.json", manifest)
    partial.rename(versions / name)
    replace_bytes(root / "current", name.encode())
    _prune(root, name, held)
    return current(root)


def current_name(root: Path) -> str | None:
    """The name of the version that is served: cheap, so that readers can ask often."""
    try:
        return (root / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None


def current(root: Path) -> Version | None:
    """The version that is served."""
    name = current_name(root)
    if name is None:
        return None
    try:
        manifest = read_json(root / "versions" / name / "manifest.json")
    except FileNotFoundError:
        return None
    del manifest["files"]
    return Version(name=name, path=root / "versions" / name, **manifest)


def _build(
    root: Path, folder: Path, held: Sequence[Held], encoder: Encoder, report: Progress
) -> dict[str, int]:
    kept = folder / "records"
    kept.mkdir(parents=True)
    for each in held:
        link_or_copy(root / "records" / f"{each.document}.json", kept / f"{each.document}.json")

    def read(step: str) -> Iterator[tuple[str, Record]]:
        for number, each in enumerate(held, start=1):
            yield each.document, records.read(kept / f"{each.document}.json")
            report(step, number, len(held))

    triples = graph.build(folder / "graph", _quads(read("写入图谱")))
    counts = index.build(folder / "index", read("建立索引"), encoder, report)
    return {**asdict(counts), "triples": triples}


def _quads(documents: Iterator[tuple[str, Record]]) -> Iterator[str]:
    yield from nquads(from_rdflib(vocabulary()), VOCABULARY_GRAPH)
    yield from nquads(divisions_triples(), REGISTER_GRAPH)
    for key, record in documents:
        triples = mapping.to_triples(record.extraction, key, record.sha256)
        yield from nquads(triples, mapping.graph_iri(key))


def _fingerprint(held: Sequence[Held], encoder: Encoder) -> str:
    parts = sorted((each.document, each.sha256, each.record) for each in held)
    return sha256(
        json.dumps([index.SCHEMA, encoder.fingerprint, _shared(), parts]).encode()
    ).hexdigest()


def _shared() -> str:
    """The hash of the files behind the graphs that all documents share."""
    names = (
        ONTOLOGY_FILE,
        *(f"schemes/{each}" for each in SCHEME_FILES),
        "registers/divisions.csv",
    )
    digest = sha256()
    for name in names:
        digest.update(files("ontology").joinpath(name).read_bytes())
    return digest.hexdigest()


def _prune(root: Path, served: str, held: Sequence[Held]) -> None:
    """Forget older versions, and records and bytes that no version needs.

    The one that is served is kept whatever the clock said when the others were made.
    """
    versions = sorted((root / "versions").iterdir(), reverse=True)
    versions.sort(key=lambda each: each.name != served)
    for old in versions[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)  # Windows keeps what a reader has open
    needed = {each.sha256 for each in held}
    for kept in versions[:_KEPT]:
        needed.update(read_json(kept / "manifest.json")["files"])
    for file in (root / "files").glob("*"):
        if file.name not in needed:
            file.unlink(missing_ok=True)
    documents = {f"{each.document}.json" for each in held}
    for file in (root / "records").glob("*"):
        if file.name not in documents:
            file.unlink(missing_ok=True)


def _silent(step: str, done: int, total: int) -> None:
    """No one is watching."""
    del step, done, total
