"""The graph store (图库), and the only place that knows pyoxigraph.

A store is built once, from N-Quads, and only read afterwards. Its default graph is the union
of all named graphs, one per document, unless a query or the protocol names others.
"""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from ontology.errors import QueryRefused, QuerySyntaxError, StoreError, Where
from search.store import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

SOLUTION_FORMATS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
PREFIXES: Final = {
    "jx": "https://w3id.org/jixiao/ns#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = frozenset({f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long"})
_NUMBER: Final = frozenset({f"{_XSD}decimal", f"{_XSD}double", f"{_XSD}float"})
_AT = re.compile(r"error at (\d+):(\d+)")

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its dataset and the media types wanted, best first (查询请求).

    No graphs named: the dataset of the query itself, else the union of all graphs.
    """

    text: str
    formats: tuple[str, ...]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caps:
    """How large a result may get (结果上限): rows or triples, and bytes of its serialisation."""

    rows: int = 100_000
    size: int = 100_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result (查询结果); ``capped`` if it was cut at the greatest number of rows."""

    content: bytes
    media_type: str
    capped: bool = False


def build(folder: Path, quads: Iterable[str]) -> int:
    """Make a store of the N-Quads lines; the number of its quads."""
    folder.mkdir()
    dump = folder.with_name(f"{folder.name}.nq")
    with dump.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(quads)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    dump.unlink()
    return len(store)


