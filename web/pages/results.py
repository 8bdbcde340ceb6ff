"""What the search page shows beside the hits: facets as links, pages, badges (检索结果页)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from web.questions import SearchArgs, link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.answers import FacetValue, Hit, Results

_GROUPS: Final = (
    ("region", "地区"),
    ("year", "预算年度"),
    ("level1", "一级指标"),
    ("level2", "二级指标"),
    ("operator", "符号"),
    ("unit", "计量单位"),
    ("numeric", "有无数值"),
)
_SHOWN: Final = 6
_PARTS: Final = {
    "lexical": "字面",
    "dense": "语义",
    "exact": "同名",
    "prefix": "开头相同",
    "within": "整句包含",
}


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet as a link (分面链接): choosing it, or taking it back if chosen.

    ``depth`` is that of a region: 0 province, 1 prefecture, 2 county.
    """

    label: str
    count: int
    url: str
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A facet (分面): its first values, and more behind a fold."""

    name: str
    label: str
    first: Sequence[FacetLink]
    more: Sequence[FacetLink]


def groups(path: str, args: SearchArgs, results: Results) -> list[Group]:
    """The facets that tell hits apart, or in which something is chosen."""
    found = []
    for name, label in _GROUPS:
        values = results.facets.get(name, ())
        links = [_facet_link(path, args, name, value) for value in values]
        if len(links) > 1 or any(each.chosen for each in links):
            if name != "region":  # those are a tree
                links.sort(key=lambda each: not each.chosen)
            more = links[_SHOWN:] if len(links) > _SHOWN + 2 else []
            found.append(Group(name, label, links[: len(links) - len(more)], more))
    return found


def _facet_link(path: str, args: SearchArgs, name: str, value: FacetValue) -> FacetLink:
    now = getattr(args, name)
    wanted: Any
    if name == "numeric":
        wanted = value.value in ("true", "True", "1")
        chosen, without = now is wanted, None
    else:
        wanted = [int(value.value)] if name == "year" else [value.value]
        chosen, without = wanted[0] in now, [each for each in now if each != wanted[0]]
    url = link(path, args, **{name: without if chosen else wanted})
    depth = _depth(value.value) if name == "region" else 0
    return FacetLink(value.label, value.count, url, chosen, depth)


def _depth(code: str) -> int:
    """How deep a GB/T 2260 code stands in the tree; 0 for what is no such code."""
    if len(code) != 6 or not code.isdigit() or code.endswith("0000"):
        return 0
    return 1 if code.endswith("00") else 2


def pages(path: str, args: SearchArgs, results: Results) -> list[tuple[int | None, str]]:
    """Numbers and links of the pages near this one, first and last; ``None`` stands for a gap."""
    last = -(-results.total // results.query.limit)
    near = {1, last, *range(args.page - 2, args.page + 3)}
    found: list[tuple[int | None, str]] = []
    before = 0
    for number in sorted(each for each in near if 1 <= each <= last):
        if number > before + 1:
            found.append((None, ""))
        found.append((number, link(path, args, page=number)))
        before = number
    return found


def part_label(name: str) -> str:
    """What a part of the score is called."""
    return _PARTS.get(name, name)


def badges(hit: Hit) -> list[str]:
    """How a hit was found, in a word or two."""
    found = [part_label(name) for name, part in hit.why.parts.items() if part > 0]
    return found or ["语义"]
