"""Forms while they are being read: printed text by role, nothing interpreted yet (草稿)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.layout.fields import Head
from ingest.layout.labels import Column, Field
from ontology.model import Issue, Place


@dataclass(slots=True)
class RowDraft:
    """An indicator row before values and classes are read: the printed text by role."""

    texts: dict[Column, str]
    place: Place
    level1: str | None = None
    level2: str | None = None
    before: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A form as it is being read: one project, or a whole unit (``is_unit``)."""

    is_unit: bool = False
    name: str | None = None
    heading: str | None = None
    named_by_form: bool = False
    of_wide_table: bool = False
    organisation: str | None = None
    place: Place = field(default_factory=Place)
    head: Head = field(default_factory=Head)
    sections: dict[Field, tuple[str, Place]] = field(default_factory=dict)
    rows: list[RowDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms of a document in order, and what could not be placed."""

    drafts: tuple[Draft, ...]
    issues: tuple[Issue, ...]
    organisations: tuple[str, ...]
