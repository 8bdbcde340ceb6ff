"""From a header row to the roles of its columns (表头).

A header may take two rows (指标值 over 符号 | 值 | 单位), may be repeated after a page
break, and may hold two tables side by side (实施期 and 年度 halves), each with its own
二级指标 … 指标值: then it has two groups of slots.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.layout.labels import Column, columns, level1, level2
from ingest.layout.rows import Row, Token

WIDEST = 80  # cells in a row; no performance table is wider, other tables are
_OF_ROWS = {Column.LEVEL1, Column.LEVEL2, Column.NAME, Column.VALUE, Column.ACTUAL}
_OF_TARGETS = {Column.VALUE, Column.OPERATOR, Column.LONG_TERM, Column.INTERIM, Column.UNIT}
_OPENS_GROUP = {Column.LEVEL1, Column.LEVEL2, Column.NAME}
_SHARED = {Column.SECTION, Column.SEQ, Column.LEVEL1, Column.ORGANISATION, Column.PROJECT}


@dataclass(frozen=True, slots=True)
class Slot:
    """A labelled column: its role, first column, width, and the label as printed."""

    role: Column
    col: int
    width: int
    label: str

    def covers(self, token: Token, shift: int = 0) -> bool:
        """Whether a cell, printed ``shift`` columns beside its place, stands under the label."""
        start = self.col + shift
        return start < token.col + token.colspan and token.col < start + self.width


@dataclass(frozen=True, slots=True)
class Header:
    """The slots of a table, from left to right (表头)."""

    slots: tuple[Slot, ...]
    level1: str | None = None  # where a 一级 class stands over a group of columns
    starts: tuple[int, ...] = ()  # first columns of all cells of the header row

    def fitted(self, row: Row) -> Header:
        """The header for a row of another page, whose columns are counted anew.

        A page that holds only the rest of a table has no columns but the table's own, so
        cells correspond by their order, if there are as many as in the header.
        """
        if not row.exact or row.starts == self.starts or len(row.starts) != len(self.starts):
            return self
        moved = dict(zip(self.starts, row.starts, strict=True))
        if any(slot.col not in moved for slot in self.slots):
            return self
        slots = (replace(slot, col=moved[slot.col], width=1) for slot in self.slots)
        return replace(self, slots=tuple(slots), starts=row.starts)

    def has(self, role: Column) -> bool:
        return any(slot.role is role for slot in self.slots)

    @property
    def states_targets(self) -> bool:
        """Whether there is a column of target values; tables of scores have none."""
        return any(slot.role in _OF_TARGETS for slot in self.slots)

    def role_at(self, col: int) -> Column | None:
        """The role of the column, by position alone."""
        return next(
            (slot.role for slot in self.slots if slot.col <= col < slot.col + slot.width), None
        )

    def groups(self) -> tuple[Header, ...]:
        """One header per table, where two stand side by side; else the header itself."""
        starts = [0]
        seen_value = False
        for index, slot in enumerate(self.slots):
            if slot.role is Column.VALUE:
                seen_value = True
            elif seen_value and slot.role in _OPENS_GROUP and self._again(index):
                starts.append(index)
                seen_value = False
        if len(starts) == 1:
            return (self,)
        shared = tuple(slot for slot in self.slots[: starts[1]] if slot.role in _SHARED)
        ends = [*starts[1:], len(self.slots)]
        parts = [self.slots[start:end] for start, end in zip(starts, ends, strict=True)]
        return tuple(
            replace(self, slots=part if index == 0 else _with_shared(shared, part))
            for index, part in enumerate(parts)
        )

    def _again(self, index: int) -> bool:
        rest = {slot.role for slot in self.slots[index:]}
        return Column.NAME in rest and any(slot.role is Column.NAME for slot in self.slots[:index])


def _with_shared(shared: tuple[Slot, ...], part: tuple[Slot, ...]) -> tuple[Slot, ...]:
    own = {slot.role for slot in part}
    return tuple(slot for slot in shared if slot.role not in own) + part


def under_classes(groups: tuple[Header, ...], above: Row | None) -> tuple[Header, ...]:
    """Groups of columns that stand under a 一级 class each (产出指标 over 三级指标 | 指标值)."""
    if len(groups) == 1 or above is None:
        return groups
    classes = [token for token in above.tokens if level1(token.text)]
    return tuple(
        replace(group, level1=_class_over(group, classes) or group.level1) for group in groups
    )


def _class_over(group: Header, classes: list[Token]) -> str | None:
    names = [slot for slot in group.slots if slot.role is Column.NAME]
    return next((token.text for token in classes if names and names[0].covers(token)), None)


def read_header(row: Row) -> Header | None:
    """The header that a row of labels makes, or None if it is another kind of row."""
    if len(row.tokens) > WIDEST:
        return None
    named = [(token, columns(token.text)) for token in row.tokens]
    labelled = [(token, roles) for token, roles in named if roles]
    if len(labelled) < 2 or len(labelled) < 0.6 * len(named):
        return None
    if sum(1 for token, _ in labelled if level1(token.text) or level2(token.text)) > 1:
        return None
    slots = _slots(named)
    roles = {slot.role for slot in slots}
    if len(roles & _OF_ROWS) < 2 or Column.NAME not in roles:
        return None
    return Header(slots, starts=row.starts)


def _slots(named: list[tuple[Token, tuple[Column, ...]]]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for token, roles in named:
        role = roles[0] if roles else Column.OTHER
        if role is Column.UNIT and not any(slot.role in _OF_ROWS for slot in slots):
            role = Column.ORGANISATION
        first = next((slot for slot in slots if slot.role is Column.NAME), None)
        if role is Column.NAME and first and first.label != token.text:
            role = Column.DESCRIPTION  # 指标内容 beside 三级指标
        slots.append(Slot(role, token.col, token.colspan, token.text))
    roles_found = {slot.role for slot in slots}
    if Column.NAME not in roles_found:
        _rename_last(slots, Column.SECTION, Column.NAME)
    if Column.PROJECT not in roles_found and roles_found & {Column.BUDGET, Column.GOAL}:
        _rename_last(slots, Column.ORGANISATION, Column.PROJECT)  # 单位（专项）名称
    return tuple(slots)


def _rename_last(slots: list[Slot], role: Column, other: Column) -> None:
    for index in reversed(range(len(slots))):
        if slots[index].role is role:
            slots[index] = replace(slots[index], role=other)
            return


def refine(header: Header, row: Row) -> Header | None:
    """The header with a second row of labels under it (符号 | 值 | 单位), or None."""
    own = row.own
    labelled = [(token, columns(token.text)) for token in own]
    if not own or not all(roles for _, roles in labelled):
        return None
    if any(level2(token.text) or level1(token.text) for token in own):
        return None
    below = _slots([(token, roles) for token, roles in labelled])
    below = tuple(
        replace(slot, role=Column.UNIT) if slot.role is Column.ORGANISATION else slot
        for slot in below
    )
    columns_below = {col for slot in below for col in range(slot.col, slot.col + slot.width)}
    kept = [slot for slot in header.slots if slot.col not in columns_below]
    return Header(tuple(sorted([*kept, *below], key=lambda slot: slot.col)))
