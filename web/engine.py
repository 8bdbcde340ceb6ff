"""The engine on the data directory that the settings name (检索引擎)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.encoders import create
from search.engine import Engine
from search.library import Library
from search.store.workers import Limits

if TYPE_CHECKING:
    from web.settings import Settings


def open_engine(settings: Settings) -> Engine:
    """The engine on the data directory of the settings; raises :class:`StoreError`."""
    limits = Limits(
        seconds=settings.query_timeout, rows=settings.query_rows, workers=settings.query_workers
    )
    library = Library.open(settings.data, create=False)
    return Engine(library, create(settings.encoder), limits)
