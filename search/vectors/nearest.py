"""Nearest neighbours by cosine (近邻检索), with FAISS: exact when small, a graph when large."""

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
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if allowed is not None and self.kind == "HNSW" and wanted < _FEW * self.count:
            return self._compare_all(question[0], k, np.flatnonzero(allowed))
        parameters = None
        if allowed is not None:
            selector = _faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            parameters = self._parameters(selector, k)
        elif self.kind == "HNSW":
            parameters = self._parameters(None, k)
        scores, numbers = self._index.search(question, k, params=parameters)
        found = numbers[0] >= 0
        return numbers[0][found], scores[0][found]

    def _parameters(self, selector: object, k: int) -> Any:  # noqa: ANN401 - an untyped library's
        if self.kind == "HNSW":
            return _faiss.SearchParametersHNSW(sel=selector, efSearch=max(_BREADTH, k))
        return _faiss.SearchParameters(sel=selector)

    def _compare_all(
        self, question: NDArray[np.float32], k: int, numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        cosines = np.asarray(self._index.reconstruct_batch(numbers) @ question, dtype=np.float32)
        best = np.argsort(-cosines, kind="stable")[:k]
        return numbers[best], cosines[best]
