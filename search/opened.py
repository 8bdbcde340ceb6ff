"""One published version, opened (已打开的版本): it never changes, so threads share it freely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ontology.errors import NotFound
from search import records
from search.filters import Places
from search.index import Index
from search.store.graph import Graph
from search.store.workers import Limits, Workers

if TYPE_CHECKING:
    from search.encoders import Encoder
    from search.publishing import Version
    from search.records import Record


@dataclass(frozen=True, slots=True)
class Opened:
    """Index, graph and query processes of one version (已打开的版本)."""

    version: Version
    index: Index
    places: Places
    graph: Graph
    workers: Workers
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, version: Version, encoder: Encoder, limits: Limits) -> Opened:
        """Raises :class:`StoreError` when it does not fit the encoder or cannot be read."""
        index = Index.open(version.path / "index", encoder)
        return cls(
            version=version,
            index=index,
            places=Places(index.documents),
            graph=Graph.open(version.path / "graph"),
            workers=Workers(version.path / "graph", limits),
            numbers={each.key: number for number, each in enumerate(index.documents)},
        )

    def record(self, document: str) -> Record:
        """Raises :class:`NotFound`."""
        if document not in self.numbers:
            raise NotFound("没有这份文件，可能已经更新或撤下。")
        return records.read(self.version.path / "records" / f"{document}.json")
