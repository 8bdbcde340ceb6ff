"""How well, how fast: the extractor against the hand-checked reading of the seeds.

python bench/extraction.py
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.pipeline import extract
from tests.ingest.gold import SEEDS, Score, f1, load, score, share

HEAD = "seed", "rows", "rows F1", "values", "clear", "unclear", "bases F1", "funds", "ms"


def main() -> None:
    extract(SEEDS[0])  # registers and patterns are loaded once
    print("{:28} {:>5} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6}".format(*HEAD))
    scores: list[Score] = []
    times: list[float] = []
    for seed in SEEDS:
        start = time.perf_counter()
        extraction = extract(seed)
        times.append(1000 * (time.perf_counter() - start))
        scores.append(score(extraction, load(seed)))
        print(line(seed.stem, scores[-1], times[-1]))
    print(line("all", added(scores), sum(times)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # KiB on Linux
    print(f"{len(SEEDS) / sum(times) * 1000:.1f} files/s, peak memory {peak:.0f} MiB")


def line(name: str, found: Score, elapsed: float) -> str:
    """One line of the table; a share of nothing stands as –."""
    figures = (
        f"{f1(found.rows_gold, found.rows_read, found.rows_found):.4f}",
        shown((found.values_right, found.rows_found)),
        shown(found.classes_clear),
        shown(found.classes_unclear),
        f"{f1(found.bases_gold, found.bases_read, found.bases_found):.4f}"
        if found.bases_gold + found.bases_read
        else "–",
        shown(found.funds),
    )
    return (
        f"{name:28} {found.rows_gold:5} "
        + " ".join(f"{figure:>8}" for figure in figures)
        + f" {elapsed:6.0f}"
    )


def shown(part: tuple[int, int]) -> str:
    return f"{share(part):.4f}" if part[1] else "–"


def added(scores: Sequence[Score]) -> Score:
    """The counts of several documents taken together."""

    def total(name: str) -> int:
        return sum(getattr(each, name) for each in scores)

    def pair(name: str) -> tuple[int, int]:
        pairs = [getattr(each, name) for each in scores]
        return sum(right for right, _ in pairs), sum(of for _, of in pairs)

    return Score(
        rows_gold=total("rows_gold"),
        rows_read=total("rows_read"),
        rows_found=total("rows_found"),
        values_right=total("values_right"),
        classes_clear=pair("classes_clear"),
        classes_unclear=pair("classes_unclear"),
        bases_gold=total("bases_gold"),
        bases_read=total("bases_read"),
        bases_found=total("bases_found"),
        funds=pair("funds"),
    )


if __name__ == "__main__":
    main()
