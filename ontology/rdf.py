"""RDF terms as plain tuples (三元组), and their way to N-Quads and to rdflib graphs and back.

A document makes thousands of triples; tuples of strings are several times faster to build than
rdflib's terms and are all that a store needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING: Final = f"{XSD}string"


class Iri(str):
    """An IRI as the object of a triple."""

    __slots__ = ()


class Literal(NamedTuple):
    """A literal (字面值): its text, its datatype (``None``: xsd:string) or its language."""

    text: str
    datatype: str | None = None
    language: str | None = None


Term = Iri | Literal
Triple = tuple[str, str, Term]

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\n\r]')


def nquads(triples: Iterable[Triple], graph: str) -> Iterator[str]:
    """One N-Quads line per triple, each with its line end, in the named graph."""
    end = f" <{graph}> .\n"
    for subject, predicate, value in triples:
        yield f"<{subject}> <{predicate}> {_term(value)}{end}"


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """The triples as an rdflib graph, literals exactly as they stand."""
    graph = Graph()
    for subject, predicate, value in triples:
        graph.add((URIRef(subject), URIRef(predicate), _rdflib_term(value)))
    return graph


def from_rdflib(graph: Graph) -> Iterator[Triple]:
    """The triples of an rdflib graph; those with blank nodes are left out."""
    for subject, predicate, value in graph:
        if not isinstance(subject, URIRef):
            continue
        if isinstance(value, URIRef):
            yield str(subject), str(predicate), Iri(value)
        elif isinstance(value, RdflibLiteral):
            datatype = str(value.datatype) if value.datatype else None
            yield str(subject), str(predicate), Literal(str(value), datatype, value.language)


def _term(value: Term) -> str:
    if isinstance(value, Iri):
        return f"<{value}>"
    text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], value.text)
    if value.language:
        return f'"{text}"@{value.language}'
    return f'"{text}"^^<{value.datatype}>' if value.datatype else f'"{text}"'


def _rdflib_term(value: Term) -> URIRef | RdflibLiteral:
    if isinstance(value, Iri):
        return URIRef(value)
    if value.language:
        return RdflibLiteral(value.text, lang=value.language)
    datatype = URIRef(value.datatype) if value.datatype else None
    return RdflibLiteral(value.text, datatype=datatype, normalize=False)
