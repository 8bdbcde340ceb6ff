"""Retrieval figures on judged queries (检索评测)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontology.errors import UnreadableFile, Where
from search.answers import Query
from search.lexical import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from search.answers import Mode
    from search.engine import Engine

_DEPTH: Final = 10
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the queries (评测结果), each 0 … 1."""

    queries: int
    ndcg10: float
    recall10: float
    mrr: float


def evaluate(engine: Engine, path: Path, mode: Mode = "hybrid") -> Figures:
    """Search every judged query and measure the order of what is found.

    The file has a JSON object per line: ``{"query": "…", "relevant": {"name or key": gain}}``.
    Hits of one name count once. Raises :class:`UnreadableFile`.
    """
    measured = [
        _measure(_order(engine, text, mode, relevant), relevant) for text, relevant in _judged(path)
    ]
    if not measured:
        raise UnreadableFile("文件里没有评测问题。", where=Where(path.name))
    ndcg, recall, mrr = (sum(each) / len(measured) for each in zip(*measured, strict=True))
    return Figures(len(measured), ndcg, recall, mrr)


def _judged(path: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            relevant = {plain(name): float(gain) for name, gain in entry["relevant"].items()}
            yield str(entry["query"]), relevant
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            where = Where(path.name, line=number)
            raise UnreadableFile("这一行不是评测问题。", where=where) from error


def _order(engine: Engine, text: str, mode: Mode, relevant: Mapping[str, float]) -> list[str]:
    """The names found, best first, each once; the key where the judgement is about the key."""
    hits = engine.search(Query(text, mode, limit=_PAGE)).hits
    named = (plain(hit.key) if plain(hit.key) in relevant else plain(hit.name) for hit in hits)
    return list(dict.fromkeys(named))


def _measure(order: list[str], relevant: Mapping[str, float]) -> tuple[float, float, float]:
    """nDCG@10, recall@10 and the reciprocal rank of the first relevant one."""
    gains = [relevant.get(name, 0.0) for name in order[:_DEPTH]]
    best = _discounted(sorted(relevant.values(), reverse=True)[:_DEPTH])
    wanted = [name for name, gain in relevant.items() if gain > 0]
    found = sum(gain > 0 for gain in gains)
    first = next((rank for rank, name in enumerate(order, 1) if relevant.get(name, 0) > 0), 0)
    return (
        _discounted(gains) / best if best else 0.0,
        found / len(wanted) if wanted else 0.0,
        1 / first if first else 0.0,
    )


def _discounted(gains: list[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
