"""The indicator table of a project as it would be printed, with merged class cells (绩效指标表)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ontology.model import Indicator


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table (行): ``span1``/``span2`` rows merged into its class cells, 0: none."""

    key: str
    indicator: Indicator
    span1: int
    span2: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column that only some documents print (列): field of the indicator and its heading."""

    name: str
    label: str


_EXTRA: Final = (
    Column("description", "说明"),
    Column("weight", "权重"),
    Column("direction", "方向"),
    Column("basis", "确定依据"),
    Column("actual_text", "实际完成值"),
)


def rows(keyed: Iterable[tuple[str, Indicator]]) -> list[Row]:
    """The rows in their printed order; neighbours of one class share its cell."""
    found: list[Row] = []
    for _, group in groupby(keyed, key=lambda each: each[1].level1):
        first = list(group)
        at_top = True
        for _, part in groupby(first, key=lambda each: each[1].level2):
            second = list(part)
            for number, (key, indicator) in enumerate(second):
                found.append(
                    Row(
                        key,
                        indicator,
                        span1=len(first) if at_top else 0,
                        span2=len(second) if number == 0 else 0,
                    )
                )
                at_top = False
    return found


def extra_columns(table: Sequence[Row]) -> list[Column]:
    """The further columns that at least one row fills."""
    return [
        column
        for column in _EXTRA
        if any(getattr(row.indicator, column.name) is not None for row in table)
    ]
