"""Names of things: IRIs and their local keys (标识).

    https://w3id.org/jixiao/ns#Indicator                                    a term
    https://w3id.org/jixiao/id/document/341825-2024-1a2b3c4d                a document
    https://w3id.org/jixiao/id/project/341825-2024-1a2b3c4d-p1              its first project
    https://w3id.org/jixiao/id/indicator/341825-2024-1a2b3c4d-p1-i2         a row of it
    https://w3id.org/jixiao/id/indicator/341825-2024-1a2b3c4d-u-i1          a row of the unit
    https://w3id.org/jixiao/id/basis/皖人社发-2021-16                        a legal basis
    https://w3id.org/jixiao/id/organisation/341825-旌德县人力资源和社会保障局
    https://w3id.org/jixiao/id/region/341825                                GB/T 2260

Keys hold letters (Chinese ones too), digits, ``-``, ``.`` and ``_`` only, so that they need
no escaping in Turtle, and only the percent-encoding that every client does by itself in a URL.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final, Literal, get_args
from urllib.parse import unquote

NS: Final = "https://w3id.org/jixiao/ns#"
DATA: Final = "https://w3id.org/jixiao/id/"
NS_PREFIX: Final = "jx"

Kind = Literal["indicator", "project", "basis", "document", "organisation", "region"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)

_UNSAFE = re.compile(r"[^\w.]+")
_FIXED_TITLE = re.compile(r"^中华人民共和国(?=.+(?:法|条例|办法|规定)$)")
_REVISION = re.compile(r"[(]\d{4}年?(?:修[正订]|第.次修[正订])(?:版|本)?[)]$")
_NUMBER = re.compile(r"^(?P<prefix>.*?)〔(?P<year>\d{4})〕(?P<serial>\d+)号?$")
_ANNOUNCEMENT = re.compile(r"^(?P<prefix>.*?)(?P<year>\d{4})年第(?P<serial>\d+)号$")
_ORDER = re.compile(r"^(?P<prefix>[^〔〕]*[^〔〕\d第])第?(?P<serial>\d+)号$")
_DEPARTMENT_CODE = re.compile(r"^(?:[\[(【〔]?[A-Za-z]?\d+[\])】〕]?\s*[-—_.、]?\s*)+")
_LONGEST_KEY = 80


def iri(kind: Kind, key: str) -> str:
    """The IRI of the thing of that kind with that local key."""
    return f"{DATA}{kind}/{key}"


def parse(text: str) -> tuple[Kind, str] | None:
    """Kind and key of a data IRI (percent-encoded or not), ``None`` for any other IRI."""
    kind, slash, key = text.removeprefix(DATA).partition("/")
    if not text.startswith(DATA) or not slash or not key or "#" in key:
        return None
    for known in get_args(Kind):
        if kind == known:
            return known, unquote(key)
    return None


def slug(text: str) -> str:
    """``text`` as one key: NFKC, what is no letter or digit becomes ``-``, long ones hashed."""
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFKC", text)).strip("-.")
    if len(safe) <= _LONGEST_KEY:
        return safe or _short_hash(text)
    return f"{safe[: _LONGEST_KEY - 9]}-{_short_hash(text)}"


def source_hash(source: str) -> str:
    """The last part of a document's key: it stays when a file changes its contents."""
    return _short_hash(unicodedata.normalize("NFC", source))


def document_key(source: str, region_code: str | None = None, year: int | None = None) -> str:
    """``341825-2024-1a2b3c4d``: place, budget year (``x``: not stated), hash of the file's name."""
    return f"{slug(region_code or 'x')}-{year if year is not None else 'x'}-{source_hash(source)}"


def project_key(document: str, seq: int | str) -> str:
    return f"{document}-p{seq}"


def indicator_key(project: str, position: int) -> str:
    """Key of the ``position``-th row (from 1) of the project with that key."""
    return f"{project}-i{position}"


def unit_indicator_key(document: str, position: int) -> str:
    """Key of the ``position``-th row (from 1) of the goal of the whole unit."""
    return f"{document}-u-i{position}"


def document_of(key: str) -> str:
    """The document's key in the key of a project or an indicator."""
    return re.sub(r"-(?:p[^-]+|u)(?:-i\d+)?$", "", key)


def basis_key(
    doc_no: str | None, title: str | None = None, as_written: str = "", scope: str = ""
) -> str:
    """The same key for every spelling of one legal basis.

    The document number decides (皖人社发〔2021〕16号 → 皖人社发-2021-16); without one, the title,
    without 中华人民共和国 before a law and the year of its revision after it. A number without its
    prefix (〔2019〕65号) says nothing by itself: then the title, or the ``scope`` (the document's
    key), keeps issuers apart.
    """
    number = _compact(doc_no or "")
    for pattern in (_NUMBER, _ANNOUNCEMENT, _ORDER):
        match = pattern.match(number)
        if match and match["prefix"]:
            return slug("-".join(match.groups()))
    if title and (name := _FIXED_TITLE.sub("", _REVISION.sub("", _compact(title)))):
        return slug(name)
    return slug(f"{number or _compact(as_written)}-{scope}")


def organisation_name(printed: str) -> str:
    """An organisation's name without the budget code printed before it ([061]旌德县人社局)."""
    name = _compact(printed)
    return _DEPARTMENT_CODE.sub("", name) or name


def organisation_key(name: str, region_code: str | None = None) -> str:
    """``341825-旌德县人力资源和社会保障局``; ``x`` where the place is not known."""
    return slug(f"{region_code or 'x'}-{organisation_name(name)}")


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("《》〈〉<>“”\"'")


def _short_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
