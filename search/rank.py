"""From scores of names to an order of rows (排序): fusion, boosts, matched characters.

Both scores are brought to 0 … 1 and added with weights; fused scores were better than fused
ranks by .03 nDCG on judged questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from search.lexical import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.answers import Mode
    from search.encoders import Encoder
    from search.index import Index

_WEIGHTS: Final = {True: (0.85, 0.15), False: (0.3, 0.7)}
"""Dense and lexical, by whether the encoder is trained: measured best on judged questions for
a trained one; spellings alone tell the stand-in nothing that BM25 does not know better."""
_EXACT: Final = 0.5
_PREFIX: Final = 0.1
_WITHIN: Final = 0.25
"""A name that holds the whole question goes before one that only means the same."""
_LOOKED_THROUGH: Final = 200
"""So many of the lexically best names are searched for the whole question."""
_CUT: Final = 0.35
"""Names below this share of the best score do not count as found."""
_NEAREST: Final = 1000
"""In a large index so many names at most are looked at for their meaning."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The score of every name (名称得分), and its parts, each already weighted."""

    total: NDArray[np.float32]
    parts: dict[str, NDArray[np.float32]]

    @property
    def cut(self) -> float:
        """The least score that counts as found; infinite if nothing is."""
        best = float(self.total.max(initial=0.0))
        return best * _CUT if best > 0 else float("inf")


def score_names(
    index: Index,
    encoder: Encoder,
    text: str,
    mode: Mode,
    allowed: NDArray[np.bool_] | None = None,
) -> Scores:
    """Score all names against the text; ``allowed`` is the mask of those that will be asked for,
    so that their nearest are among those looked at however few they are."""
    dense_weight, lexical_weight = _weights(encoder, mode)
    parts: dict[str, NDArray[np.float32]] = {}
    if lexical_weight:
        parts["lexical"] = _of_best(index.lexical.scores(text)) * np.float32(lexical_weight)
    if dense_weight:
        vector = encoder.encode([text], query=True)[0]
        parts["dense"] = _of_best(_nearness(index, vector, allowed)) * np.float32(dense_weight)
    if mode != "dense":
        parts |= _boosts(index, text)
        if "lexical" in parts:
            parts["within"] = _holding(index, plain(text), parts["lexical"])
    total = np.zeros(len(index.words["name"]), dtype=np.float32)
    for part in parts.values():
        total += part
    return Scores(total, parts)


def matched(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Spans of the name that the text has too: runs of two characters or more, else single ones."""
    wanted = plain(text)
    pairs = {a + b for a, b in pairwise(wanted)}
    marks = [False] * len(name)
    folded = [plain(each) for each in name]
    for at in range(len(name) - 1):
        if folded[at] + folded[at + 1] in pairs and len(folded[at] + folded[at + 1]) == 2:
            marks[at] = marks[at + 1] = True
    if not any(marks):
        marks = [bool(each) and each.isalnum() and each in wanted for each in folded]
    return _runs(marks)


def _runs(marks: list[bool]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if not mark:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return tuple(found)


def _weights(encoder: Encoder, mode: Mode) -> tuple[float, float]:
    if mode == "lexical":
        return 0.0, 1.0
    if mode == "dense":
        return 1.0, 0.0
    return _WEIGHTS[encoder.trained]


def _nearness(
    index: Index, vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None
) -> NDArray[np.float32]:
    """Cosines above what any two texts have in common, 0 … 1, for names that are near."""
    cosines = index.vectors.compare(vector, _NEAREST, allowed)
    room = np.float32(max(1.0 - index.common, 1e-6))
    nearness: NDArray[np.float32] = np.clip((cosines - np.float32(index.common)) / room, 0, 1)
    return nearness


def _boosts(index: Index, text: str) -> dict[str, NDArray[np.float32]]:
    exact = np.zeros(len(index.words["name"]), dtype=np.float32)
    prefix = exact.copy()
    same, longer = index.starting_with(plain(text))
    exact[same] = _EXACT
    prefix[longer] = _PREFIX
    return {"exact": exact, "prefix": prefix}


def _holding(index: Index, text: str, lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """The boost of names that hold the text as a whole, looked for among the lexically best."""
    boost = np.zeros(len(lexical), dtype=np.float32)
    if len(text) < 2 or not len(lexical):
        return boost
    count = min(_LOOKED_THROUGH, len(lexical))
    best = np.argpartition(lexical, len(lexical) - count)[len(lexical) - count :]
    for at in best:
        if lexical[at] > 0 and text in plain(index.words["name"][at]):
            boost[at] = _WITHIN
    return boost


def _of_best(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores
