"""The vocabulary's words (术语): labels, classes, signs, directions and units, from the Turtle.

People see the @zh labels of ``jixiao.ttl`` and ``schemes/*.ttl`` and no others, so they are read
here, once, on first use.
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
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Literal

from ontology.iri import NS

if TYPE_CHECKING:
    from collections.abc import Mapping

ONTOLOGY_FILE: Final = "jixiao.ttl"
SCHEME_FILES: Final = ("classes.ttl", "directions.ttl", "operators.ttl", "units.ttl")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of one of the schemes (概念).

    ``alt`` are further words that are right as they stand, ``hidden`` spellings that the label
    replaces; ``broader`` is an IRI; ``order`` is the place in a table.
    """

    iri: str
    scheme: str
    label: str
    english: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    notation: str | None = None
    broader: str | None = None
    level: int | None = None
    order: int = 0


@lru_cache(maxsize=1)
def vocabulary() -> Graph:
    """The ontology and its schemes as one rdflib graph; not to be changed."""
    graph = Graph()
    folder = files("ontology")
    for name in (ONTOLOGY_FILE, *(f"schemes/{each}" for each in SCHEME_FILES)):
        graph.parse(data=folder.joinpath(name).read_text("utf-8"), format="turtle")
    return graph


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """All concepts by IRI, in the order of their schemes' tables."""
    graph = vocabulary()
    found = [
        _concept(graph, subject)
        for subject in graph.subjects(SKOS.inScheme)
        if isinstance(subject, URIRef)
    ]
    found.sort(key=lambda each: (each.scheme, each.level or 0, each.order, each.iri))
    return {each.iri: each for each in found}


def scheme(name: str) -> tuple[Concept, ...]:
    """The concepts of the scheme: classes-2021, classes-2015, classes-local, operators, …"""
    return tuple(each for each in concepts().values() if each.scheme == name)


@lru_cache(maxsize=1)
def labels() -> Mapping[str, str]:
    """The Chinese label of every class, property and concept by IRI."""
    graph = vocabulary()
    found = {}
    for predicate in (RDFS.label, SKOS.prefLabel):
        for subject, label in graph.subject_objects(predicate):
            if isinstance(label, Literal) and label.language == "zh":
                found[str(subject)] = str(label)
    return found


def label(name: str) -> str:
    """The Chinese label of a term, by IRI or by its name in our namespace (``valueText``)."""
    return labels().get(name) or labels()[NS + name]


def level1_concept(text: str | None) -> Concept | None:
    """The 一级指标 that a printed word means (产出, 效果指标), ``None`` for any other word."""
    return _by_word(1).get(_bare(text or ""))


def level2_concept(text: str | None) -> Concept | None:
    """The 二级指标 that a printed word means (服务对象满意度), ``None`` for any other word."""
    return _by_word(2).get(_bare(text or ""))


def canonical_level1(text: str | None) -> str | None:
    """The 一级指标 as the standard writes it: 产出 → 产出指标; a local word (效果指标) stays."""
    return _canonical(text, level1_concept(text))


def canonical_level2(text: str | None) -> str | None:
    """The 二级指标 as the standard writes it: 数量 → 数量指标; 满意度 → 满意度指标 stays local."""
    return _canonical(text, level2_concept(text))


def level1_of(level2: str | None) -> str | None:
    """The 一级指标 above a 二级指标 (成本指标 below 产出指标, as the older edition has it)."""
    concept = level2_concept(level2)
    above = concepts().get(concept.broader) if concept and concept.broader else None
    return above.label if above else None


def class_order(level2: str | None) -> int | None:
    """The place of a 二级指标 in a table: 数量 1, 质量 2, 时效 3, 成本 4 … 满意度 10."""
    concept = level2_concept(level2)
    return concept.order if concept else None


@lru_cache(maxsize=1)
def operators() -> Mapping[str, str]:
    """The IRI of each sign (≥ …)."""
    return {each.notation: each.iri for each in scheme("operators") if each.notation}


def direction_concept(text: str | None) -> Concept | None:
    """The direction that a printed word means (正向, 逆向指标)."""
    return _directions().get(_bare(text or ""))


@lru_cache(maxsize=1)
def _directions() -> Mapping[str, Concept]:
    return {_bare(word): each for each in scheme("directions") for word in (each.label, *each.alt)}


@lru_cache(maxsize=2)
def _by_word(level: int) -> Mapping[str, Concept]:
    """Words → concept; the newer edition and preferred labels come first."""
    found: dict[str, Concept] = {}
    for name in ("classes-2021", "classes-2015", "classes-local"):
        members = [each for each in scheme(name) if each.level == level]
        for each in members:
            found.setdefault(_bare(each.label), each)
        for each in members:
            for word in (*each.hidden, *each.alt):
                found.setdefault(_bare(word), each)
    return found


def _canonical(text: str | None, concept: Concept | None) -> str | None:
    if text is None or concept is None:
        return None
    bare = _bare(text)
    return next((f"{bare}指标" for word in concept.alt if _bare(word) == bare), concept.label)


def _bare(text: str) -> str:
    """The word without blanks, brackets and a final 指标."""
    word = re.sub(r"[\s:：()]+", "", unicodedata.normalize("NFKC", text))
    return word.removesuffix("指标") or word


def _concept(graph: Graph, subject: URIRef) -> Concept:
    words: dict[tuple[URIRef, str | None], list[str]] = defaultdict(list)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for each in graph.objects(subject, predicate):
            if isinstance(each, Literal):
                words[predicate, each.language].append(str(each))
    notation = graph.value(subject, SKOS.notation)
    broader = graph.value(subject, SKOS.broader)
    level = graph.value(subject, URIRef(NS + "level"))
    return Concept(
        iri=str(subject),
        scheme=str(graph.value(subject, SKOS.inScheme)).removeprefix(NS),
        label=words[SKOS.prefLabel, "zh"][0],
        english=words[SKOS.prefLabel, "en"][0],
        alt=tuple(sorted(words[SKOS.altLabel, "zh"])),
        hidden=tuple(sorted(words[SKOS.hiddenLabel, "zh"])),
        notation=str(notation) if notation is not None else None,
        broader=str(broader) if broader is not None else None,
        level=int(str(level)) if level is not None else None,
        order=int(str(graph.value(subject, URIRef(NS + "order")) or 0)),
    )
