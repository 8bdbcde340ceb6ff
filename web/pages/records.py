"""One document ready to be shown: its projects, rows and printed lines by key (文件内容)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import NotFound
from ontology.iri import indicator_key, unit_indicator_key
from ontology.mapping import project_keys
from ontology.model import Document
from web.texts import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ontology.model import Extraction, Indicator, Place, Project

_AROUND = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line (原文行): where it stands, its text, the keys of the rows read from it."""

    anchor: str
    label: str
    text: str
    rows: Sequence[str] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A document with the keys of what is in it (文件).

    ``rows`` holds every indicator by key with its project's key (``None``: the whole unit's).
    """

    key: str
    extraction: Extraction
    projects: Mapping[str, Project]
    rows: Mapping[str, tuple[str | None, Indicator]]

    @classmethod
    def of(cls, key: str, extraction: Extraction) -> Record:
        projects = dict(project_keys(key, extraction.projects))
        goal = extraction.unit_goal
        rows: dict[str, tuple[str | None, Indicator]] = {
            unit_indicator_key(key, number): (None, row)
            for number, row in enumerate(goal.indicators if goal else (), start=1)
        }
        for name, project in projects.items():
            for number, row in enumerate(project.indicators, start=1):
                rows[indicator_key(name, number)] = (name, row)
        return cls(key, extraction, projects, rows)

    @property
    def document(self) -> Document:
        """The first document of the file; one that states nothing if there is none."""
        return next(iter(self.extraction.documents), Document())

    @property
    def title(self) -> str:
        return self.document.title or self.extraction.source

    def project(self, key: str) -> Project:
        """Raises :class:`NotFound`."""
        if key not in self.projects:
            raise NotFound("没有这个项目，可能它所在的文件已经更新或撤下。")
        return self.projects[key]

    def row(self, key: str) -> tuple[str | None, Indicator]:
        """The indicator with its project's key; raises :class:`NotFound`."""
        if key not in self.rows:
            raise NotFound("没有这条指标，可能它所在的文件已经更新或撤下。")
        return self.rows[key]

    def rows_of(self, project: str | None) -> list[tuple[str, Indicator]]:
        """The rows of a project, or those of the whole unit."""
        return [(key, row) for key, (owner, row) in self.rows.items() if owner == project]

    def lines(self, printed: Sequence[Place]) -> list[Line]:
        """All printed lines, each with the rows that were read from it."""
        read: dict[str, list[str]] = {}
        for key, (_, row) in self.rows.items():
            read.setdefault(anchor(row.source), []).append(key)
        return [
            Line(at := anchor(place), _label(place), place.text, read.get(at, ()))
            for place in printed
        ]


def around(lines: Sequence[Line], place: Place) -> list[Line]:
    """The lines near the place, its own marked; empty if the place is not among them."""
    at = anchor(place)
    found = next((number for number, line in enumerate(lines) if line.anchor == at), None)
    if found is None:
        return []
    near = lines[max(0, found - _AROUND) : found + _AROUND + 1]
    return [
        Line(line.anchor, line.label, line.text, line.rows, marked=line.anchor == at)
        for line in near
    ]


def _label(place: Place) -> str:
    number = str(place.line or place.row or "")
    return f"{place.page}:{number}" if place.page and place.page > 1 else number
