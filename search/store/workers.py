"""Public queries in processes of their own (查询进程): a query can only be stopped from outside.

Each process has the store open for reading, a limit on its memory and no way to open files or
sockets; it is killed when its query takes too long, and the next query gets a new one.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontology.errors import JixiaoError, QueryRefused, StoreError
from search.store.graph import Answer, Caps, Graph, Request

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_MEMORY: Final = 4 << 30
"""Address space of a process in bytes: the store maps its files, so it is more than is used."""
_STARTING: Final = 30.0
_WAITING: Final = 5.0
"""Seconds: for a process to start; for a free one before the client is told to come back."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a public query may use (查询限制): seconds, rows; and how many run at once."""

    seconds: float = 10.0
    rows: int = 100_000
    workers: int = 2


class Workers:
    """The query processes of one store (查询进程池); they start when first needed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._closed = False
        for _ in range(limits.workers):
            self._free.put(None)

    def query(self, request: Request) -> Answer:
        """Raises what :meth:`Graph.query` does, :class:`QueryRefused` with ``query-time`` or
        ``query-memory``, and ``query-busy`` when no process becomes free in time."""
        try:
            worker = self._free.get(timeout=_WAITING)
        except queue.Empty:
            raise QueryRefused("查询太多，请稍后再试。", code="query-busy") from None
        try:
            if worker is None or not worker.alive:
                worker = _Worker(self._folder, self._limits)
            return worker.ask(request, self._limits.seconds)
        finally:
            if worker is not None and (self._closed or not worker.alive):
                worker.stop()
                worker = None
            self._free.put(worker)

    def close(self) -> None:
        """Stop the processes; queries still running finish first."""
        self._closed = True
        idle: list[_Worker | None] = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._free.get_nowait())
        for worker in idle:
            if worker:
                worker.stop()
            self._free.put(None)  # who still holds the old version is answered from it


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, str(folder), limits.rows), daemon=True
        )
        self._process.start()
        theirs.close()
        if not self._pipe.poll(_STARTING) or not self._received():
            self.stop()
            raise StoreError("查询进程启动不了，请看日志。", code="worker")

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, request: Request, seconds: float) -> Answer:
        self._pipe.send(request)
        if not self._pipe.poll(seconds):
            self.stop()
            raise QueryRefused(
                f"查询超过 {seconds:g} 秒，已停止；请收窄条件或加 LIMIT。", code="query-time"
            )
        reply = self._received()
        if isinstance(reply, Answer):
            return reply
        if isinstance(reply, tuple):
            kind, message, code, where = reply
            raise kind(message, code=code, where=where)
        self.stop()
        raise QueryRefused("查询太复杂或用的内存太多，已停止；请收窄条件。", code="query-memory")

    def stop(self) -> None:
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._pipe.close()

    def _received(self) -> object:
        """What the process sent; ``None`` when it has died."""
        try:
            received: object = self._pipe.recv()
        except (EOFError, ConnectionResetError):
            return None
        return received


def _serve(pipe: Connection, folder: str, rows: int) -> None:
    """The life of a process: answer queries until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who started us
    graph = Graph.open(Path(folder))
    _confine()
    pipe.send(True)
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        reply: object
        try:
            reply = graph.query(request, Caps(rows=rows))
        except JixiaoError as error:
            reply = (type(error), error.message, error.code, error.where)
        pipe.send(reply)


def _confine() -> None:
    """No more memory than the limit, and no new files or sockets."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    opened = max(int(each) for each in os.listdir("/dev/fd")) + 1  # noqa: PTH208 - numbers only
    resource.setrlimit(resource.RLIMIT_NOFILE, (opened, opened))
    with suppress(OSError):
        while True:  # take what is free below the limit
            os.open(os.devnull, os.O_RDONLY)
