"""The sample queries of ``seeds/queries``: each explains itself in its first lines (示例查询)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


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
    folder = files("seeds").joinpath("queries")
    found = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".rq"):
            written = entry.read_text("utf-8")
            head = dict(_HEAD.findall(written))
            text = _HEAD.sub("", written).strip()
            found.append(Sample(entry.name[:-3], head["title"], head["explanation"], text))
    return tuple(found)
