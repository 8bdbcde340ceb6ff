"""The register of administrative divisions (行政区划, GB/T 2260): lookup, parents, places in text.

The register is ``registers/divisions.csv``; how it was made stands in the README beside it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (行政区划) of GB/T 2260.

    ``parent`` is the code of the division above it (``None`` for a province); ``lon`` and
    ``lat`` are degrees, where known; ``former`` marks one that has been abolished or renamed.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    lon: float | None
    lat: float | None
    former: bool = False

    @property
    def short(self) -> str:
        """The name without its kind: 旌德 for 旌德县, 恩施 for 恩施土家族苗族自治州."""
        return short_name(self.name)


_NAMED_REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门")
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|"
    "达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|独龙族|"
    "鄂温克族|德昂族|保安族|裕固族|鄂伦春族|各族"
)
_KIND = re.compile(
    rf"(?:(?:{_PEOPLES})*(?:自治州|自治县|自治旗)|特别行政区|地区|新区|林区|特区|[省市县区旗盟])$"
)
_AUTONOMOUS = re.compile(r"自治([州县旗])$")  # 恩施州, 通道县 are said for the long names
# Names that are everyday words too: a place only right behind the place above it.
_EVERYDAY = re.compile(
    r"^(?:[老新]?城|新市|[郊矿东西南北]|[市城][东西南北中]|城郊)区$|^.[县市区旗]$"
)
_NOT_A_PLACE_BEFORE = "长级域界内外"  # 县长, 县级, 市域, 区内: the kind belongs to the next word
# What follows a short name that means the place: its kind, or an office of it.
_OFFICE = re.compile(
    r"省|市|县|区|州|人社|人力|财政|教育|卫生|卫健|民政|农业|水利|水务|住房|住建|交通|文化|文旅|公安|司法|"
    r"自然|生态环境|审计|统计|发展和改革|发改|商务|应急|市场监管|医疗保障|医保|退役|林业|科技|乡村|信访|"
    r"政府|政协|人大|人民|县委|市委|区委|组织部|宣传部|统战部|纪委|机关|税务|气象|档案|残联|妇联|总工会"
)
_MUNICIPALITIES = ("11", "12", "31", "50")


def short_name(name: str) -> str:
    """A division's name without its kind; the full name where one character would remain."""
    for region in _NAMED_REGIONS:
        if name.startswith(region) and name != region:
            return region
    stem = _KIND.sub("", name)
    return stem if len(stem) > 1 else name


