"""Key–value heads of forms: names, units, funds, payment plan, goal (表头).

Keys are known words, a value is what stands beside its key, or below it where a row holds
keys alone (3月底 | 6月底 … over 25% | 50% …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.layout.labels import Field
from ingest.layout.labels import field as field_of
from ingest.layout.rows import Row, Token
from ingest.text import fold
from ontology.model import Place

MONEY_FIELDS = (Field.BUDGET, Field.FISCAL, Field.OTHER_FUNDS, Field.CARRYOVER)
_TEXT_FIELDS = frozenset(
    {Field.GOAL, Field.BASIS, Field.OVERVIEW, Field.PURPOSE, Field.FUNDS, Field.TASKS}
)
_INLINE = re.compile(r"([^：:]{2,14})[：:](.+)", re.DOTALL)
_MONTH = re.compile(r"(?:截至)?(\d{1,2})月底?前?|第?([一二三四1-4])季度")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%?")
_AMOUNT = re.compile(r"(-?[\d,，]+(?:\.\d+)?)(亿元|万元|元)?")
_UNIT_IN_KEY = re.compile(r"(亿元|万元|元)")
_SCALE = {"亿元": 1e8, "万元": 1e4, "元": 1.0}


def amount_yuan(text: str, unit: str) -> float | None:
    """An amount of money in yuan; ``unit`` (元, 万元, 亿元) holds where the text has none."""
    match = _AMOUNT.fullmatch(re.sub(r"\s", "", text).rstrip("。"))
    if not match:
        return None
    number = float(re.sub("[,，]", "", match[1]))
    return round(number * _SCALE[match[2] or unit], 2)


@dataclass(slots=True)
class Head:
    """The facts of one form's head, as they are read (表头)."""

    texts: dict[Field, str] = field(default_factory=dict)
    places: dict[Field, Place] = field(default_factory=dict)
    amounts: dict[Field, float] = field(default_factory=dict)
    plan: dict[str, float] = field(default_factory=dict)

    def put(self, key: Field, text: str, place: Place) -> None:
        """Keep a text; a second one of a long text is its continuation."""
        if key in self.texts and key in _TEXT_FIELDS:
            self.texts[key] += text
        else:
            self.texts.setdefault(key, text)
            self.places.setdefault(key, place)


def keys(row: Row) -> list[Field]:
    """The fields that a row names, in order."""
    found = [_key_of(token) for token in row.own]
    return [key for key in found if key]


def _key_of(token: Token) -> Field | None:
    inline = _INLINE.fullmatch(token.text)
    return field_of(token.text) or (field_of(inline[1]) if inline else None)


def begins_with_key(row: Row) -> bool:
    """Whether the row's first cell names a field or a month of the payment plan."""
    return bool(row.own) and (_key_of(row.own[0]) is not None)


class HeadReader:
    """Reads the rows of a head one by one into a :class:`Head`."""

    def __init__(self, head: Head, unit: str | None) -> None:
        self.head = head
        self.unit = unit
        self._section: Field | None = None
        self._waiting: list[tuple[Token, Field | str]] = []
        self._read_in_row: set[Field] = set()

    def row(self, row: Row) -> None:
        """Read one row. A key named twice in it stands for a period and for the year (实施期,
        年度), in this order: the year's value is kept."""
        tokens = row.own
        self._read_in_row.clear()
        if self._waiting and self._below(tokens, row.place):
            return
        self._waiting = []
        index = 0
        while index < len(tokens):
            index += self._cell(tokens, index, row.place)

    def _cell(self, tokens: tuple[Token, ...], index: int, place: Place) -> int:
        """Read the cell at an index; returns how many cells were used."""
        token = tokens[index]
        month = _month(token.text)
        if month:
            self._waiting.append((token, month))
            return 1
        key = field_of(token.text)
        if key is None:
            inline = _INLINE.fullmatch(token.text)
            if inline and (inner := field_of(inline[1])):
                self._keep(inner, inline[2].strip(), place)
            elif self._section in _TEXT_FIELDS:
                section = Field.PURPOSE if self._section is Field.FUNDS else self._section
                self._keep(section, token.text, place)
            return 1
        self._section = key
        if self.unit is None and key in (Field.FUNDS, *MONEY_FIELDS):
            unit = _UNIT_IN_KEY.search(token.text)
            self.unit = unit[1] if unit else None
        if not self._is_value(key, tokens[index + 1 :]):
            self._waiting.append((token, key))
            return 1
        following = tokens[index + 1]
        self._keep(key, following.text, place)
        return 2

    @staticmethod
    def _is_value(key: Field, rest: tuple[Token, ...]) -> bool:
        """Whether the next cell is the key's value; words of the key itself may be (中长期目标)."""
        if not rest or _month(rest[0].text):
            return False
        named = _key_of(rest[0])
        return named is None or (named is key and len(rest) == 1)

    def _keep(self, key: Field, text: str, place: Place) -> None:
        if key in self._read_in_row:
            self.head.texts.pop(key, None)
            self.head.amounts.pop(key, None)
        self._read_in_row.add(key)
        if key in MONEY_FIELDS or key is Field.FUNDS:
            amount = amount_yuan(text, self.unit or "万元")
            if amount is not None:
                kind = Field.BUDGET if key is Field.FUNDS else key
                self.head.amounts.setdefault(kind, amount)
                return
        if key is not Field.FUNDS:
            self.head.put(key, text, place)

    def _below(self, tokens: tuple[Token, ...], place: Place) -> bool:
        """Values under a row of keys, by column: numbers, or a text under every other key."""
        keyed = {token.col: key for token, key in self._waiting}
        numbers = all(_AMOUNT.fullmatch(fold(token.text).rstrip("%")) for token in tokens)
        texts = len(tokens) > 1 and all(token.col in keyed for token in tokens)
        if not numbers and (not texts or any(map(_key_of, tokens))):
            return False
        for token in tokens:
            key = keyed.get(token.col)
            percent = _PERCENT.fullmatch(fold(token.text))
            if isinstance(key, Field):
                if key in MONEY_FIELDS or not numbers:
                    self._keep(key, token.text, place)
            elif key and percent:
                self.head.plan[key] = float(percent[1])
        self._waiting = []
        return True


def _month(text: str) -> str | None:
    match = _MONTH.fullmatch(fold(text))
    if not match:
        return None
    if match[1]:
        return str(int(match[1]))
    return str(3 * ("一二三四".find(match[2]) + 1 or int(match[2])))
