"""The search index of one version (检索索引): rows, columns, BM25 and vectors in one directory.

meta.json        schema, fingerprint of the encoder, what unrelated texts have in common
documents.json   a summary of every document
sorted.json      the different names in order, for prefixes; order.npy: their numbers
rows.jsonl       a line per indicator, rows of one document together; offsets.npy: where
columns/         see search/columns.py
lexical/         BM25 over the different names
vectors.faiss    their vectors
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ontology.errors import StoreError
from ontology.iri import basis_key, indicator_key, unit_indicator_key
from ontology.mapping import project_keys
from ontology.model import Document, Extraction, Indicator, Place
from ontology.terms import canonical_level1, canonical_level2
from search import columns
from search.columns import Codes, Columns
from search.files import read_json, replace_json
from search.lexical import Lexical, plain
from search.vectors.nearest import Vectors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from search.encoders import Encoder
    from search.records import Record

SCHEMA: Final = 1
"""Number of this layout: an index with another one has to be built anew."""
_BATCH: Final = 2048
_SAMPLE: Final = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was indexed (数量)."""

    documents: int
    projects: int
    indicators: int
    bases: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in a list (文件摘要): whose it is, and how much was read from it."""

    key: str
    source: str
    title: str | None
    region: str | None
    region_code: str | None
    province: str | None
    department: str | None
    year: int | None
    projects: int
    indicators: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as it is shown in a list (索引行); ``document`` is its document's number."""

    document: int
    key: str
    project_key: str | None
    project: str | None
    indicator: Indicator


def build(
    folder: Path,
    documents: Iterator[tuple[str, Record]],
    encoder: Encoder,
    report: Callable[[str, int, int], None],
) -> Counts:
    """Write the index of the documents into a new directory."""
    folder.mkdir()
    writer = _Writer(folder)
    for key, record in documents:
        writer.add(key, record.extraction)
    names = writer.finish()
    (folder / "columns").mkdir()
    columns.save(folder / "columns", writer.columns, writer.words())
    Lexical.build(folder / "lexical", names)
    vectors = _encode(encoder, names, report)
    Vectors.build(folder / "vectors.faiss", vectors)
    meta = {
        "schema": SCHEMA,
        "encoder": encoder.fingerprint,
        "common": _common(vectors),
        "bases": len(writer.bases),
    }
    replace_json(folder / "documents.json", [asdict(each) for each in writer.documents])
    replace_json(folder / "meta.json", meta)
    return Counts(
        documents=len(writer.documents),
        projects=sum(each.projects for each in writer.documents),
        indicators=len(writer.columns["document"]),
        bases=len(writer.bases),
        warnings=sum(each.warnings for each in writer.documents),
    )


