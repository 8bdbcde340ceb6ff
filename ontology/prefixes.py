"""Document-number prefixes (发文机关代字): which office issued 皖人社发〔2021〕16号.

Offices of the central level are listed (``registers/prefixes.csv``). Those of provinces, cities and
counties follow by rule: the place's own character (``registers/characters.csv``, or the short name
in the register of divisions) and the office's (``registers/offices.csv``).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from ontology.divisions import Division, divisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

IssuerLevel = Literal["国家", "部委", "省", "市", "县"]

_LEVELS: Final[Mapping[str, IssuerLevel]] = {"province": "省", "prefecture": "市", "county": "县"}
_NUMBER = re.compile(r"^(?P<prefix>[^〔\d]*)〔?(?P<year>\d{4})(?:〕|年第)")
_ORDER = re.compile(r"^(?P<prefix>[^〔\d]+?令)第?\d+号$")
# Letters behind the office's own: division of the office, kind of document.
_TAIL = re.compile(
    r"^[发字函办秘规通综企社预农教行建资金库绩监税采购债环经贸财政法便明电联批组科文卫妇基疾"
    r"人计划就养失医保工伤职培技专调仲劳监察信法审投价格能工高地区外服〕]{0,4}$"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office that a prefix stands for (发文机关); no ``region_code`` at the central level."""

    prefix: str
    name: str
    level: IssuerLevel
    region_code: str | None = None


def split_number(doc_no: str) -> tuple[str | None, int | None]:
    """Prefix and year of a normalised document number: 皖人社发〔2021〕16号 → (皖人社发, 2021).

    An order has no year (国务院令第586号), a number cut short has no prefix (〔2019〕65号).
    """
    if match := _NUMBER.match(doc_no):
        return match["prefix"] or None, int(match["year"])
    order = _ORDER.match(doc_no)
    return (order["prefix"], None) if order else (None, None)


@lru_cache(maxsize=4096)
def resolve(prefix: str, region_code: str | None = None) -> Issuer | None:
    """The office of a prefix as seen from a place; ``None`` where it cannot be told.

    The place decides between namesakes: from 抚宁区, 秦财企 is the finance bureau of 秦皇岛市.
    Without a place only provinces and characters that no other division shares are told.
    """
    if prefix in _central():
        return _central()[prefix]
    for division, rest in _places(prefix, region_code):
        if name := _office(rest, division):
            return Issuer(prefix, name, _LEVELS[division.level], division.code)
    return None


def _places(prefix: str, region_code: str | None) -> Iterator[tuple[Division, str]]:
    """Places that the prefix may begin with, likeliest first, with what follows their name."""
    register = divisions()
    here = register.get(region_code)
    by_character = list(_by_character(prefix))
    yield from (each for each in by_character if here and _same_province(here, each[0]))
    for division in (here, *register.ancestors(here)) if here else ():
        for name in dict.fromkeys((division.name, division.short, division.short[0])):
            if prefix.startswith(name):
                yield division, prefix[len(name) :]
    for length in range(len(prefix) - 1, 1, -1):
        if len(named := register.by_name(prefix[:length])) == 1:
            yield named[0], prefix[length:]
    if len(by_character) == 1:
        yield by_character[0]
    elif not here and len(only := _by_first_character().get(prefix[:1], ())) == 1:
        yield only[0], prefix[1:]


def _by_character(prefix: str) -> Iterator[tuple[Division, str]]:
    """Places whose own character begins the prefix, with what follows it."""
    for length in (3, 1):
        for code in _characters().get(prefix[:length], ()):
            if division := divisions().get(code):
                yield division, prefix[length:]


def _same_province(one: Division, other: Division) -> bool:
    return divisions().province(one) == divisions().province(other)


def _office(rest: str, division: Division) -> str | None:
    """The office's name in that place: its longest suffix, then a tail of letters."""
    for length in range(len(rest), 0, -1):
        names = _offices().get(rest[:length])
        if names and _TAIL.match(rest[length:]):
            office, bureau = names
            template = office if division.level == "province" else bureau or office
            return template.format(place=division.name)
    return None


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("ontology").joinpath(f"registers/{name}.csv").read_text("utf-8")
    return csv.DictReader(text.splitlines())


@lru_cache(maxsize=1)
def _central() -> Mapping[str, Issuer]:
    levels: Mapping[str, IssuerLevel] = {"国家": "国家", "部委": "部委"}
    return {
        row["prefix"]: Issuer(row["prefix"], row["issuer"], levels[row["level"]])
        for row in _rows("prefixes")
    }


@lru_cache(maxsize=1)
def _offices() -> Mapping[str, tuple[str, str]]:
    return {row["suffix"]: (row["office"], row["bureau"]) for row in _rows("offices")}


@lru_cache(maxsize=1)
def _characters() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("characters"):
        found[row["character"]] = (*found.get(row["character"], ()), row["code"])
    return found


@lru_cache(maxsize=1)
def _by_first_character() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for each in divisions():
        if not each.former:
            found[each.name[0]] = (*found.get(each.name[0], ()), each)
    return found
