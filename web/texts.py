"""How numbers, places and printed lines are written on pages (显示)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology.model import Place


def plain(value: object) -> object:
    """A number without needless zeros; texts and ``None`` as they are."""
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return value


def wan(yuan: float | None) -> str:
    """An amount of yuan in 万元, to the yuan where it matters; empty if not stated."""
    if yuan is None:
        return ""
    text = f"{yuan / 10_000:,.6f}".rstrip("0")
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(2, '0')}"


def squeeze(text: str) -> str:
    """A printed table row on one line: runs of blanks, tabs and empty cells become one gap."""
    return re.sub(r"\s*(?:[\t\n|]\s*)+|\s{2,}", " ｜ ", text).strip(" ｜")


def anchor(place: Place) -> str:
    """The fragment of a document's page that shows the place: ``L38``, ``p2L38``, ``p2R5``."""
    page = f"p{place.page}" if place.page else ""
    if place.line:
        return f"{page}L{place.line}"
    return f"{page}R{place.row}" if place.row else page or "text"
