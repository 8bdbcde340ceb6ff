"""Nearest neighbours by cosine (近邻检索): FAISS, whose files hold all vectors when they are few
and a graph of them when they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import faiss
import numpy as np

from ontology.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_faiss: Any = faiss  # its type stubs know neither keyword arguments nor numpy arrays
LARGE: Final = 50_000
"""From this many vectors on a graph (HNSW) is searched instead of all of them."""
_LINKS: Final = 16
_BREADTH: Final = 128
_FEW: Final = 0.02
"""Below this share of wanted vectors comparing all of them is faster than any graph."""


class Vectors:
    """Unit vectors numbered from 0, opened for searching (向量索引)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.count = int(index.ntotal)
        self.kind = "HNSW" if isinstance(index, faiss.IndexHNSW) else "Flat"
        # One product with all vectors is several times faster than FAISS for many neighbours.
        self._matrix = index.reconstruct_n(0, self.count) if self.kind == "Flat" else None

    @classmethod
    def build(cls, path: Path, vectors: NDArray[np.float32], large: int = LARGE) -> None:
        """Write the index of the vectors, shape (n, dimension)."""
        dimension = int(vectors.shape[1])
        index: Any
        if len(vectors) < large:
            index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _BREADTH
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        path.write_bytes(faiss.serialize_index(index).tobytes())

    @classmethod
    def open(cls, path: Path) -> Vectors:
        """Raises :class:`StoreError` when it is missing or broken."""
        try:
            packed = np.fromfile(path, dtype=np.uint8)
            return cls(faiss.deserialize_index(packed))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"向量索引 {path} 打不开；请运行 jixiao reindex。") from error

    def vector(self, number: int) -> NDArray[np.float32]:
        return np.asarray(self._index.reconstruct(int(number)), dtype=np.float32)

    def all(self) -> NDArray[np.float32]:
        return np.asarray(self._index.reconstruct_n(0, self.count), dtype=np.float32)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Numbers and cosines of the ``k`` nearest, best first, of those ``allowed`` (a mask)."""
        wanted = self.count if allowed is None else int(allowed.sum())
        k = min(k, wanted)
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        question = np.ascontiguousarray(vector, dtype=np.float32)
        if self._matrix is not None:
            cosines = _cosines(self._matrix, question)
            numbers = np.arange(self.count) if allowed is None else np.flatnonzero(allowed)
            return _best(numbers, cosines[numbers], k)
        if allowed is not None and wanted < _FEW * self.count:
            numbers = np.flatnonzero(allowed)
            near = _cosines(self._index.reconstruct_batch(numbers), question)
            return _best(numbers, near, k)
        selector = None
        if allowed is not None:
            selector = _faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        parameters = _faiss.SearchParametersHNSW(sel=selector, efSearch=max(_BREADTH, k))
        scores, found = self._index.search(question.reshape(1, -1), k, params=parameters)
        real = found[0] >= 0
        return found[0][real], scores[0][real]

    def compare(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float32]:
        """The cosine of every vector; where there is a graph, of the ``k`` nearest of all and
        the ``k`` nearest that are ``allowed``, and 0 for the others."""
        if self._matrix is not None:
            return _cosines(self._matrix, np.asarray(vector, dtype=np.float32))
        cosines = np.zeros(self.count, dtype=np.float32)
        for mask in (None,) if allowed is None else (None, allowed):
            numbers, found = self.search(vector, k, mask)
            cosines[numbers] = found
        return cosines


def _cosines(matrix: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product of every row with the question, in the calling thread alone.

    A matrix product starts threads of BLAS, which wait for each other on a busy machine:
    6 ms instead of 0.1 for 2,600 vectors.
    """
    cosines: NDArray[np.float32] = np.vecdot(matrix, question)
    return cosines


def _best(
    numbers: NDArray[np.int64], cosines: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The ``k`` greatest, in order."""
    top = np.argpartition(-cosines, k - 1)[:k]
    top = top[np.lexsort((numbers[top], -cosines[top]))]
    return numbers[top], cosines[top]
