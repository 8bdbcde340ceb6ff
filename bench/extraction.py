"""How well, how fast: the extractor against the hand-checked reading of the seeds.

python bench/extraction.py
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.pipeline import extract
from tests.ingest.gold import SEEDS, f1, load, score, share

HEAD = "seed", "rows F1", "values", "clear", "unclear", "bases F1", "funds", "ms"


def main() -> None:
    extract(SEEDS[0])  # registers and patterns are loaded once
    print("{:32} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6}".format(*HEAD))
    totals: list[float] = []
    for seed in SEEDS:
        start = time.perf_counter()
        extraction = extract(seed)
        elapsed = 1000 * (time.perf_counter() - start)
        totals.append(elapsed)
        found = score(extraction, load(seed))
        print(
            f"{seed.stem:32}"
            f" {f1(found.rows_gold, found.rows_read, found.rows_found):8.4f}"
            f" {share((found.values_right, found.rows_found)):8.4f}"
            f" {share(found.classes_clear):8.4f}"
            f" {share(found.classes_unclear):8.4f}"
            f" {f1(found.bases_gold, found.bases_read, found.bases_found):8.4f}"
            f" {share(found.funds):8.4f}"
            f" {elapsed:6.0f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"all: {sum(totals):.0f} ms, {len(SEEDS) / sum(totals) * 1000:.1f} files/s, peak {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
