"""Archives (压缩包): the documents in a zip, and in zips in it, without touching the disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ingest.readers import Limits
from ingest.readers.formats import format_of
from ingest.readers.package import BROKEN_ZIP
from ontology.errors import LimitExceeded, UnreadableFile, Where

_MOST_SQUEEZED = 1000  # unpacked to packed bytes: documents stay far below
_SMALL = 10 << 20  # bytes of which the ratio does not matter


def expand(path: Path, limits: Limits | None = None) -> Iterator[tuple[str, bytes]]:
    """The files in a zip, in its order, each with its path in the zip and its bytes.

    Names that are not UTF-8 are read as GBK. Folders, hidden files and what systems add
    (__MACOSX, Thumbs.db) are left out.

    Raises:
        UnreadableFile: no zip, damaged, encrypted, or with paths that lead out of it.
        LimitExceeded: more files, bytes or zips in zips than the limits allow.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"无法打开文件：{error.strerror}。", where=Where(path.name)) from error
    yield from _Expansion(path.name, limits or Limits()).files(content, "", 1)


class _Expansion:
    """One archive with all archives in it, under common limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._files = 0
        self._bytes = 0

    def files(self, content: bytes, prefix: str, depth: int) -> Iterator[tuple[str, bytes]]:
        if depth > self._limits.depth:
            raise self._exceeded(f"压缩包套了 {depth} 层以上")
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN_ZIP as error:
            raise self._unreadable("压缩包已损坏，打不开。请重新下载或重新压缩。") from error
        with archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                name = prefix + self._safe_name(info)
                if _is_noise(name):
                    continue
                data = self._content(archive, info)
                if data.startswith(b"PK\x03\x04") and format_of(data, name) == "zip":
                    yield from self.files(data, f"{name}/", depth + 1)
                else:
                    yield name, data

    def _content(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        self._files += 1
        self._bytes += info.file_size
        squeezed = info.file_size > _MOST_SQUEEZED * max(info.compress_size, 1)
        if self._files > self._limits.files:
            raise self._exceeded(f"压缩包里的文件超过 {self._limits.files} 个")
        if self._bytes > self._limits.unpacked_bytes or (squeezed and info.file_size > _SMALL):
            raise self._exceeded("压缩包解开后过大")
        if info.flag_bits & 1:
            raise self._unreadable("压缩包已加密。请解压后导入其中的文件。")
        try:
            return archive.read(info)
        except BROKEN_ZIP as error:
            raise self._unreadable("压缩包已损坏，打不开。请重新下载或重新压缩。") from error

    def _safe_name(self, info: zipfile.ZipInfo) -> str:
        name = _readable(info).replace("\\", "/")
        parts = PurePosixPath(name).parts
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        leads_out = name.startswith("/") or ".." in parts or ":" in name.partition("/")[0]
        if is_link or leads_out or "\0" in name or not parts:
            raise self._unreadable("压缩包里有指向包外的路径，为安全起见未读取。")
        return "/".join(parts)

    def _exceeded(self, what: str) -> LimitExceeded:
        return LimitExceeded(f"{what}，未读取。请分开导入。", where=Where(self._name))

    def _unreadable(self, message: str) -> UnreadableFile:
        return UnreadableFile(message, where=Where(self._name))


def _readable(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: without the UTF-8 flag Chinese systems write GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        printed = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return printed.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_noise(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[-1] == "Thumbs.db" or any(
        part.startswith((".", "__MACOSX", "~$")) for part in parts
    )
