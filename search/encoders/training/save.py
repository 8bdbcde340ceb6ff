"""Writes a static encoder as a plain sentence-transformers model (模型文件)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from safetensors.numpy import save_file

from ontology.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# The path of the class that every release with StaticEmbedding (3.2 and later) understands.
_MODULES: Final = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
]
_CONFIG: Final[dict[str, Any]] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def save(
    folder: Path, tokenizer: Tokenizer, table: NDArray[np.float16]
) -> tuple[Path, Path, Path, Path]:
    """Write weights, tokenizer and the two small descriptions; other files there stay.

    ``table`` has a row per token id. Raises :class:`StoreError` when the folder cannot be
    written.
    """
    weights, rules = folder / "model.safetensors", folder / "tokenizer.json"
    modules, config = folder / "modules.json", folder / "config_sentence_transformers.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save_file({"embedding.weight": table}, weights)
        weights.chmod(0o644)
        rules.write_text(_compact(json.loads(tokenizer.to_str())), "utf-8")
        modules.write_text(_readable(_MODULES), "utf-8")
        config.write_text(_readable(_CONFIG), "utf-8")
    except OSError as error:
        raise StoreError(f"无法写入模型目录 {folder}：{error.strerror}") from error
    return weights, rules, modules, config


def _compact(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _readable(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