class Graph:
    """A store opened for reading (图谱)."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, folder: Path) -> Graph:
        """Raises :class:`StoreError` when it cannot be read."""
        try:
            return cls(ox.Store.read_only(str(folder)))
        except OSError as error:
            raise StoreError(f"图库 {folder} 打不开：{error}；请运行 jixiao reindex。") from error

    @classmethod
    def empty(cls) -> Graph:
        return cls(ox.Store())

    def query(self, request: Request, caps: Caps) -> Answer:
        """The result in the first format wanted that suits the form of the query.

        Raises :class:`QuerySyntaxError`, and :class:`QueryRefused` with the codes of
        :mod:`search.store.guard`, ``format`` or ``query-size``.
        """
        guard.check(request.text)
        graphs = bool(request.default_graphs or request.named_graphs)
        options: dict[str, Any] = {"use_default_graph_as_union": not graphs}
        if graphs:
            options["default_graph"] = _nodes(request.default_graphs)
            options["named_graphs"] = _nodes(request.named_graphs)
        result = self._evaluate(request.text, options)
        if isinstance(result, ox.QueryTriples):
            return _graph(result, request.formats, caps)
        if isinstance(result, ox.QueryBoolean):
            wanted = _first(request.formats, SOLUTION_FORMATS)
            content = result.serialize(format=SOLUTION_FORMATS[wanted])
            return Answer(content or b"", wanted)
        return _solutions(result, request.formats, caps)

    def select(self, text: str, bindings: Mapping[str, str]) -> list[dict[str, Cell]]:
        """Rows of a query of our own; ``bindings`` give selected variables their IRIs."""
        given = {ox.Variable(name): ox.NamedNode(iri) for name, iri in bindings.items()}
        options: dict[str, Any] = {"use_default_graph_as_union": True, "substitutions": given}
        result = self._evaluate(text, options)
        if not isinstance(result, ox.QuerySolutions):
            raise TypeError("select() takes a SELECT query")
        names = [variable.value for variable in result.variables]
        return [
            {
                name: _plain(value)
                for name, value in zip(names, solution, strict=True)
                if value is not None
            }
            for solution in result
        ]

    def describe(self, iri: str) -> str:
        """Turtle of the thing, of its parts (``iri#…``), and of what points to it."""
        own = list(self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None))
        towards = list(self._store.quads_for_pattern(None, None, ox.NamedNode(iri), None))
        parts = {
            quad.subject
            for quad in towards
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(f"{iri}#")
        }
        for part in sorted(parts, key=lambda each: each.value):
            own.extend(self._store.quads_for_pattern(part, None, None, None))
        triples = dict.fromkeys(quad.triple for quad in (*own, *towards))
        if not triples:
            return ""
        written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        return (written or b"").decode()

    def dump(self) -> bytes:
        """Everything as N-Quads."""
        return self._store.dump(format=ox.RdfFormat.N_QUADS) or b""

    def _evaluate(
        self, text: str, options: Mapping[str, Any]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(text, prefixes=PREFIXES, **options)
        except SyntaxError as error:
            raise _syntax_error(str(error)) from error
        except ValueError as error:
            raise QueryRefused(f"查询里有不对的 IRI：{error}", code="iri") from error


def _nodes(iris: Iterable[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(each) for each in iris]
    except ValueError as error:
        raise QueryRefused(f"图的 IRI 不对：{error}", code="iri") from error


def _solutions(result: ox.QuerySolutions, formats: Sequence[str], caps: Caps) -> Answer:
    """Through TSV, whose lines are the rows, so that counting and cutting them is exact."""
    wanted = _first(formats, SOLUTION_FORMATS)
    rows = _Rows(caps)
    try:
        result.serialize(rows, format=ox.QueryResultsFormat.TSV)
    except _EnoughError:
        pass
    except (OSError, RuntimeError) as error:
        raise QueryRefused(f"查询没有算完：{error}", code="evaluation") from error
    written = rows.written()
    if SOLUTION_FORMATS[wanted] != ox.QueryResultsFormat.TSV:
        parsed = ox.parse_query_results(written, format=ox.QueryResultsFormat.TSV)
        written = parsed.serialize(format=SOLUTION_FORMATS[wanted]) or b""
    return Answer(written, wanted, rows.capped)


def _graph(result: ox.QueryTriples, formats: Sequence[str], caps: Caps) -> Answer:
    wanted = _first(formats, GRAPH_FORMATS)
    triples = list(itertools.islice(result, caps.rows + 1))
    capped = len(triples) > caps.rows
    kind = GRAPH_FORMATS[wanted]
    prefixed = kind in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    content = ox.serialize(
        triples[: caps.rows], format=kind, prefixes=PREFIXES if prefixed else None
    )
    if len(content or b"") > caps.size:
        raise _too_large(caps)
    return Answer(content or b"", wanted, capped)


class _EnoughError(Exception):
    """The greatest number of rows has been written."""


class _Rows(io.BytesIO):
    """Takes TSV until there are enough rows of it (a head line comes first)."""

    def __init__(self, caps: Caps) -> None:
        super().__init__()
        self._caps = caps
        self._lines = 0
        self._size = 0
        self.capped = False

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer
        chunk = bytes(data)
        super().write(chunk)
        self._lines += chunk.count(b"\n")
        self._size += len(chunk)
        if self._size > self._caps.size:
            raise _too_large(self._caps)
        if self._lines > self._caps.rows + 1:
            self.capped = True
            raise _EnoughError
        return len(chunk)

    def written(self) -> bytes:
        if not self.capped:
            return self.getvalue()
        self.seek(0)
        return b"".join(itertools.islice(self, self._caps.rows + 1))


def _first(formats: Sequence[str], known: Mapping[str, object]) -> str:
    for each in formats:
        if each in known:
            return each
    raise QueryRefused(f"这种查询的结果有这些格式：{'、'.join(known)}。", code="format")


def _plain(term: Any) -> Cell:  # noqa: ANN401 - any RDF term
    if isinstance(term, ox.Literal):
        if term.datatype.value in _INTEGER:
            return int(term.value)
        if term.datatype.value in _NUMBER:
            return float(term.value)
    return str(term.value)


def _syntax_error(said: str) -> QuerySyntaxError:
    found = _AT.search(said)
    where = Where(line=int(found[1]), column=int(found[2])) if found else None
    rest = said[found.end() :].lstrip(": ") if found else said
    return QuerySyntaxError(f"SPARQL 语法不对：{rest}", where=where)


def _too_large(caps: Caps) -> QueryRefused:
    return QueryRefused(
        f"结果超过 {caps.size // 1_000_000} MB；请加 LIMIT 或收窄条件。", code="query-size"
    )
