"""Questions and answers: the shapes that pages, API and command line share (检索问答)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ontology.model import Operator, Place

Mode = Literal["hybrid", "lexical", "dense"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must satisfy; empty means anything.

    Regions are names or GB/T 2260 codes and include everything below them.
    """

    regions: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    level1: tuple[str, ...] = ()
    level2: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    numeric: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question in words (查询); an empty text lists everything that the filters admit."""

    text: str = ""
    mode: Mode = "hybrid"
    filters: Filters = Filters()
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """Why a hit was found: parts of its score by name, and matched spans of its name.

    ``matched`` holds (start, end) character offsets into the hit's name.
    """

    parts: Mapping[str, float] = field(default_factory=dict)
    matched: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One indicator that answers the question (命中), with where it was printed.

    ``iri`` is the full IRI, the ``*_key`` are its local keys as in /indicator/{key};
    ``places`` counts identical rows (same name, value and class) that this hit stands for.
    """

    iri: str
    key: str
    name: str
    level1: str | None
    level2: str | None
    value_text: str | None
    operator: Operator | None
    value: float | None
    unit: str | None
    project: str | None
    project_key: str | None
    region: str | None
    region_code: str | None
    department: str | None
    year: int | None
    document_key: str
    source: Place
    score: float
    why: Why = Why()
    places: int = 1


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the number of hits that have it (分面)."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer: a page of hits, how many there are in all, and the facets.

    ``facets`` keys: region, year, level1, level2, operator, unit, numeric.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    took_ms: float
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
