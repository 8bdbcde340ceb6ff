"""The ontology as a page and as Turtle (本体页)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Literal

from ontology.iri import NS
from ontology.terms import vocabulary

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept (术语) with its labels and its comment in Chinese."""

    name: str
    zh: str
    en: str
    comment: str


_KINDS: Final = (
    ("类", OWL.Class, RDFS.label, RDFS.comment),
    ("关系属性", OWL.ObjectProperty, RDFS.label, RDFS.comment),
    ("数据属性", OWL.DatatypeProperty, RDFS.label, RDFS.comment),
    ("代码表里的概念", SKOS.Concept, SKOS.prefLabel, SKOS.definition),
)


@lru_cache(maxsize=1)
def turtle() -> str:
    """Ontology and schemes as one Turtle document."""
    return vocabulary().serialize(format="turtle")


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The terms of our namespace by kind, each kind by name."""
    graph = vocabulary()
    found = []
    for heading, kind, label, comment in _KINDS:
        terms = [
            Term(
                str(subject).removeprefix(NS),
                _words(graph, subject, label, "zh"),
                _words(graph, subject, label, "en"),
                _words(graph, subject, comment, "zh"),
            )
            for subject in graph.subjects(RDF.type, kind)
            if str(subject).startswith(NS)
        ]
        if terms:
            found.append((heading, tuple(sorted(terms, key=lambda each: each.name))))
    return tuple(found)


def _words(graph: Graph, subject: Node, predicate: URIRef, language: str) -> str:
    found = (
        str(each)
        for each in graph.objects(subject, predicate)
        if isinstance(each, Literal) and each.language == language
    )
    return next(found, "")
