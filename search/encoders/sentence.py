"""Any sentence-transformers model, from a folder or a model hub (句向量模型); extra [models]."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ontology.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BATCH: Final = 64
_WEIGHTS: Final = ("*.safetensors", "*.bin", "*.json", "*.txt")


class SentenceEncoder:
    """A sentence-transformers model (句向量编码器)."""

    trained = True

    def __init__(self, model: Any, fingerprint: str) -> None:  # noqa: ANN401 - untyped library
        self._model = model
        self.fingerprint = fingerprint
        self.dimension = int(model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        found = np.asarray(vectors, dtype=np.float32)
        found[[not text.strip() for text in texts]] = 0.0  # models differ on no text at all
        return found


def load(name: str) -> SentenceEncoder:
    """Raises :class:`ConfigError` when the library or the model is not there."""
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
    except ImportError as error:
        raise ConfigError(
            f'编码器 {name} 需要 sentence-transformers；请安装：pip install "jixiao[models]"',
            code="models",
        ) from error
    try:
        model = SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"编码器 {name} 打不开：本机没有这个目录，也没有下载到这个模型（{error}）。"
        ) from error
    return SentenceEncoder(model, f"sentence-{_digest(name)}")


def _digest(name: str) -> str:
    """Of the files of a local model; of the name of one from a hub."""
    folder = Path(name)
    digest = sha256(b"" if folder.is_dir() else name.encode())
    found = (
        {each for pattern in _WEIGHTS for each in folder.rglob(pattern)} if folder.is_dir() else ()
    )
    for file in sorted(found):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
