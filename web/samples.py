"""The sample queries of ``seeds/queries``: each explains itself in its first lines (示例查询)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

# ``seeds`` is a folder of data beside this package, in a checkout and when installed.
_FOLDER: Final = Path(__file__).resolve().parents[1] / "seeds" / "queries"


@dataclass(frozen=True, slots=True)
class Sample:
    """A query to start from (示例): its title, what it shows, its text without both."""

    name: str
    title: str
    explanation: str
    text: str


_HEAD = re.compile(r"^# (title|explanation): (.+)$", re.MULTILINE)


@lru_cache(maxsize=1)
def samples() -> tuple[Sample, ...]:
    """All of them, in the order of their file names."""
    found = []
    for entry in sorted(_FOLDER.glob("*.rq")):
        written = entry.read_text("utf-8")
        head = dict(_HEAD.findall(written))
        text = _HEAD.sub("", written).strip()
        found.append(Sample(entry.stem, head["title"], head["explanation"], text))
    return tuple(found)
