"""Whatever the index is made of, it finds the nearest, and only those that are allowed."""

from __future__ import annotations

import numpy as np
import pytest

from ontology.errors import StoreError
from search.vectors.nearest import Vectors

COUNT = 3000


@pytest.fixture(scope="module")
def vectors():
    made = np.random.default_rng(3).standard_normal((COUNT, 32)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture(scope="module", params=["Flat", "HNSW"])
def index(request, vectors, tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "vectors.faiss"
    Vectors.build(path, vectors, large=COUNT if request.param == "HNSW" else COUNT + 1)
    opened = Vectors.open(path)
    assert opened.kind == request.param
    return opened


class TestEveryIndex:
    def test_the_nearest_come_first(self, index, vectors):
        numbers, cosines = index.search(vectors[17], 10)
        assert numbers[0] == 17
        assert cosines[0] == pytest.approx(1.0, abs=1e-4)
        assert list(cosines) == sorted(cosines, reverse=True)
        truth = np.argsort(-(vectors @ vectors[17]))[:10]
        assert len({*numbers.tolist()} & {*truth.tolist()}) >= 8

    @pytest.mark.parametrize("kept", [1, 20, 1500, COUNT])
    def test_only_what_is_allowed_is_found(self, index, vectors, kept):
        allowed = np.zeros(COUNT, dtype=np.bool_)
        allowed[np.random.default_rng(kept).permutation(COUNT)[:kept]] = True
        numbers, _ = index.search(vectors[5], 10, allowed)
        assert len(numbers) == min(10, kept)
        assert allowed[numbers].all()
        truth = np.flatnonzero(allowed)
        best = truth[np.argmax(vectors[truth] @ vectors[5])]
        assert numbers[0] == best

    def test_nothing_allowed_nothing_found(self, index, vectors):
        numbers, cosines = index.search(vectors[0], 10, np.zeros(COUNT, dtype=np.bool_))
        assert len(numbers) == len(cosines) == 0

    def test_vectors_come_back(self, index, vectors):
        assert index.count == COUNT
        assert index.vector(9) == pytest.approx(vectors[9], abs=1e-5)
        assert index.all() == pytest.approx(vectors, abs=1e-5)


def test_no_vectors_at_all(tmp_path):
    Vectors.build(tmp_path / "none", np.zeros((0, 8), dtype=np.float32))
    numbers, _ = Vectors.open(tmp_path / "none").search(np.ones(8, dtype=np.float32), 5)
    assert len(numbers) == 0


def test_a_broken_file_asks_for_a_rebuild(tmp_path):
    (tmp_path / "broken").write_bytes(b"not an index")
    for name in ("broken", "missing"):
        with pytest.raises(StoreError, match="jixiao reindex"):
            Vectors.open(tmp_path / name)
