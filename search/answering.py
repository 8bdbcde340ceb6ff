"""Answers a query from one opened version (检索): filter, score, group, cut a page, count."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ontology.iri import iri
from search import filters, rank
from search.answers import Filters, Hit, Query, Results, Why
from search.lexical import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.encoders import Encoder
    from search.opened import Opened
    from search.rank import Scores

_AT_LEAST: Final = 10
"""Names that a question finds when filters leave none that is good enough."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows found (命中行), and of each group its first row, its size and score, best first."""

    rows: NDArray[np.intp]
    first: NDArray[np.intp]
    sizes: NDArray[np.intp]
    scores: Scores | None


def search(opened: Opened, encoder: Encoder, query: Query) -> Results:
    """The page of hits that the query asks for, how many there are, and the facets."""
    start = time.perf_counter()
    filtered = query.filters != Filters()
    mask = filters.rows(opened.index, opened.places, query.filters)
    found = _find(opened, encoder, query, mask if filtered else None)
    page = slice(query.offset, query.offset + query.limit)
    hits = tuple(
        _hit(opened, int(row), int(size), query.text, found.scores)
        for row, size in zip(found.first[page], found.sizes[page], strict=True)
    )
    counted = filters.facets(opened.index, opened.places, found.rows)
    took = (time.perf_counter() - start) * 1000
    return Results(query, hits, len(found.first), took, counted)


def similar(
    opened: Opened, encoder: Encoder, row: int, limit: int, *, other_regions: bool
) -> tuple[Hit, ...]:
    """Hits like the row, without the row and its equals."""
    index = opened.index
    mask = index.columns.group != index.columns.group[row]
    if other_regions:
        own = opened.places.lines[index.columns.document[row]][:1]
        mask &= ~opened.places.within(own)[index.columns.document]
    text = index.row(row).indicator.name
    found = _find(opened, encoder, Query(text), mask)
    pairs = zip(found.first[:limit], found.sizes[:limit], strict=True)
    return tuple(_hit(opened, int(each), int(size), text, found.scores) for each, size in pairs)


def hit(opened: Opened, row: int) -> Hit:
    """The row as a hit that nobody asked for."""
    return _hit(opened, row, 1, "", None)


def _find(opened: Opened, encoder: Encoder, query: Query, mask: NDArray[np.bool_] | None) -> _Found:
    columns = opened.index.columns
    admitted = np.ones(len(columns), dtype=np.bool_) if mask is None else mask
    if not plain(query.text):
        return _grouped(opened, np.flatnonzero(admitted), None)
    names: NDArray[np.bool_] = np.zeros(len(opened.index.words["name"]), dtype=np.bool_)
    names[columns.name[admitted]] = True
    allowed = None if mask is None else names
    scores = rank.score_names(opened.index, encoder, query.text, query.mode, allowed)
    good = names & (scores.total >= scores.cut)
    if good.sum() < _AT_LEAST:
        candidates = np.flatnonzero(names & (scores.total > 0))
        order = np.argsort(-scores.total[candidates], kind="stable")
        good[candidates[order[:_AT_LEAST]]] = True
    return _grouped(opened, np.flatnonzero(admitted & good[columns.name]), scores)


def _grouped(opened: Opened, rows: NDArray[np.intp], scores: Scores | None) -> _Found:
    """Identical rows as one, at the place of the first of them; best first, then as printed."""
    columns = opened.index.columns
    _, at, sizes = np.unique(columns.group[rows], return_index=True, return_counts=True)
    first = rows[at]
    if scores is None:
        order = np.argsort(first, kind="stable")
    else:
        order = np.lexsort((first, -scores.total[columns.name[first]]))
    return _Found(rows, first[order], sizes[order], scores)


def _hit(opened: Opened, number: int, places: int, text: str, scores: Scores | None) -> Hit:
    row = opened.index.row(number)
    document = opened.index.documents[row.document]
    indicator = row.indicator
    name = int(opened.index.columns.name[number])
    parts = {part: float(values[name]) for part, values in (scores.parts if scores else {}).items()}
    return Hit(
        iri=iri("indicator", row.key),
        key=row.key,
        name=indicator.name,
        level1=indicator.level1,
        level2=indicator.level2,
        value_text=indicator.value_text,
        operator=indicator.operator,
        value=indicator.value,
        unit=indicator.unit,
        project=row.project,
        project_key=row.project_key,
        region=document.region,
        region_code=document.region_code,
        department=document.department,
        year=document.year,
        document_key=document.key,
        source=indicator.source,
        score=float(scores.total[name]) if scores else 0.0,
        why=Why(
            parts={part: value for part, value in parts.items() if value > 0},
            matched=rank.matched(text, indicator.name) if text else (),
        ),
        places=places,
    )
