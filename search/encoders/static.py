"""Reads a sentence-transformers StaticEmbedding model without that library (静态词向量).

Importing sentence-transformers takes seconds and half a gigabyte; such a model is only a table
of vectors and a tokenizer: a text's vector is the mean of its tokens' vectors.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import numpy as np

from ontology.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_KIND: Final = "StaticEmbedding"
_BATCH: Final = 4096
_TYPES: Final = {"F16": np.float16, "F32": np.float32}


class StaticEncoder:
    """A table of token vectors and its tokenizer (静态编码器)."""

    trained = True

    def __init__(
        self, tokenizer: Tokenizer, weights: NDArray[np.float32], fingerprint: str
    ) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        self.fingerprint = fingerprint
        self.dimension = int(weights.shape[1])

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        del query  # questions and rows are alike to it
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encoded = self._tokenizer.encode_batch(batch, add_special_tokens=False)
            for row, each in enumerate(encoded, start=start):
                if each.ids:
                    vectors[row] = self._weights[each.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def fits(folder: Path) -> bool:
    """Whether the folder holds such a model and nothing behind it but normalising."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    kinds = [str(each.get("type", "")).rpartition(".")[2] for each in modules]
    return kinds[:1] == [_KIND] and set(kinds[1:]) <= {"Normalize"}


def load(folder: Path) -> StaticEncoder:
    """Raises :class:`ConfigError` when files are missing or broken."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - the stand-in does without

    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    at = folder / str(modules[0].get("path", ""))
    try:
        packed = (at / "model.safetensors").read_bytes()
        rules = (at / "tokenizer.json").read_bytes()
        weights = _tensor(packed)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"编码器 {folder} 的文件不全或已损坏：{error}") from error
    tokenizer = Tokenizer.from_buffer(rules)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    digest = sha256(packed + rules).hexdigest()[:16]
    return StaticEncoder(tokenizer, weights, f"static-{digest}")


def _tensor(packed: bytes) -> NDArray[np.float32]:
    """The one table in a safetensors file: length of the header, header in JSON, bytes.

    https://github.com/huggingface/safetensors#format
    """
    size = int.from_bytes(packed[:8], "little")
    header = json.loads(packed[8 : 8 + size])
    entry = header.get("embedding.weight") or header["embeddings"]
    start, end = entry["data_offsets"]
    flat = np.frombuffer(packed[8 + size + start : 8 + size + end], dtype=_TYPES[entry["dtype"]])
    return flat.reshape(entry["shape"]).astype(np.float32)
