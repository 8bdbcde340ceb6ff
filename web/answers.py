"""Answers as JSON, the same for the API and ``jixiao search --json`` (检索结果)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.answers import Hit, Results


def results_json(found: Results) -> dict[str, Any]:
    """The answer in the shape of the contract."""
    return {
        "results": [hit_json(hit) for hit in found.hits],
        "total": found.total,
        "took_ms": round(found.took_ms, 3),
        "offset": found.query.offset,
        "limit": found.query.limit,
        "facets": {
            name: [asdict(value) for value in values] for name, values in found.facets.items()
        },
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit; scores rounded to what they mean."""
    flat = asdict(hit)
    flat["score"] = round(hit.score, 6)
    return flat
