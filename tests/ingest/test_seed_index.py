"""The index of the seeds tells the truth about the files beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"


def test_index() -> None:
    index = json.loads((SEEDS / "index.json").read_text("utf-8"))
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")
    }
    assert {each["file"]: each["sha256"] for each in index} == files
    assert all(each["file"].startswith(each["region_code"]) for each in index)
