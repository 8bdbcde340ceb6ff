"""A file in, an extraction record out (采集流程)."""

from __future__ import annotations

from pathlib import Path

from ingest import assemble
from ingest.grid import Source
from ingest.layout.forms import read_forms
from ingest.metadata import describe
from ingest.readers import read
from ontology.model import Extraction


def extract(path: Path, name: str | None = None) -> Extraction:
    """Read one document.

    Raises:
        InputError: it cannot be read as it is; the message says what to do.
    """
    return understand(read(path, name))


def understand(source: Source) -> Extraction:
    """What a read file says: its unit goal, projects and rows."""
    forms = read_forms(source)
    projects = [draft for draft in forms.drafts if assemble.is_project(draft)]
    return Extraction(
        source=source.name,
        documents=(describe(source, forms),),
        unit_goal=assemble.unit_goal([draft for draft in forms.drafts if draft.is_unit]),
        projects=tuple(assemble.project(seq, draft) for seq, draft in enumerate(projects, start=1)),
        warnings=source.issues + forms.issues,
    )