class _Writer:
    """Takes documents one by one, and writes their rows as they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows = (folder / "rows.jsonl").open("wb")
        self._offsets = [0]
        self._codes = {name: Codes() for name in (*columns.CODED, "name", "group")}
        self.columns: dict[str, list[int]] = {name: [] for name in Columns.__slots__}
        self.documents: list[Summary] = []
        self.bases: set[str] = set()

    def add(self, key: str, extraction: Extraction) -> None:
        before = len(self._offsets)
        for row_key, project_key, name, indicator in _rows(key, extraction):
            self._add_row([row_key, project_key, name, asdict(indicator)], indicator)
        bases = (each for project in extraction.projects for each in project.legal_bases)
        self.bases.update(
            basis_key(each.doc_no, each.title, each.as_written, key) for each in bases
        )
        first = next(iter(extraction.documents), Document())
        self.documents.append(
            Summary(
                key=key,
                source=extraction.source,
                **asdict(first),
                projects=len(extraction.projects),
                indicators=len(self._offsets) - before,
                warnings=len(extraction.warnings),
            )
        )

    def finish(self) -> list[str]:
        """The different names, in the order of their numbers."""
        self._rows.close()
        np.save(self._folder / "offsets.npy", np.asarray(self._offsets, dtype=np.int64))
        names = self._codes["name"].words
        compared = sorted((plain(name), number) for number, name in enumerate(names))
        np.save(self._folder / "order.npy", np.asarray([each for _, each in compared], np.int32))
        replace_json(self._folder / "sorted.json", [each for each, _ in compared])
        return names

    def words(self) -> dict[str, list[str]]:
        return {name: self._codes[name].words for name in (*columns.CODED, "name")}

    def _add_row(self, packed: list[Any], indicator: Indicator) -> None:
        line = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()
        self._rows.write(line)
        self._offsets.append(self._offsets[-1] + len(line))
        level2 = canonical_level2(indicator.level2)
        name = plain(indicator.name)
        same = (name, plain(indicator.value_text or ""), level2)
        coded = {
            "level1": self._codes["level1"].of(canonical_level1(indicator.level1)),
            "level2": self._codes["level2"].of(level2),
            "unit": self._codes["unit"].of(indicator.unit),
            "operator": self._codes["operator"].of(indicator.operator),
            "name": self._codes["name"].of(indicator.name, name),
            "group": self._codes["group"].of(indicator.name, same),
            "document": len(self.documents),
            "numeric": indicator.value is not None,
        }
        for column, value in coded.items():
            self.columns[column].append(value)


class Index:
    """An index opened for reading (索引)."""

    def __init__(self, folder: Path) -> None:
        meta = _meta(folder)
        self.common = float(meta["common"])
        self.encoder = str(meta["encoder"])
        self.documents = tuple(Summary(**each) for each in read_json(folder / "documents.json"))
        self.columns, self.words = columns.load(folder / "columns")
        self.lexical = Lexical.open(folder / "lexical", len(self.words["name"]))
        self.vectors = Vectors.open(folder / "vectors.faiss")
        self._offsets = np.load(folder / "offsets.npy")
        self._rows = _mapped(folder / "rows.jsonl")
        self._sorted: list[str] = read_json(folder / "sorted.json")
        self._order = np.load(folder / "order.npy")

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Index:
        """Raises :class:`StoreError` when it is of another layout or another encoder."""
        index = cls(folder)
        if index.encoder != encoder.fingerprint:
            raise StoreError(
                f"索引是用编码器 {index.encoder} 建的，现在设的是 {encoder.fingerprint}；"
                "请运行 jixiao reindex。",
                code="encoder",
            )
        return index

    def row(self, number: int) -> Row:
        """The row with that number, from 0."""
        packed = self._rows[self._offsets[number] : self._offsets[number + 1]]
        key, project_key, project, data = json.loads(packed)
        indicator = Indicator(**{**data, "source": Place(**data["source"])})
        return Row(int(self.columns.document[number]), key, project_key, project, indicator)

    def starting_with(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Numbers of the names that are the text (compared as by ``plain``), and of those that
        go on after it."""
        start = bisect_left(self._sorted, text)
        middle = bisect_right(self._sorted, text)
        end = bisect_left(self._sorted, text + chr(0x10FFFF))
        return self._order[start:middle], self._order[middle:end]

    def find(self, document: int, key: str) -> int | None:
        """The number of the row with that key in that document."""
        start, end = np.searchsorted(self.columns.document, [document, document + 1])
        found = (number for number in range(start, end) if self.row(number).key == key)
        return next(found, None)


def _rows(
    key: str, extraction: Extraction
) -> Iterator[tuple[str, str | None, str | None, Indicator]]:
    """Every indicator with its key, its project's key and name."""
    goal = extraction.unit_goal
    for number, indicator in enumerate(goal.indicators if goal else (), start=1):
        yield unit_indicator_key(key, number), None, None, indicator
    for project_key, project in project_keys(key, extraction.projects):
        for number, indicator in enumerate(project.indicators, start=1):
            yield indicator_key(project_key, number), project_key, project.name, indicator


def _encode(
    encoder: Encoder, names: list[str], report: Callable[[str, int, int], None]
) -> NDArray[np.float32]:
    vectors = np.zeros((len(names), encoder.dimension), dtype=np.float32)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        vectors[start : start + len(batch)] = encoder.encode(batch)
        report("计算向量", start + len(batch), len(names))
    return vectors


def _common(vectors: NDArray[np.float32]) -> float:
    """The mean cosine of two texts that have nothing to do with each other, from a sample."""
    step = max(1, len(vectors) // _SAMPLE)
    sample = vectors[::step]
    pairs = len(sample) * (len(sample) - 1)
    if not pairs:
        return 0.0
    cosines = sample @ sample.T
    return max(0.0, float((cosines.sum() - np.trace(cosines)) / pairs))


def _meta(folder: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = read_json(folder / "meta.json")
    except (OSError, ValueError) as error:
        raise StoreError(f"索引 {folder} 打不开；请运行 jixiao reindex。") from error
    if meta.get("schema") != SCHEMA:
        raise StoreError("索引是另一个版本的程序建的；请运行 jixiao reindex。", code="schema")
    return meta


def _mapped(path: Path) -> mmap.mmap | bytes:
    """The file's bytes, read only where they are looked at."""
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
