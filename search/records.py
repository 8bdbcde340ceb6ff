"""A document as the library keeps it (文件记录): one JSON file per document."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from ontology.errors import NotFound
from ontology.model import Extraction, Place
from ontology.privacy import without_persons
from search.files import read_json

if TYPE_CHECKING:
    from pathlib import Path

_PLACE: Final = frozenset(Place.__slots__)


@dataclass(frozen=True, slots=True)
class Record:
    """What was read from a file (文件记录), its printed lines, the SHA-256 of its bytes."""

    extraction: Extraction
    lines: tuple[Place, ...]
    sha256: str


def pack(record: Record) -> bytes:
    """The record as JSON, the same bytes for the same record; persons in printed lines masked."""
    value = {
        "sha256": record.sha256,
        "extraction": record.extraction.to_dict(),
        "lines": [asdict(each) for each in record.lines],
    }
    _mask(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _mask(value: Any) -> None:  # noqa: ANN401 - any JSON
    """Mask the printed text of every place in the value, in place."""
    if isinstance(value, (list, tuple)):
        for each in value:
            _mask(each)
    elif isinstance(value, dict):
        if value.keys() >= _PLACE:
            value["text"] = without_persons(value["text"])
        for each in value.values():
            _mask(each)


def read(path: Path) -> Record:
    """A record of the library or of a version; raises :class:`NotFound`."""
    try:
        data = read_json(path)
    except OSError as error:
        raise NotFound("没有这份文件，可能已经更新或撤下。") from error
    lines = tuple(Place(**each) for each in data["lines"])
    return Record(Extraction.from_dict(data["extraction"]), lines, data["sha256"])