class Divisions:
    """The register in memory (区划库): build it from rows, or take :func:`divisions`."""

    def __init__(self, rows: Iterable[Division]) -> None:
        self._by_code = {row.code: row for row in rows}
        self._full: dict[str, list[Division]] = defaultdict(list)
        self._short: dict[str, list[Division]] = defaultdict(list)
        self._children: dict[str | None, list[Division]] = defaultdict(list)
        for row in self._by_code.values():
            self._full[row.name].append(row)
            if plain := _AUTONOMOUS.search(row.name):
                self._full[row.short + plain[1]].append(row)
            self._children[row.parent].append(row)
            if row.short != row.name and not _EVERYDAY.match(row.name):
                self._short[row.short].append(row)
        self._lengths: dict[str, tuple[int, ...]] = _lengths([*self._full, *self._short])

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str | None) -> Division | None:
        """The division of that six-digit code (longer codes of towns: the county's)."""
        return self._by_code.get(code[:6]) if code else None

    def children(self, code: str | None) -> tuple[Division, ...]:
        """What lies directly below; ``None``: the provinces."""
        return tuple(self._children.get(code, ()))

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """The divisions above, nearest first: (prefecture, province), or one, or none."""
        above = []
        parent = self.get(division.parent)
        while parent:
            above.append(parent)
            parent = self.get(parent.parent)
        return tuple(above)

    def province(self, division: Division) -> Division:
        return (division, *self.ancestors(division))[-1]

    def city(self, division: Division) -> Division | None:
        """The prefecture that the division is or lies in; ``None`` where there is none."""
        line = (division, *self.ancestors(division))
        return next((each for each in line if each.level == "prefecture"), None)

    def within(self, division: Division, code: str) -> bool:
        """Whether the division is the one with that code or lies below it."""
        return division.code == code or any(
            above.code == code for above in self.ancestors(division)
        )

    def by_name(self, name: str, within: str | None = None) -> tuple[Division, ...]:
        """All divisions of that full or else short name, existing ones before former ones.

        ``within`` keeps those in or below the division with that code.
        """
        found = self._full.get(name) or self._short.get(name) or self._short.get(short_name(name))
        kept = [each for each in found or () if within is None or self.within(each, within)]
        return tuple(sorted(kept, key=_rank))

    def find_in(self, text: str) -> tuple[Division, ...]:
        """The most specific divisions mentioned in the text, in order of mention.

        A name that several divisions share is decided by the divisions above that are
        mentioned too; where nothing decides, all of them come back. Short names count only
        before an office or beside the place above (旌德人社局, 宣城市旌德).
        """
        mentions = list(self._mentions(text))
        settled = [self._settle(group, mentions) for group in mentions]
        named = list(dict.fromkeys(each for group in settled for each in group))
        above = {parent.code for each in named for parent in self.ancestors(each)}
        return tuple(each for each in named if each.code not in above)

    def _mentions(self, text: str) -> Iterator[tuple[Division, ...]]:
        """The candidates of each mention; longest name first, names do not overlap."""
        start = end_of_place = 0
        before: tuple[Division, ...] = ()
        while start < len(text):
            for length in self._lengths.get(text[start], ()):
                name = text[start : start + length]
                beside = before if start == end_of_place else ()
                found = self._named(text, start, name, beside)
                if found:
                    yield found
                    before, start = found, start + len(name)
                    end_of_place = start
                    break
            else:
                start += 1

    def _named(
        self, text: str, start: int, name: str, beside: tuple[Division, ...]
    ) -> tuple[Division, ...]:
        rest = text[start + len(name) :]
        if name in self._full:
            found = self._full[name]
            if rest[:1] and rest[0] in _NOT_A_PLACE_BEFORE:
                return ()
            if not _EVERYDAY.match(name) or _starts_a_phrase(text, start, name):
                return tuple(found)
            return self._below(found, beside)
        found = self._short.get(name, [])
        if below := self._below(found, beside):
            return below
        if _starts_a_phrase(text, start, name) and (not rest or _OFFICE.match(rest)):
            return tuple(found)
        return ()

    def _below(
        self, found: Iterable[Division], beside: tuple[Division, ...]
    ) -> tuple[Division, ...]:
        codes = {each.code for each in beside}
        return tuple(each for each in found if any(up.code in codes for up in self.ancestors(each)))

    def _settle(
        self, group: tuple[Division, ...], mentions: list[tuple[Division, ...]]
    ) -> tuple[Division, ...]:
        """Of divisions with one name: below the others mentioned, existing, of higher level."""
        if len(group) == 1:
            return group
        others = {each.code for other in mentions if other is not group for each in other}
        scored = {
            each: sum(above.code in others for above in self.ancestors(each)) for each in group
        }
        best = [each for each in group if scored[each] == max(scored.values())]
        first = min(_rank(each)[:2] for each in best)
        return tuple(each for each in best if _rank(each)[:2] == first)


def _starts_a_phrase(text: str, start: int, name: str) -> bool:
    """Whether no Chinese word runs into the name; everyday words never start one alone."""
    if (len(name) > 2 and _EVERYDAY.match(name)) or name in ("城区", "郊区", "矿区"):
        return False
    return start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff"


def _rank(division: Division) -> tuple[bool, int, str]:
    order = ("province", "prefecture", "county")
    return division.former, order.index(division.level), division.code


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Per first character the lengths of the names that start with it, longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[0]].add(len(name))
    return {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _read() -> Iterator[Division]:
    register = files("ontology").joinpath("registers/divisions.csv").read_text("utf-8")
    for row in csv.DictReader(register.splitlines()):
        yield Division(
            code=row["code"],
            name=row["name"],
            level=_level(row["code"]),
            parent=row["parent"] or None,
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            former=row["former"] == "1",
        )


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The register, read on first use."""
    return Divisions(_read())
