"""Which cell of a row plays which role (列对齐).

In text the columns of a row slip to the left or right, so a column index proves little.
The cells keep their order, though, and tell much by their contents: so the roles are the
best order-preserving assignment of cells to slots, by what each cell says and where it
stands, over a few shifts of the whole row. In formats with real cells (HTML, Word, Excel,
ruled PDF) the position weighs most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.layout.header import Header, Slot
from ingest.layout.labels import Column, columns, is_cut_label, level1, level2, says_indicator
from ingest.layout.rows import Row, Token
from ingest.values import is_operator, looks_like_value

_NUMBER = re.compile(r"[+-]?[\d,，]+(?:\.\d+)?%?")
_MONEY = re.compile(r"[+-]?[\d,，]+(?:\.\d+)?(?:万?元)?")
_UNIT = re.compile(r"[^\d≥≤<>=＝]{1,8}|%|‰")
_DIRECTION = re.compile(r"(正|反|逆|负|适度|中性)向?(指标)?.{0,4}|越[高多大小低少]越好|无")
_ORGANISATION = re.compile(
    r"^\[?\d{3,}|(局|厅|委|部|院|中心|学校|政府|办公室|法院|公司|部门|所|站|会)$"
)
_LEFT_OUT = -1.5

Assignment = Mapping[Column, Token]
_Pairs = list[tuple[int, int]]  # (token, slot)


def assign(row: Row, header: Header) -> Assignment:
    """The role of each cell of the row that has one."""
    tokens = [token for token in row.tokens if not _is_section(token, header, row)]
    slots = tuple(slot for slot in header.slots if slot.role is not Column.SECTION)
    shifts = (0,) if row.exact else (0, -1, 1, -2, 2)
    content = [[_CONTENT.get(slot.role, _text)(token.text) for slot in slots] for token in tokens]

    def candidate(shift: int) -> tuple[float, _Pairs]:
        fit = [
            [
                says + _place(token, slot, shift, exact=row.exact)
                for says, slot in zip(line, slots, strict=True)
            ]
            for line, token in zip(content, tokens, strict=True)
        ]
        score, pairs = _best(fit, len(slots))
        named = any(slots[column].role is Column.NAME for _, column in pairs)
        return score - 0.6 * abs(shift) + 0.5 * named, pairs

    _, best = max(map(candidate, shifts), key=lambda found: found[0])
    roles = {slots[slot].role: tokens[token] for token, slot in best}
    return _name_before_class(roles)


def _is_section(token: Token, header: Header, row: Row) -> bool:
    """The vertical label of the whole block (年度绩效指标), which belongs to no row."""
    if row.exact:
        return header.role_at(token.col) is Column.SECTION
    return columns(token.text) == (Column.SECTION,)


def _best(fit: list[list[float]], slots: int) -> tuple[float, _Pairs]:
    """Highest score and its (token, slot) pairs: an order-preserving assignment."""
    table: list[list[float]] = [[0.0] * (slots + 1)]
    steps: list[list[bool]] = []
    for above_index, scores in enumerate(fit):
        above = table[above_index]
        line, taken = [above[0] + _LEFT_OUT], [False]
        for column, score in enumerate(scores, start=1):
            take = above[column - 1] + score
            leave = max(line[column - 1], above[column] + _LEFT_OUT)
            line.append(max(take, leave))
            taken.append(take > leave)
        table.append(line)
        steps.append(taken)
    return table[-1][-1], _trace(table, steps, slots)


def _trace(table: list[list[float]], steps: list[list[bool]], column: int) -> _Pairs:
    pairs = []
    index = len(steps)
    while index and column:
        if steps[index - 1][column]:
            index, column = index - 1, column - 1
            pairs.append((index, column))
        elif table[index][column] == table[index][column - 1]:
            column -= 1
        else:
            index -= 1
    return pairs


def _place(token: Token, slot: Slot, shift: int, *, exact: bool) -> float:
    """How well a cell stands under a label."""
    under = slot.covers(token, shift)
    if exact:
        return 4.0 if under else -3.0
    if under:
        return 1.2
    return 0.4 if slot.covers(token, shift - 1) or slot.covers(token, shift + 1) else 0.0


def _text(text: str) -> float:
    return -2.0 if is_operator(text) else 0.3


def _level1(text: str) -> float:
    if level1(text) is None:
        return -3.0
    if level2(text):  # 成本指标, 满意度指标: likelier the 二级 class
        return 1.8
    return 3.0 if says_indicator(text) else 1.5


def _level2(text: str) -> float:
    if level2(text) is None:
        return 1.0 if is_cut_label(text) else -3.0
    return 3.0 if says_indicator(text) else 1.5


def _name(text: str) -> float:
    if is_operator(text) or _NUMBER.fullmatch(text):
        return -4.0
    if says_indicator(text) and (level1(text) or level2(text)):
        return -1.5
    return 0.5 - 2.0 * max(0.0, looks_like_value(text) - 0.5)


def _value(text: str) -> float:
    if says_indicator(text) and (level1(text) or level2(text)):
        return -2.0
    return 2.5 * looks_like_value(text) - 0.5


def _matching(pattern: re.Pattern[str], right: float, wrong: float) -> Callable[[str], float]:
    return lambda text: right if pattern.fullmatch(text) else wrong


def _operator(text: str) -> float:
    return 3.0 if is_operator(text) or text in {"定性", "定量"} else -3.0


def _unit(text: str) -> float:
    return 0.8 if _UNIT.fullmatch(text) and not is_operator(text) else -2.0


def _organisation(text: str) -> float:
    return 1.5 if _ORGANISATION.search(text) else -1.0


def _project(text: str) -> float:
    return -3.0 if _NUMBER.fullmatch(text) else 0.3 - _organisation(text) / 3


_CONTENT: dict[Column, Callable[[str], float]] = {
    Column.LEVEL1: _level1,
    Column.LEVEL2: _level2,
    Column.NAME: _name,
    Column.VALUE: _value,
    Column.INTERIM: _value,
    Column.LONG_TERM: _value,
    Column.ACTUAL: _value,
    Column.OPERATOR: _operator,
    Column.UNIT: _unit,
    Column.WEIGHT: _matching(_NUMBER, 1.0, -2.0),
    Column.SCORE: _matching(_NUMBER, 1.0, -2.0),
    Column.SEQ: _matching(_NUMBER, 1.5, -2.0),
    Column.BUDGET: _matching(_MONEY, 2.0, -3.0),
    Column.DIRECTION: _matching(_DIRECTION, 2.0, -1.0),
    Column.ORGANISATION: _organisation,
    Column.PROJECT: _project,
}


def _name_before_class(roles: dict[Column, Token]) -> dict[Column, Token]:
    """A row with a value but no name names its indicator like the class (满意度指标 | ≥95%)."""
    if Column.NAME in roles or Column.VALUE not in roles:
        return roles
    for role in (Column.LEVEL2, Column.LEVEL1):
        if role in roles and roles[role].col < roles[Column.VALUE].col:
            if roles[role].carried:
                continue
            return {
                **{key: token for key, token in roles.items() if key is not role},
                Column.NAME: roles[role],
            }
    return roles
