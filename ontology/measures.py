"""The thesaurus of measures (指标词表): one measure under all the names people give it.

Read from ``schemes/measures.ttl`` on first use (about 0.2 s), never at import.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from ontology.iri import NS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

FILE: Final = "schemes/measures.ttl"
SCHEME: Final = URIRef(NS + "measures")
_IGNORED: Final = re.compile(r"[\s“”‘’\"'《》〈〉「」、,，。.;；:：·]+")
_ENDING: Final = re.compile(r"(?<=.)(指标|情况)$|\((%|百分比|≥|≤)\)$")
_LONGEST: Final = 25  # characters of a label inside a longer text


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure (指标概念): what is measured, its names, and what is usual for it.

    ``alt`` are other wordings, ``hidden`` abbreviations that are typed but not printed.
    ``broader``, ``related``, ``field``, ``level2``, ``operator``, ``unit`` and ``direction``
    are IRIs; ``operator`` and ``unit`` are ``None`` where nothing is usual or the value is in
    words.
    """

    iri: str
    label: str
    field: str
    level2: str
    direction: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    operator: str | None = None
    unit: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """All names: the preferred one, other wordings, abbreviations."""
        return (self.label, *self.alt, *self.hidden)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A part of a text that names a measure (扩展): where, which, and its other names."""

    start: int
    end: int
    measure: Measure
    synonyms: tuple[str, ...]


@lru_cache(maxsize=1)
def graph() -> Graph:
    """The thesaurus as an rdflib graph, for publishing; not to be changed."""
    return Graph().parse(data=files("ontology").joinpath(FILE).read_text("utf-8"), format="turtle")


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """All measures by IRI, in the order of their IRIs."""
    subjects = sorted(graph().subjects(SKOS.inScheme, SCHEME), key=str)
    return {str(subject): _measure(subject) for subject in subjects}


def _measure(subject: Node) -> Measure:
    found: defaultdict[Node, list[str]] = defaultdict(list)
    for predicate, value in graph().predicate_objects(subject):
        if predicate != RDF.type:
            found[predicate].append(str(value))

    def one(name: str) -> str | None:
        return next(iter(found[URIRef(NS + name)]), None)

    return Measure(
        iri=str(subject),
        label=found[SKOS.prefLabel][0],
        field=found[DCTERMS.subject][0],
        level2=found[URIRef(NS + "usualClass")][0],
        direction=found[URIRef(NS + "usualDirection")][0],
        alt=tuple(sorted(found[SKOS.altLabel])),
        hidden=tuple(sorted(found[SKOS.hiddenLabel])),
        broader=tuple(sorted(found[SKOS.broader])),
        related=tuple(sorted(found[SKOS.related])),
        operator=one("usualOperator"),
        unit=one("usualUnit"),
    )


def bare(text: str) -> str:
    """A name for comparison: NFKC, lower case, no blanks or quotes, no final 指标 or (%)."""
    folded = _IGNORED.sub("", unicodedata.normalize("NFKC", text).lower())
    return _ENDING.sub("", folded)


@lru_cache(maxsize=1)
def _by_label() -> Mapping[str, Measure]:
    return {bare(label): each for each in measures().values() for label in each.labels}


def find(text: str) -> Measure | None:
    """The measure that any of its names means; ``None`` for a text that is no such name."""
    return _by_label().get(bare(text))


def synonyms(text: str) -> tuple[str, ...]:
    """The other names of the measure that a text names; empty for any other text."""
    measure = find(text)
    return _others(measure, bare(text)) if measure else ()


def _others(measure: Measure, name: str) -> tuple[str, ...]:
    return tuple(label for label in measure.labels if bare(label) != name)


def narrower(measure: Measure) -> tuple[Measure, ...]:
    """The more special measures straight below a measure, by their names."""
    return _children().get(measure.iri, ())


@lru_cache(maxsize=1)
def _children() -> Mapping[str, tuple[Measure, ...]]:
    found: defaultdict[str, list[Measure]] = defaultdict(list)
    for each in measures().values():
        for above in each.broader:
            found[above].append(each)
    return {above: tuple(below) for above, below in found.items()}


def expansions(text: str) -> tuple[Expansion, ...]:
    """The measures that parts of a text name, the longest names first taken, left to right.

    No two parts overlap, and a name must have three characters, an abbreviation two:
    提高城乡居保参保率 → 参保率, 城乡居保.
    """
    folded = "".join(_folded(character) for character in text)
    taken: list[Expansion] = []
    for start, end in _spans(len(folded)):
        if any(start < other.end and other.start < end for other in taken):
            continue
        part = folded[start:end]
        measure = _by_label().get(part)
        if measure and (len(part) > 2 or part in measure.hidden):
            taken.append(Expansion(start, end, measure, _others(measure, part)))
    return tuple(sorted(taken, key=lambda each: each.start))


def _folded(character: str) -> str:
    """NFKC and lower case, unless that makes several characters of one: offsets must hold."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """All spans of two and more characters, longer ones first."""
    for size in range(min(length, _LONGEST), 1, -1):
        for start in range(length - size + 1):
            yield start, start + size
