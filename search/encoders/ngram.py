"""The stand-in encoder (字组编码器): no meaning, only character n-grams hashed into a vector.

It needs no model, so that everything works before one is trained, and in tests.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_DIMENSION: Final = 512
_LONGEST: Final = 3


class NgramEncoder:
    """Counts of character 1- to 3-grams, hashed with signs (字组编码器)."""

    dimension = _DIMENSION
    fingerprint = f"ngram-{_LONGEST}-{_DIMENSION}-1"
    trained = False

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        del query  # questions and rows are alike to it
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for gram, count in Counter(_grams(text)).items():
                code = crc32(gram.encode("utf-8", "surrogatepass"))
                vector[code % _DIMENSION] += count if code >> 31 else -count
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def _grams(text: str) -> Iterator[str]:
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    for size in range(1, _LONGEST + 1):
        for start in range(len(plain) - size + 1):
            yield plain[start : start + size]
