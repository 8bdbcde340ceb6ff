"""The data directory (资料库): what was ingested, and the published versions of it.

    files/<sha256>              the original bytes
    records/<document key>.json what was read from a file, and its printed lines
    ledger.json                 which source has which document; what was set aside
    versions/<stamp>/           records/ graph/ index/ manifest.json, never changed once there
    current                     the name of the version that is served

Changes go to files, records and ledger; :meth:`Library.publish` makes a version of them and
then replaces ``current`` at once. A crash in between leaves the old version serving, and graph
and index always belong together.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256 as _sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from ontology import mapping
from ontology.errors import NotFound, StoreError
from search import publishing
from search.files import read_json, replace_bytes, replace_json
from search.locking import acquire
from search.records import Record, pack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import BinaryIO

    from ontology.model import Extraction, Place
    from search.encoders import Encoder
    from search.publishing import Progress, Version

LAYOUT: Final = 1
"""Number of this layout of the directory; a directory with another one is refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A source file that is held (来源文件): its document, its bytes, when it came (ISO 8601)."""

    source: str
    document: str
    sha256: str
    record: str
    size: int
    ingested_at: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that could not be read (搁置文件), with the reason."""

    source: str
    code: str
    message: str
    at: str


class Library:
    """The data directory (资料库); use as a context manager to give the writer's lock back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: BinaryIO | None = None
        self._read_ledger()

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Library:
        """Raises :class:`StoreError`: there is none (without ``create``), or of another layout."""
        path = Path(path)
        if not path.is_dir():
            if not create:
                raise StoreError(
                    f"没有资料库 {path}；先用 jixiao ingest 采集文件。", code="missing"
                )
            try:
                path.mkdir(parents=True)
            except OSError as error:
                raise StoreError(f"建不了资料库 {path}：{error.strerror}。") from error
        return cls(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the writer's lock back, if it was taken."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def holds(self, source: str, sha256: str) -> bool:
        """Whether these bytes are there already, under this name or (a new file) another one."""
        entry = self._entries.get(source)
        if entry:
            return entry.sha256 == sha256
        return any(each.sha256 == sha256 for each in self._entries.values())

    def put(
        self, source: str, content: bytes, extraction: Extraction, lines: Sequence[Place] = ()
    ) -> str:
        """Keep a file and what was read from it in place of what the source held before.

        ``lines`` are the printed lines, for showing. Returns the document's key, which is made of
        the source's name: files of one name in two folders are two sources.
        """
        self._write()
        key = mapping.default_key(replace(extraction, source=source))
        digest = sha256(content)
        _folder(self.path / "files")
        target = self.path / "files" / digest
        if not target.exists():
            replace_bytes(target, content)
        packed = pack(Record(extraction, tuple(lines), digest))
        replace_bytes(_folder(self.path / "records") / f"{key}.json", packed)
        self._entries[source] = Entry(source, key, digest, sha256(packed), len(content), _now())
        self._aside.pop(source, None)
        self._write_ledger()
        return key

    def withdraw(self, source: str) -> bool:
        """Take a source out; whether it was there.

        Its record and bytes go when no published version needs them any more.
        """
        self._write()
        found = (self._entries.pop(source, None), self._aside.pop(source, None))
        self._write_ledger()
        return any(found)

    def set_aside(self, source: str, code: str, message: str) -> None:
        """Note that a file could not be read, and why; what it held before stays."""
        self._write()
        self._aside[source] = SetAside(source, code, message, _now())
        self._write_ledger()

    def entries(self) -> tuple[Entry, ...]:
        """What is held, by the sources' names."""
        return tuple(self._entries[source] for source in sorted(self._entries))

    def aside(self) -> tuple[SetAside, ...]:
        """What could not be read, as it stands now: another process may be the writer."""
        if self._lock is None:
            self._read_ledger()
        return tuple(self._aside[source] for source in sorted(self._aside))

    def publish(
        self, encoder: Encoder, progress: Progress | None = None, *, force: bool = False
    ) -> Version | None:
        """Make what is held now the version that is served.

        ``None`` when that version would be the one that is served already (unless ``force``).
        """
        self._write()
        held = [publishing.Held(each.document, each.sha256, each.record) for each in self.entries()]
        return publishing.publish(self.path, held, encoder, progress=progress, force=force)

    def current(self) -> Version | None:
        """The version that is served; ``None`` before the first :meth:`publish`."""
        return publishing.current(self.path)

    def current_name(self) -> str | None:
        """The name of that version alone, read in microseconds."""
        return publishing.current_name(self.path)

    def original(self, sha256: str) -> bytes:
        """The bytes with that hash; raises :class:`NotFound`."""
        try:
            return (self.path / "files" / sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("原文已经撤下。") from error

    def _write(self) -> None:
        """Become the writer, and see what writers before have left."""
        if self._lock is None:
            self._lock = acquire(self.path / "lock")
            self._read_ledger()

    def _read_ledger(self) -> None:
        path = self.path / "ledger.json"
        data: dict[str, Any] = {"layout": LAYOUT, "entries": [], "aside": []}
        if path.exists():
            try:
                data = read_json(path)
            except ValueError as error:
                raise StoreError(
                    f"资料库 {self.path} 的 ledger.json 已损坏，请从备份恢复。"
                ) from error
        if data.get("layout") != LAYOUT:
            raise StoreError(f"资料库 {self.path} 是另一个版本的程序写的，本程序不能使用。")
        self._entries = {each["source"]: Entry(**each) for each in data["entries"]}
        self._aside = {each["source"]: SetAside(**each) for each in data["aside"]}

    def _write_ledger(self) -> None:
        data = {
            "layout": LAYOUT,
            "entries": [asdict(each) for each in self.entries()],
            "aside": [asdict(each) for each in self.aside()],
        }
        replace_json(self.path / "ledger.json", data)


def sha256(content: bytes) -> str:
    """The hash that names bytes here, in hexadecimal."""
    return _sha256(content).hexdigest()


def _folder(path: Path) -> Path:
    path.mkdir(exist_ok=True)
    return path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
