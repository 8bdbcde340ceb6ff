"""Vectors into a static encoder (静态编码器): weights, folded parts, and the tokenizer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from search.encoders.training import text as raw

if TYPE_CHECKING:
    import jieba
    from numpy.typing import NDArray

_SIF: Final = 1e-3
UNKNOWN: Final = "[UNK]"


def sif_weights(counts: NDArray[np.int64], total: int) -> NDArray[np.float32]:
    """Smooth inverse frequency (Arora, Liang and Ma, 2017): a / (a + p), one per token."""
    return np.asarray(_SIF / (_SIF + counts / total), np.float32)


def fold(
    tokens: tuple[str, ...],
    vectors: NDArray[np.float32],
    cutter: jieba.Tokenizer,
    cw: float = 1.0,
    pw: float = 1.0,
    c2: float = 2.0,
) -> NDArray[np.float32]:
    """Add to every word the rows of its characters and parts; a character counts twice.

    So a text's mean is over words, parts and characters although only words are looked up,
    and a word that is cut differently keeps much of its direction.
    """
    index = {token: row for row, token in enumerate(tokens)}
    folded = np.empty_like(vectors)
    for row, token in enumerate(tokens):
        if len(token) == 1 or token.isascii():
            folded[row] = c2 * vectors[row]
            continue
        inner = [index[c] for c in token if c in index]
        ps = [index[c] for c in raw.parts(cutter, token) if c in index]
        folded[row] = vectors[row] + cw * vectors[inner].sum(axis=0) + pw * vectors[ps].sum(axis=0)
    return folded


def build_tokenizer(tokens: tuple[str, ...], counts: NDArray[np.int64]) -> Tokenizer:
    """A unigram tokenizer that cuts by the corpus' probabilities; id 0 is the unknown token."""
    scores = np.log(counts) - np.log(counts.sum())
    pieces = [
        (UNKNOWN, 0.0),
        *((token, float(score)) for token, score in zip(tokens, scores, strict=True)),
    ]
    tokenizer = Tokenizer(models.Unigram(pieces, 0, False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(raw.DROPPED), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
