"""The engine (检索引擎): everything that pages, API and commands ask of the published version.

Opened once and shared by all threads; :meth:`Engine.refresh` moves to a newer version while
answers that are under way finish on the old one.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import NotFound
from ontology.iri import document_of
from ontology.mapping import project_keys
from ontology.model import Place
from ontology.privacy import without_persons
from search import answering
from search.answers import Hit, Query, Results
from search.opened import Opened
from search.store.graph import Answer, Caps, Cell, Graph, Request
from search.store.workers import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontology.model import Extraction, Project
    from search.encoders import Encoder
    from search.index import Summary
    from search.library import Library


@dataclass(frozen=True, slots=True)
class Stats:
    """What is there (统计): counts of the published version, and how it is searched."""

    documents: int = 0
    projects: int = 0
    indicators: int = 0
    bases: int = 0
    warnings: int = 0
    triples: int = 0
    set_aside: int = 0
    version: str | None = None
    created: str | None = None
    encoder: str = ""
    vectors: str = ""


class Engine:
    """Answers questions from a library (检索引擎); before the first version with nothing."""

    def __init__(self, library: Library, encoder: Encoder, limits: Limits | None = None) -> None:
        """Raises :class:`StoreError` when the version does not fit the encoder."""
        self._library = library
        self._encoder = encoder
        self._limits = limits or Limits()
        self._opened: Opened | None = None
        self._lock = threading.Lock()
        self.refresh()

    @property
    def version(self) -> str | None:
        """The name of the version that answers."""
        return self._opened.version.name if self._opened else None

    def refresh(self) -> bool:
        """Open the published version if it is another one; whether it was."""
        with self._lock:
            if self._library.current_name() == self.version:
                return False
            version = self._library.current()
            if version is None:
                return False
            before = self._opened
            self._opened = Opened.of(version, self._encoder, self._limits)
        if before:
            before.workers.close()
        return True

    def close(self) -> None:
        """Stop the query processes."""
        if self._opened:
            self._opened.workers.close()

    def search(self, query: Query) -> Results:
        """The hits for a query; see :mod:`search.answers`."""
        if self._opened is None:
            return Results(query, (), 0, 0.0)
        return answering.search(self._opened, self._encoder, query)

    def similar(self, key: str, limit: int = 10, *, other_regions: bool = False) -> tuple[Hit, ...]:
        """Indicators like that one, best first; raises :class:`NotFound`."""
        opened, row = self._row(key)
        return answering.similar(opened, self._encoder, row, limit, other_regions=other_regions)

    def indicator(self, key: str) -> Hit:
        """The indicator with that key; raises :class:`NotFound`."""
        return answering.hit(*self._row(key))

    def project(self, key: str) -> tuple[str, Project]:
        """The key of its document, and the project; raises :class:`NotFound`."""
        document = document_of(key)
        projects = dict(project_keys(document, self.extraction(document).projects))
        if key not in projects:
            raise NotFound("没有这个项目，可能它所在的文件已经更新或撤下。")
        return document, projects[key]

    def extraction(self, document: str) -> Extraction:
        """What was read from that document; raises :class:`NotFound`."""
        return self._open().record(document).extraction

    def lines(self, document: str) -> tuple[Place, ...]:
        """The printed lines of a document; raises :class:`NotFound`.

        Those that were kept when it was read, else those of its text; none for other formats.
        """
        record = self._open().record(document)
        if record.lines:
            return record.lines
        content = self._library.original(record.sha256)
        if b"\0" in content:
            return ()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030", errors="replace")
        return tuple(
            Place(line=number, text=without_persons(line))
            for number, line in enumerate(text.splitlines(), start=1)
        )

    def original(self, document: str) -> tuple[str, bytes]:
        """Name and bytes of the file; raises :class:`NotFound`."""
        record = self._open().record(document)
        return record.extraction.source, self._library.original(record.sha256)

    def documents(self) -> tuple[Summary, ...]:
        """All documents, in the order of their sources' names."""
        return self._opened.index.documents if self._opened else ()

    def stats(self) -> Stats:
        aside = len(self._library.aside())
        if self._opened is None:
            return Stats(set_aside=aside, encoder=self._encoder.fingerprint)
        version = self._opened.version
        return Stats(
            documents=version.documents,
            projects=version.projects,
            indicators=version.indicators,
            bases=version.bases,
            warnings=version.warnings,
            triples=version.triples,
            set_aside=aside,
            version=version.name,
            created=version.created,
            encoder=version.encoder,
            vectors=self._opened.index.vectors.kind,
        )

    def select(self, text: str, **bindings: str) -> list[dict[str, Cell]]:
        """Rows of a SELECT query of our own, evaluated here and without limits.

        ``bindings`` are IRIs for variables that the query selects; variables without a value
        are left out of a row.
        """
        return self._graph().select(text, bindings)

    def describe(self, iri: str) -> str:
        """Turtle of the thing with that IRI, empty if there is none."""
        return self._graph().describe(iri)

    def dump(self) -> bytes:
        """The whole graph as N-Quads."""
        return self._graph().dump()

    def query(
        self,
        text: str,
        formats: Sequence[str],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Run a query of the public, within limits.

        ``formats`` are media types, best first; the first that suits the query is taken.
        Raises :class:`QuerySyntaxError` with line and column, and :class:`QueryRefused`.
        """
        request = Request(text, tuple(formats), tuple(default_graphs), tuple(named_graphs))
        if self._opened is None:
            return Graph.empty().query(request, Caps(rows=self._limits.rows))
        return self._opened.workers.query(request)

    def _open(self) -> Opened:
        if self._opened is None:
            raise NotFound("资料库还是空的；先用 jixiao ingest 采集文件。")
        return self._opened

    def _graph(self) -> Graph:
        return self._opened.graph if self._opened else Graph.empty()

    def _row(self, key: str) -> tuple[Opened, int]:
        opened = self._open()
        document = opened.numbers.get(document_of(key))
        row = None if document is None else opened.index.find(document, key)
        if row is None:
            raise NotFound("没有这条指标，可能它所在的文件已经更新或撤下。")
        return opened, row
