"""A file in, an extraction record out (采集流程)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest import assemble
from ingest.doubts import doubts
from ingest.grid import Source
from ingest.layout.forms import read_forms
from ingest.metadata import describe
from ingest.readers import SUFFIXES, read
from ontology.model import Extraction


def find_files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The documents among files and folders, in order, each with its source name.

    A document of a folder is named by its path in that folder, so that the same folder
    elsewhere gives the same names. In folders only known suffixes count, and neither hidden
    files nor READMEs; links to folders are not followed.
    """
    for path in paths:
        if not path.is_dir():
            yield path.name, path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if _is_document(name):
                    found = Path(folder, name)
                    yield found.relative_to(path).as_posix(), found


def _is_document(name: str) -> bool:
    hidden = name.startswith((".", "~$")) or name.upper().startswith("README")
    return not hidden and Path(name).suffix.lower() in SUFFIXES


def extract(path: Path, name: str | None = None) -> Extraction:
    """Read one document.

    Raises:
        InputError: it cannot be read as it is; the message says what to do.
    """
    return understand(read(path, name))


def understand(source: Source) -> Extraction:
    """What a read file says: its unit goal, projects and rows."""
    forms = read_forms(source)
    units = [draft for draft in forms.drafts if draft.is_unit]
    unit_goal = assemble.unit_goal(units)
    projects = tuple(
        assemble.project(seq, draft)
        for seq, draft in enumerate(filter(assemble.is_project, forms.drafts), start=1)
    )
    doubted = doubts(projects, unit_goal.indicators if unit_goal else (), units)
    return Extraction(
        source=source.name,
        documents=(describe(source, forms),),
        unit_goal=unit_goal,
        projects=projects,
        warnings=(*source.issues, *forms.issues, *doubted),
    )
