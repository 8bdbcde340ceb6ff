"""Filters as masks over rows, and the counts beside them (筛选与分面)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from ontology.divisions import divisions
from ontology.terms import canonical_level1, canonical_level2
from search.answers import FacetValue
from search.columns import CODED, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from search.answers import Filters
    from search.index import Index, Summary

_FIELDS: Final = {
    "level1": "level1",
    "level2": "level2",
    "unit": "units",
    "operator": "operators",
}
_CANONICAL: Final = {"level1": canonical_level1, "level2": canonical_level2}


class Places:
    """Where the documents of an index belong (归属地): each with the divisions above it.

    ``lines`` has a tuple of codes per document, nearest first: (341825, 341800, 340000); a
    place that is not in the register counts by its printed name.
    """

    def __init__(self, documents: Sequence[Summary]) -> None:
        self.lines = tuple(_line(each) for each in documents)
        self._names = {
            value: each.region or value
            for each, line in zip(documents, self.lines, strict=True)
            for value in line[:1]
        }

    def label(self, value: str) -> str:
        division = divisions().get(value)
        return division.name if division else self._names.get(value, value)

    def within(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Which documents belong to one of the places (names or codes) or below it."""
        values = {value for each in wanted for value in _values(each)}
        return np.fromiter(
            (not values.isdisjoint(line) for line in self.lines), np.bool_, len(self.lines)
        )


def rows(index: Index, places: Places, filters: Filters) -> NDArray[np.bool_]:
    """The mask of the rows that satisfy all filters."""
    documents = np.ones(len(index.documents), dtype=np.bool_)
    if filters.regions:
        documents &= places.within(filters.regions)
    if filters.not_regions:
        documents &= ~places.within(filters.not_regions)
    if filters.years:
        documents &= _mask([each.year in filters.years for each in index.documents])
    if filters.documents:
        documents &= _mask([each.key in filters.documents for each in index.documents])
    mask = documents[index.columns.document]
    for column, field in _FIELDS.items():
        wanted: tuple[str, ...] = getattr(filters, field)
        if wanted:
            mask &= np.isin(getattr(index.columns, column), _codes(index, column, wanted))
    if filters.numeric is not None:
        mask &= index.columns.numeric == filters.numeric
    return mask


def facets(
    index: Index, places: Places, found: NDArray[np.intp]
) -> dict[str, tuple[FacetValue, ...]]:
    """Per facet its values with the number of hits (groups of identical rows) that have them."""
    documents, groups = index.columns.document[found], _Groups(index.columns.group[found])
    result = {"region": _regions(places, documents, groups)}
    years = np.asarray([each.year or NONE for each in index.documents], dtype=np.int64)
    by_year = _count(years[documents], groups)
    result["year"] = tuple(
        FacetValue(str(year), str(year), by_year[year]) for year in sorted(by_year, reverse=True)
    )
    for column in CODED:
        words = index.words[column]
        counts = _count(getattr(index.columns, column)[found], groups)
        result[column] = _sorted(FacetValue(words[c], words[c], n) for c, n in counts.items())
    labels = {1: ("true", "有数值"), 0: ("false", "无数值")}
    counts = _count(index.columns.numeric[found].astype(np.int64), groups)
    result["numeric"] = _sorted(FacetValue(*labels[c], n) for c, n in counts.items())
    return result


def _regions(
    places: Places, documents: NDArray[np.int32], groups: _Groups
) -> tuple[FacetValue, ...]:
    """Every place and every one above it, as a tree written in the order of the codes."""
    values = sorted({value for line in places.lines for value in line})
    numbers = {value: number for number, value in enumerate(values)}
    depth = max((len(line) for line in places.lines), default=0)
    above = np.full((len(places.lines), depth), NONE, dtype=np.int64)
    for document, line in enumerate(places.lines):
        above[document, : len(line)] = [numbers[value] for value in reversed(line)]
    counts: Counter[int] = Counter()
    for level in above.T:  # from the top, so that a place stands on one level only
        counts.update(_count(level[documents], groups))
    return tuple(
        FacetValue(values[each], places.label(values[each]), counts[each])
        for each in sorted(counts)
    )


class _Groups:
    """The groups of the rows found (行组), and which rows are alone in theirs."""

    def __init__(self, groups: NDArray[np.int32]) -> None:
        self.of = groups.astype(np.int64)
        self.alone = np.bincount(self.of)[self.of] == 1


def _count(codes: NDArray[np.int64], groups: _Groups) -> dict[int, int]:
    """How many different groups each code has; rows without a code do not count.

    Only rows that share their group need sorting to be counted once.
    """
    counts = Counter[int]()
    known = codes != NONE
    alone = codes[known & groups.alone]
    counts.update(dict(enumerate(np.bincount(alone).tolist())))
    shared = known & ~groups.alone
    pairs = np.unique(np.stack([codes[shared], groups.of[shared]]), axis=1)
    counts.update(dict(enumerate(np.bincount(pairs[0]).tolist())))
    return {code: count for code, count in counts.items() if count}


def _sorted(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    """The most frequent first."""
    return tuple(sorted(values, key=lambda each: (-each.count, each.value)))


def _codes(index: Index, column: str, wanted: Sequence[str]) -> list[int]:
    """Numbers of the wanted words, as written or by their canonical form."""
    words = index.words[column]
    canonical = _CANONICAL.get(column)
    names = {*wanted, *(canonical(each) for each in wanted if canonical)}
    return [number for number, word in enumerate(words) if word in names]


def _line(document: Summary) -> tuple[str, ...]:
    register = divisions()
    division = register.get(document.region_code)
    if division:
        return (division.code, *(each.code for each in register.ancestors(division)))
    own = document.region or document.province
    return (own,) if own else ()


def _values(wanted: str) -> tuple[str, ...]:
    """The codes of a place given by name or code, else the name itself."""
    division = divisions().get(wanted) if wanted.isdigit() else None
    if division:
        return (division.code,)
    return (wanted, *(each.code for each in divisions().by_name(wanted)))


def _mask(values: list[bool]) -> NDArray[np.bool_]:
    return np.asarray(values, dtype=np.bool_)
