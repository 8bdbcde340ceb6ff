"""Quantities (量值): a number and its printed unit brought to a base unit, so that values compare.

155 万元 → 1550000 元; 95 百分比 → 95 %; 3 年 → 36 月. Units and factors are those of
``schemes/units.ttl``; a unit that is not there stays unknown and the number as it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.namespace import SKOS

from ontology.iri import NS
from ontology.terms import scheme, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUDT = "http://qudt.org/schema/qudt/"
_UNIT = f"{NS}unit-"
_PER = "-PER-"
_TIME = ("minute", "day", "working-day", "month", "school-term", "school-year")
_SEPARATOR = re.compile(r"[/·.*]|每")
_OTHER_WORD = re.compile(r"(?<=.)[(][^()]*[)]$")  # 个（处）: the second word is an alternative
_DROPPED = re.compile(r"[\s()]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement (度量单位).

    ``kind`` is the kind of quantity, of compound units ``money/person/month``; a value in
    this unit times ``factor`` is one in the unit ``base`` (an IRI, labelled ``base_label``).
    ``composed`` marks a compound unit that the vocabulary does not list.
    """

    iri: str
    label: str
    kind: str
    base: str
    base_label: str
    factor: Decimal = Decimal(1)
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in a base unit (标准化量值); an unknown unit has no ``unit_iri`` and no ``kind``."""

    value: float | None
    unit_iri: str | None = None
    kind: str | None = None


def normalise(value: float | None, unit: str | None) -> Quantity:
    """The value in the base unit of its printed unit; the value itself if the unit is unknown."""
    known = find_unit(unit)
    if known is None:
        return Quantity(value)
    return Quantity(None if value is None else convert(value, known), known.base, known.kind)


def convert(value: float, unit: Unit) -> float:
    """The value in the unit's base unit, computed in decimals (1.1 万元 is 11000 元 exactly)."""
    return value if unit.factor == 1 else float(Decimal(repr(float(value))) * unit.factor)


@lru_cache(maxsize=4096)
def find_unit(text: str | None) -> Unit | None:
    """The unit that is printed as ``text``: 万元, ％, 人（次）, 元/人/月, 元每人每月."""
    if not text:
        return None
    units = _units()
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if known := units.get(plain):
        return known
    words = [word for word in _SEPARATOR.split(_DROPPED.sub("", plain)) if word]
    parts = [units.get(word) for word in words]
    if len(parts) > 1 and all(part and _PER not in part.iri for part in parts):
        return _compound([part for part in parts if part])
    other = _OTHER_WORD.sub("", plain)
    return find_unit(other) if other != plain else None


def _compound(parts: list[Unit]) -> Unit:
    """The unit of a numerator per each of the others; only the numerator is scaled.

    Spans of time go last: 元/月/人 is 元/人/月.
    """
    parts = [parts[0], *sorted(parts[1:], key=lambda part: part.kind in _TIME)]
    keys = [part.iri.removeprefix(_UNIT) for part in parts]
    names = [part.label for part in parts]
    iri = _UNIT + _PER.join(keys)
    base = _UNIT + _PER.join([parts[0].base.removeprefix(_UNIT), *keys[1:]])
    return Unit(
        iri=iri,
        label="/".join(names),
        kind="/".join(part.kind for part in parts),
        base=base,
        base_label="/".join([parts[0].base_label, *names[1:]]),
        factor=parts[0].factor,
        composed=URIRef(iri) not in _listed(),
    )


@lru_cache(maxsize=1)
def _listed() -> frozenset[URIRef]:
    return frozenset(URIRef(concept.iri) for concept in scheme("units"))


@lru_cache(maxsize=1)
def _units() -> Mapping[str, Unit]:
    """The vocabulary's units by every word and sign that is printed for them."""
    graph = vocabulary()
    found: dict[str, Unit] = {}
    for concept in scheme("units"):
        node = URIRef(concept.iri)
        base = graph.value(node, URIRef(_QUDT + "scalingOf")) or node
        factor = graph.value(node, URIRef(_QUDT + "conversionMultiplier"))
        unit = Unit(
            iri=concept.iri,
            label=concept.label,
            kind=str(graph.value(node, URIRef(NS + "quantityKind"))),
            base=str(base),
            base_label=next(
                str(each) for each in graph.objects(base, SKOS.prefLabel) if _is_chinese(each)
            ),
            factor=Decimal(str(factor)) if factor is not None else Decimal(1),
        )
        for word in (concept.label, *concept.alt):
            found.setdefault(re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)), unit)
    return found


def _is_chinese(label: object) -> bool:
    return getattr(label, "language", None) == "zh"
