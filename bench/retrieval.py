"""Retrieval figures on our own judged queries, per kind of query and per way to search.

    python bench/retrieval.py [--encoder default] [--distractors FILE...] [--count 20000]

Prints nDCG@10 with its 95 % bootstrap interval, recall@10 and MRR. The collection is
judged/names.txt, the distinct indicator names of the seed documents; with --distractors, so
many clauses of a plain or .xz text join it. Gains are 2^grade - 1. Scores are divided by the
query's best before they are fused; BM25' and pinyin' by the query's score of itself.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

import jieba
import numpy as np
from pypinyin import lazy_pinyin

from search.encoders import create
from search.lexical import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

HERE = Path(__file__).parent / "judged"
KINDS = ("exact", "paraphrase", "abbreviation", "partial", "typo", "colloquial")
DEPTH = 10
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with its graded names (评测问题)."""

    query: str
    kind: str
    relevant: dict[str, int]


def judged(path: Path) -> list[Judged]:
    return [Judged(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def words(text: str) -> list[str]:
    return [word for word in jieba.cut_for_search(plain(text)) if word.isalnum()]


def syllables(text: str) -> list[str]:
    sounds = lazy_pinyin("".join(each for each in plain(text) if each.isalnum()))
    return sounds + [f"{a} {b}" for a, b in pairwise(sounds)]


def bm25(
    names: Sequence[str], queries: Sequence[str], cut: Callable[[str], list[str]]
) -> tuple[Matrix, Matrix]:
    """BM25 (k1 1.5, b .75) of every name, and of the query itself as if it were a name.

    Shapes (queries, names) and (queries, 1).
    """
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = np.zeros(len(names))
    for row, name in enumerate(names):
        counts = Counter(cut(name))
        lengths[row] = counts.total()
        for token, count in counts.items():
            postings[token].append((row, count))
    mean = lengths.mean()
    room = 1.5 * (0.25 + 0.75 * lengths / mean)
    scores = np.zeros((len(queries), len(names)), np.float32)
    own = np.zeros((len(queries), 1), np.float32)
    for number, query in enumerate(queries):
        wanted = Counter(cut(query))
        for token, times in wanted.items():
            found = np.array(postings.get(token, []), dtype=int).reshape(-1, 2)
            rare = np.log(1 + (len(names) - len(found) + 0.5) / (len(found) + 0.5))
            rows, counts = found[:, 0], found[:, 1]
            scores[number, rows] += times * rare * counts * 2.5 / (counts + room[rows])
            here = 1.5 * (0.25 + 0.75 * wanted.total() / mean)
            own[number] += times * rare * times * 2.5 / (times + here)
    return scores, own


def of_best(scores: Matrix) -> Matrix:
    """Divided by the best score of the query: its best name has 1, however little it shares."""
    return scores / np.maximum(scores.max(axis=1, keepdims=True), 1e-9)


def of_own(scores: Matrix, own: Matrix) -> Matrix:
    """Divided by the query's score of itself: 1 only for a name that has all of the query."""
    return np.minimum(scores / np.maximum(own, 1e-9), 1)


def measure(scores: Matrix, queries: Sequence[Judged], names: Sequence[str]) -> Matrix:
    """nDCG@10, recall@10 and reciprocal rank: shape (queries, 3)."""
    discounts = 1 / np.log2(np.arange(2, DEPTH + 2))
    rows = []
    for each, score in zip(queries, scores, strict=True):
        order = np.argsort(-score, kind="stable")
        grades = np.array([each.relevant.get(names[row], 0) for row in order[:100]])
        ideal = np.sort(np.array([*each.relevant.values()]))[::-1][:DEPTH]
        best = ((2.0**ideal - 1) * discounts[: len(ideal)]).sum()
        first = np.flatnonzero(grades)
        rows.append(
            (
                ((2.0 ** grades[:DEPTH] - 1) * discounts).sum() / best,
                np.count_nonzero(grades[:DEPTH]) / min(len(each.relevant), DEPTH),
                1 / (1 + first[0]) if len(first) else 0.0,
            )
        )
    return np.array(rows, np.float32)


def line(label: str, figures: Matrix, kinds: NDArray[np.str_]) -> str:
    """One line of the table: the means, the interval of nDCG, and nDCG per kind."""
    chance = np.random.default_rng(1)
    picks = chance.integers(0, len(figures), (RESAMPLES, len(figures)))
    low, high = np.quantile(figures[picks, 0].mean(axis=1), (0.025, 0.975))
    ndcg, recall, mrr = figures.mean(axis=0)
    per_kind = "  ".join(f"{figures[kinds == kind, 0].mean():.3f}" for kind in KINDS)
    return f"{label:34} {ndcg:.3f} [{low:.3f}, {high:.3f}]  {recall:.3f}  {mrr:.3f}  {per_kind}"


def distractors(files: Sequence[Path], count: int, seed: int = 3) -> list[str]:
    """So many distinct clauses of 4 to 25 characters, drawn at random."""
    clauses: dict[str, None] = {}
    for file in files:
        opener = lzma.open if file.suffix == ".xz" else open
        with opener(file, "rt", encoding="utf-8") as stream:
            for text in stream:
                parts = re.split("[，；、。]", text.strip())
                clauses.update(dict.fromkeys(part for part in parts if 4 <= len(part) <= 25))
    return random.Random(seed).sample([*clauses], min(count, len(clauses)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", default="default", help="name or folder of an encoder")
    parser.add_argument("--judged", type=Path, default=HERE / "seeds.jsonl")
    parser.add_argument("--distractors", type=Path, nargs="*", default=[])
    parser.add_argument("--count", type=int, default=20_000)
    chosen = parser.parse_args()

    queries = judged(chosen.judged)
    names = (HERE / "names.txt").read_text("utf-8").splitlines()
    known = set(names)
    names += [each for each in distractors(chosen.distractors, chosen.count) if each not in known]
    texts = [each.query for each in queries]
    encoder = create(chosen.encoder)
    dense = of_best(np.maximum(encoder.encode(texts) @ encoder.encode(names).T, 0))
    characters, sounds = bm25(names, texts, tokens), bm25(names, texts, syllables)

    print(f"{len(queries)} queries, {len(names)} names, encoder {encoder.fingerprint}")
    print(f"{'':34} nDCG@10 [95 %]        recall MRR    " + "  ".join(k[:5] for k in KINDS))
    kinds = np.array([each.kind for each in queries])

    def show(label: str, scores: Matrix) -> None:
        print(line(label, measure(scores, queries, names), kinds), flush=True)

    show("BM25 jieba words", bm25(names, texts, words)[0])
    show("BM25 characters + bigrams", characters[0])
    show("BM25 pinyin", sounds[0])
    show("dense", dense)
    literal, literal_own = of_best(characters[0]), of_own(*characters)
    pinyin, pinyin_own = of_best(sounds[0]), of_own(*sounds)
    for weight in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
        show(f"{1 - weight:.2f} + {weight:.2f} BM25", (1 - weight) * dense + weight * literal)
    for weight, sound in ((0.15, 0.1), (0.3, 0.1)):
        fused = (1 - weight) * dense + weight * literal + sound * pinyin
        show(f"{1 - weight:.2f} + {weight:.2f} BM25 + {sound:.2f} pinyin", fused)
    for weight, sound in product((0.1, 0.15, 0.25, 0.35), (0.0, 0.1, 0.2, 0.4)):
        fused = (1 - weight) * dense + weight * literal_own + sound * pinyin_own
        show(f"{1 - weight:.2f} + {weight:.2f} BM25' + {sound:.2f} pinyin'", fused)


if __name__ == "__main__":
    main()
