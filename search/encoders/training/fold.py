"""Vectors into a static encoder (静态编码器): weights, folded parts, and the tokenizer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from search.encoders.training.text import DROPPED, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jieba
    from numpy.typing import NDArray

_SIF: Final = 1e-3
UNKNOWN: Final = "[UNK]"


def sif_weights(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Smooth inverse frequency, a / (a + p), one per token (Arora, Liang and Ma, 2017)."""
    return np.asarray(_SIF / (_SIF + counts / counts.sum()), np.float32)


def composition(tokens: Sequence[str], cutter: jieba.Tokenizer) -> sparse.csr_array:
    """Which tokens each token stands for: shape (tokens, tokens), multiplied with the vectors.

    A word stands for itself, its characters and its parts; a single character, or a Latin
    word, for itself twice. So a text's sum is over words, parts and characters although only
    words are looked up, and a word that is cut in another way keeps most of its direction.
    """
    index = {token: row for row, token in enumerate(tokens)}
    rows: list[int] = []
    columns: list[int] = []
    for row, token in enumerate(tokens):
        if len(token) == 1 or token.isascii():
            inner = [row, row]
        else:
            pieces = (*token, *parts(cutter, token))
            inner = [row, *(index[piece] for piece in pieces if piece in index)]
        rows += [row] * len(inner)
        columns += inner
    entries = (np.ones(len(rows), np.float32), (rows, columns))
    return sparse.csr_array(sparse.coo_array(entries, shape=(len(tokens), len(tokens))))


def build_tokenizer(tokens: Sequence[str], counts: NDArray[np.int64]) -> Tokenizer:
    """A unigram tokenizer that cuts by the corpus' probabilities.

    Id 0 is the unknown token, id n + 1 the n-th of ``tokens``.
    """
    scores = np.log(counts) - np.log(counts.sum())
    pieces = [(UNKNOWN, 0.0), *zip(tokens, (round(float(x), 4) for x in scores), strict=True)]
    tokenizer = Tokenizer(models.Unigram(pieces, 0, False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(DROPPED), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
