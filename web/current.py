"""The engine of the running application: opened once, shared by all threads (当前引擎)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from flask import current_app

from web.engine import open_engine

if TYPE_CHECKING:
    from flask import Flask

    from search.engine import Engine
    from web.settings import Settings

_LOOK_AGAIN: Final = 2.0
"""Seconds after which a request looks whether new data has been published."""


def attach(app: Flask, settings: Settings) -> None:
    """Let the application's requests use :func:`engine`, on the newest data published."""
    opened = open_engine(settings)
    app.extensions["jixiao"] = opened
    turn = threading.Lock()
    last = time.monotonic()

    @app.before_request
    def look_again() -> None:
        nonlocal last
        if time.monotonic() - last > _LOOK_AGAIN and turn.acquire(blocking=False):
            try:
                opened.refresh()
                last = time.monotonic()
            finally:
                turn.release()


def engine() -> Engine:
    """The engine of the application that answers this request."""
    opened: Engine = current_app.extensions["jixiao"]
    return opened
