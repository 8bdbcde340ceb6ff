"""One writer at a time, by a lock of the operating system that dies with its process (写锁)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ontology.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def acquire(path: Path) -> BinaryIO:
    """The open lock file: closing it, or the end of the process, frees the lock.

    Raises :class:`StoreError` (code ``locked``) when another writer holds it.
    """
    file = path.open("ab")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        raise StoreError(
            f"资料库 {path.parent} 正被另一个程序写入；等它结束，或先停掉它，再试一次。",
            code="locked",
        ) from error
    return file
