"""Writing files so that a crash leaves the old one or the new one, never half (写文件)."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def replace_bytes(path: Path, content: bytes) -> None:
    """Put the file in place at once, after its bytes have reached the disk."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def replace_json(path: Path, value: object) -> None:
    """The value as JSON, put in place at once."""
    replace_bytes(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever was written
    return json.loads(path.read_bytes())


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
