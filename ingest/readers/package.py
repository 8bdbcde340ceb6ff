"""Office files and OFD as zips of XML parts (文档包), opened so that no file can harm us."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingest.readers import Limits
from ontology.errors import LimitExceeded, UnreadableFile, Where

# A zip's reader fails in all these ways on damaged bytes.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)
_DOCTYPES = tuple("<!DOCTYPE".encode(charset) for charset in ("ascii", "utf-16-le", "utf-16-be"))
_MOST_PARTS = 20_000


class Package:
    """The parts of an office file (文档包).

    XML is read without network, entities or document types (no part of these formats has
    any), and unpacked sizes are checked before anything is unpacked.

    Raises:
        UnreadableFile: no zip, damaged, or encrypted.
        LimitExceeded: more than the limits allow once unpacked.
    """

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
        except BROKEN_ZIP as error:
            raise self._broken() from error
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFile("文件已加密。请去掉密码后再导入。", where=Where(name))
        unpacked = sum(info.file_size for info in infos)
        if len(infos) > _MOST_PARTS or unpacked > limits.unpacked_bytes:
            raise LimitExceeded("文件解开后过大，未读取。请拆分后再导入。", where=Where(name))
        self.names = frozenset(info.filename for info in infos)

    def read(self, part: str) -> bytes:
        """The bytes of a part, free of document types; empty if there is no such part."""
        if part not in self.names:
            return b""
        try:
            content = self._zip.read(part)
        except BROKEN_ZIP as error:
            raise self._broken() from error
        if any(doctype in content for doctype in _DOCTYPES):
            raise UnreadableFile(
                "文件里有不该有的 XML 实体定义，为安全起见未读取。请另存一份再导入。",
                where=Where(self._name),
            )
        return content

    def tree(self, part: str) -> etree._Element | None:
        """The parsed part, or nothing if there is no such part."""
        content = self.read(part)
        if not content:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken() from error

    def stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part that end with one of the tags, each freed after use."""
        content = self.read(part)
        if not content:
            return
        events = etree.iterparse(
            io.BytesIO(content),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        try:
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    element.getparent().remove(element.getprevious())
        except etree.XMLSyntaxError as error:
            raise self._broken() from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part ("" is the package): id → (last word of the type, target)."""
        folder, file = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        relations = {}
        for relation in () if tree is None else tree.iter("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            relations[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return relations

    def main_part(self, usual: str) -> str:
        """The part that holds the document itself, wherever the writer put it."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.names:
                return target
        if usual not in self.names:
            raise self._broken()
        return usual

    def _broken(self) -> UnreadableFile:
        return UnreadableFile("文件已损坏，打不开。请重新下载或另存一份。", where=Where(self._name))


def local(element: etree._Element) -> str:
    """The tag without its namespace, which differs between editions of a standard."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name, for the same reason."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def number_attribute(element: etree._Element | None, name: str, default: int = 0) -> int:
    """An attribute as a whole number, the default where it is none."""
    value = (attribute(element, name) or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 10 else default
