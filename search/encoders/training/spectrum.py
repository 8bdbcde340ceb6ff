"""Co-occurrence into vectors (词向量): PPMI, randomised SVD, PCA, all with a fixed seed.

After Levy, Goldberg and Dagan, "Improving Distributional Similarity with Lessons Learned from
Word Embeddings" (2015), and Halko, Martinsson and Tropp (2011) for the decomposition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.encoders.training.text import Segmented

_WINDOW: Final = 5
_SUBSAMPLING: Final = 1e-4
_SMOOTHING: Final = 0.75
_SPECTRUM: Final = 0.25  # exponent of the singular values
_OVERSAMPLING: Final = 16
_ITERATIONS: Final = 3
_CHUNK: Final = 2_000_000  # tokens counted at a time, bounds the memory


def cooccurrence(text: Segmented, size: int, seed: int) -> sparse.csr_array:
    """Symmetric counts of the first ``size`` tokens within five places, nearer ones more.

    Shape (size, size), float32. Frequent tokens are thinned out (subsampling 1e-4) before the
    windows are laid, as word2vec does.
    """
    sentence = np.repeat(np.arange(len(text.starts) - 1, dtype=np.int32), np.diff(text.starts))
    frequency = np.bincount(text.ids, minlength=len(text.tokens)) / len(text.ids)
    keep = np.minimum(1.0, np.sqrt(_SUBSAMPLING / np.maximum(frequency, 1e-12)))
    chosen = np.random.default_rng(seed).random(len(text.ids)) < keep[text.ids]
    chosen &= text.ids < size
    ids, sentence = text.ids[chosen], sentence[chosen]
    total = sparse.csr_array((size, size), dtype=np.float32)
    for begin in range(0, len(ids), _CHUNK):
        part = slice(begin, begin + _CHUNK + _WINDOW)
        total += _window_counts(ids[part], sentence[part], size)
    return sparse.csr_array(total + total.T)


def _window_counts(
    ids: NDArray[np.int32], sentence: NDArray[np.int32], size: int
) -> sparse.csr_array:
    rows, columns, weights = [], [], []
    for distance in range(1, _WINDOW + 1):
        # the last places of a chunk belong to the next one, which begins with them
        end = max(0, min(len(ids) - distance, _CHUNK))
        left, right = ids[:end], ids[distance : distance + end]
        same = sentence[:end] == sentence[distance : distance + end]
        rows.append(left[same])
        columns.append(right[same])
        weights.append(np.full(int(same.sum()), (_WINDOW + 1 - distance) / _WINDOW, np.float32))
    pairs = (np.concatenate(rows), np.concatenate(columns))
    return sparse.coo_array((np.concatenate(weights), pairs), shape=(size, size)).tocsr()


def ppmi(counts: sparse.csr_array) -> sparse.csr_array:
    """Positive pointwise mutual information, the contexts' distribution smoothed by ^.75."""
    matrix = counts.tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    contexts = rows**_SMOOTHING
    contexts /= contexts.sum()
    with np.errstate(divide="ignore"):  # tokens without neighbours have no entries
        information = np.log(matrix.data) - np.log(rows)[matrix.row] - np.log(contexts)[matrix.col]
    positive = information > 0
    entries = (information[positive], (matrix.row[positive], matrix.col[positive]))
    return sparse.csr_array(sparse.coo_array(entries, shape=counts.shape), dtype=np.float32)


def decompose(matrix: sparse.csr_array, rank: int, seed: int) -> NDArray[np.float32]:
    """Left singular vectors times the singular values^.25: shape (rows, rank)."""
    rank = min(rank, min(matrix.shape) - 1)
    width = min(rank + _OVERSAMPLING, *matrix.shape)
    start = np.random.default_rng(seed).standard_normal((matrix.shape[1], width), np.float32)
    basis = np.linalg.qr(matrix @ start)[0]
    turned = sparse.csr_array(matrix.T)
    for _ in range(_ITERATIONS):
        basis = np.linalg.qr(turned @ basis)[0]
        basis = np.linalg.qr(matrix @ basis)[0]
    left, values, _right = np.linalg.svd((turned @ basis).T, full_matrices=False)
    vectors = basis @ left[:, :rank]
    return np.asarray(vectors * values[:rank] ** _SPECTRUM, np.float32)


def reduce(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Centre, bring every row to length one, and keep the first principal components.

    Shape (rows, dimensions); fewer where the text was too short to carry as many.
    """
    centred = unit_rows(vectors - vectors.mean(axis=0))
    values, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, np.argsort(-values)][:, :dimensions]
    # a component's sign is arbitrary: fix it, so that rounding cannot turn it
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return np.asarray(centred @ axes, np.float32)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every row divided by its length; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
