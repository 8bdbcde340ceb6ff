"""A search as it stands in a URL: read, checked, turned into a query and back (检索参数).

Pages and the API read the same parameters, so that every page of results has its JSON twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlencode

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from ontology.errors import QueryRefused
from search.answers import Filters, Mode, Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.settings import Settings

_MANY: Final = 20
"""Values of one filter; more makes no sense and only costs time."""

_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_Many = (
    BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
    Field(max_length=_MANY),
)
_Words = Annotated[list[_Word], *_Many]
_Years = Annotated[list[Annotated[int, Field(ge=1949, le=2200)]], *_Many]


class SearchArgs(BaseModel):
    """The parameters of a search (检索参数); filters may be given several times each."""

    model_config = ConfigDict(frozen=True)

    q: Annotated[str, StringConstraints(strip_whitespace=True)] = Field("", description="检索词")
    mode: Mode = Field("hybrid", description="hybrid 综合，lexical 字面，dense 语义")
    region: _Words = Field([], description="地区名或 GB/T 2260 代码，含下级")
    not_region: _Words = Field([], description="除外的地区")
    year: _Years = Field([], description="预算年度")
    level1: _Words = Field([], description="一级指标")
    level2: _Words = Field([], description="二级指标")
    unit: _Words = Field([], description="计量单位")
    operator: _Words = Field([], description="符号：≥ ≤ = > < ≈")
    document: _Words = Field([], description="文件的键")
    numeric: bool | None = Field(None, description="是否为数值指标")
    page: int = Field(1, ge=1, le=10_000, description="第几页")
    size: int | None = Field(None, ge=1, description="每页条数")


FILTERS: Final = (
    "region", "not_region", "year", "level1", "level2", "unit", "operator", "document", "numeric",
)  # fmt: skip
_LISTS: Final = frozenset(FILTERS) - {"numeric"}
_NAMES: Final = {
    "q": "检索词",
    "mode": "方式",
    "region": "地区",
    "not_region": "除外地区",
    "year": "年度",
    "level1": "一级指标",
    "level2": "二级指标",
    "unit": "单位",
    "operator": "符号",
    "document": "文件",
    "numeric": "数值指标",
    "page": "页码",
    "size": "每页条数",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force (已选条件), with the URL of the same search without it."""

    name: str
    label: str
    without: str


def read(given: Mapping[str, Sequence[str]], settings: Settings) -> SearchArgs:
    """The parameters given in a URL; unknown ones and empty ones count as not given.

    Raises :class:`QueryRefused` that says which parameter is wrong.
    """
    values: dict[str, Any] = {}
    for name in SearchArgs.model_fields:
        words = [word for word in given.get(name, ()) if word.strip()]
        if words:
            values[name] = words if name in _LISTS else words[-1]
    try:
        args = SearchArgs.model_validate(values)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise QueryRefused(f"参数 {name}（{_NAMES[name]}）的值不对。", code="parameter") from error
    if len(args.q) > settings.max_text:
        raise QueryRefused(f"检索词太长，最多 {settings.max_text} 个字。", code="parameter")
    if args.size is not None and args.size > settings.max_page_size:
        raise QueryRefused(f"每页最多 {settings.max_page_size} 条。", code="parameter")
    return args


def to_query(args: SearchArgs, settings: Settings) -> Query:
    """The question that the parameters put."""
    size = args.size or settings.page_size
    filters = Filters(
        regions=tuple(args.region),
        not_regions=tuple(args.not_region),
        years=tuple(args.year),
        level1=tuple(args.level1),
        level2=tuple(args.level2),
        units=tuple(args.unit),
        operators=tuple(args.operator),
        documents=tuple(args.document),
        numeric=args.numeric,
    )
    return Query(args.q, args.mode, filters, limit=size, offset=(args.page - 1) * size)


def link(path: str, args: SearchArgs, **changes: Any) -> str:  # noqa: ANN401 - any parameter's
    """The URL of that search with some parameters changed, on its first page unless told."""
    values = {**args.model_dump(), "page": 1, **changes}
    pairs = [
        (name, str(each).lower() if isinstance(each, bool) else each)
        for name, value in values.items()
        if value != SearchArgs.model_fields[name].default and value not in (None, [])
        for each in (value if isinstance(value, list) else [value])
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chips(path: str, args: SearchArgs, labels: Mapping[str, str]) -> list[Chip]:
    """The filters in force; ``labels`` are words for values such as region codes."""
    found = []
    for name in FILTERS:
        value = getattr(args, name)
        if isinstance(value, bool):
            label = "有数值" if value else "无数值"
            found.append(Chip(name, label, link(path, args, numeric=None)))
            continue
        for each in value or ():
            rest = [other for other in value if other != each]
            label = f"{_NAMES[name]}：{labels.get(str(each), str(each))}"
            found.append(Chip(name, label, link(path, args, **{name: rest})))
    return found
