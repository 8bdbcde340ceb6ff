"""From the printed value to sign, number and unit, or to words (指标值解析).

Choices where the contract leaves room:

- A value in words keeps its words whole, the sign among them (≤预算批复金额), and has no
  operator, as the contract says; the same for shares of something (当地最低工资标准的70%).
- Dates and deadlines (12月底前, 2024年) are words: their numbers measure nothing.
- A plain range (10-20人) is "=" with both ends; with a printed sign it keeps that sign.
- 万 and 亿 stay in the unit (≥9.8万人 → 9.8 万人), and so does what a share is of (1.5%贷款总量).
- 每人5000元 is 5000 元: the unit as written.
- LaTeX is the scanner's, not the printer's: the text of the value shows the characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.values.numerals import NUMERALS, read_numeral
from ingest.values.placeholders import is_placeholder
from ingest.values.printed import plain, shown
from ingest.values.signs import find_symbol, read_operator, sign_after, sign_before
from ingest.values.units import is_dated, read_unit
from ontology.model import Operator, Value

_NUMBER = re.compile(r"\s?([+-]?(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,10})?)(?![\d.])")
_HUNDREDTHS = re.compile(rf"(百|千)分之([{NUMERALS}]+|\d+(?:\.\d+)?)")
_NUMERAL = re.compile(rf"[{NUMERALS}]{{1,12}}(?=[^{NUMERALS}])")
_RANGE = re.compile(r"\s?(?:[-–—~－]{1,2}|至|到)\s?")
_AND = re.compile(r"\s?(?:且|并且|，|,|；|;|、|和)?\s?")
_MORE_THAN = re.compile(r"余|多(?=[^\d])")
# Verbs before a number that add nothing to it, and 每人 before an amount.
_VERB = re.compile(
    r"(?:应|需|须|力争|争取|确保|基本|达到了?|达|完成|实现|保持在?|维持在?|稳定在|控制到|为|在|占比?|不断|全年|年均"
    r"|平均|人均|累计|总计|共计|共|合计|按|标准|补[贴助]|奖励|(?:较|比)[上去]年|同比|环比"
    r"|(?:提[高升]|增[长加]|下降|降低|减少)(?:至|到)?|每(?:季度|[^\d，,、。≥≤]))"
)
_MEASURE = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()、“”\"]{2,20}(?:率|度|数|量|额|成本|费用|比例|时间|天数|人员)[：:为]?$"
)
_STATEMENT = re.compile(r"达到?|不[低少]于|不超过|\d")
_SUBSTANCE = re.compile(r"PM2\.5|PM10")
# 90%≤满意度≤100%.
_BETWEEN = re.compile(r"([\d.,]+%?)\s?([≤<])[^\d≤<≥>]{1,12}([≤<]\s?[\d.,]+[^\d≤<]{0,6})")
_REMARK = re.compile(r"[（(][^（）()]{1,20}[）)]")
_MORE_IN_UNIT = re.compile(r"([万亿千百])[余多](.+)")
_EMPTY = re.compile(r"[-—–/／\\\s_.。·]*")
# ≥ read as 2 by a scanner: a share above 100% that is a usual share without its first digit.
_TWO_FOR_SIGN = re.compile(r"2(?:\s+(?=\d+(?:\.\d+)?\s?%)|(?=(?:[89]\d(?:\.\d+)?|100)\s?%$))")
_SHARED_BLANK = re.compile(r"(?<=\d)\s+(?=\d)|(?<=\d)\s+(?=\.)|(?<=\.)\s+(?=\d)")


# A longer cell states more than one amount.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Amount:
    """Sign, number and unit as read from a stretch of text."""

    operator: Operator | None
    value: float
    unit: str | None
    end: int
    value_max: float | None = None

    @property
    def signed(self) -> bool:
        """Whether print says more than the bare number."""
        return self.operator is not None and self.value_max is None


def parse_value(text: str, *, operator: str | None = None, unit: str | None = None) -> Value:
    """The target value printed in a cell.

    ``operator`` and ``unit`` are what stood in cells of their own (计算符号, 指标性质; 度量单位).
    Never raises: what is no number is kept in words, a template's placeholder or a dash is
    kept in ``text`` alone.
    """
    sign = read_operator(operator)
    own_unit = _unit_cell(unit)
    body = shown(text)
    printed = _as_printed(body, sign or "", own_unit or "")
    if _EMPTY.fullmatch(body) or is_placeholder(printed) or is_placeholder(body):
        return Value(text=printed if body else None)
    amount = _read(plain(body), has_sign=sign is not None, has_unit=own_unit is not None)
    if amount is None:
        words = body.lstrip("=＝") or body
        return Value(text=_as_printed(body, sign or "", ""), unit=own_unit, qualitative=words)
    return Value(
        text=printed,
        operator=amount.operator or sign or "=",
        value=amount.value,
        value_max=amount.value_max,
        unit=_joint_unit(amount.unit, own_unit),
    )


def _unit_cell(unit: str | None) -> str | None:
    words = shown(plain(unit or "")).strip("（）() ")
    return None if _EMPTY.fullmatch(words) or words in {"无", "其他", "其它", "空"} else words


def _as_printed(body: str, sign: str, unit: str) -> str:
    """Sign, number and unit of split cells put together, nothing twice."""
    if sign and sign_before(plain(body)) is not None:
        sign = ""
    if unit and (body.endswith(unit) or not body):
        unit = ""
    return f"{sign}{body}{unit}"


def _joint_unit(printed: str | None, cell: str | None) -> str | None:
    """The unit of both cells: 9.8万 beside 人 is 万人."""
    if not printed or not cell:
        return printed or cell
    if printed in {"万", "亿", "千", "百", "百万", "千万"} and not cell.startswith(printed):
        return f"{printed}{cell}"
    return cell if cell.startswith(printed) else printed


def _read(text: str, *, has_sign: bool, has_unit: bool) -> _Amount | None:
    """The one amount that ``text`` states, or ``None`` where it is words."""
    text = text.strip().rstrip("。；;，, ")
    if len(text) > _LONGEST:
        return None
    readings = [text]
    if _SHARED_BLANK.search(text):
        readings.append(re.sub(r"\s", "", text))
    for candidate in [each for reading in readings for each in _candidates(reading)]:
        amount = _whole(candidate)
        if amount is None:
            continue
        signed = has_sign or amount.signed
        if has_unit or not is_dated(candidate, amount.unit, amount.value, signed=signed):
            return amount
    return None


def _candidates(text: str) -> list[str]:
    """The text itself; read with 2 as a misread ≥; and what follows a measure's name."""
    found = [text]
    if match := _BETWEEN.fullmatch(text):
        return [f"{'≥' if match[2] == '≤' else '>'}{match[1]}且{match[3]}"]
    if match := _TWO_FOR_SIGN.match(text):
        found.insert(0, f"≥{text[match.end() :]}")
    symbol = find_symbol(text[:30])
    number = _STATEMENT.search(text[:40])
    if symbol and not re.search(r"\d", _SUBSTANCE.sub("", text[:symbol])):
        found.append(text[symbol:])
    elif number and _MEASURE.fullmatch(text[: number.start()]):
        found.append(text[number.start() :])
    return found


def _whole(text: str) -> _Amount | None:
    """An amount that fills the whole text, with its range and its words after it."""
    first = _amount(text, 0)
    if first is None:
        return None
    if first.end == len(text):
        return first
    for separator, ends in ((_RANGE, {None, "≥", "≤", "≈", first.operator}), (_AND, {"≤", "<"})):
        between = separator.match(text, first.end)
        second = _amount(text, between.end()) if between else None
        if second and second.end == len(text) and second.operator in ends:
            return _range(first, second)
    return None


def _range(first: _Amount, second: _Amount) -> _Amount | None:
    if second.value < first.value or (first.unit and second.unit and first.unit != second.unit):
        return None
    return replace(
        first,
        operator=first.operator or (second.operator if second.operator == "≈" else "="),
        value_max=second.value,
        unit=second.unit or first.unit,
        end=second.end,
    )


def _amount(text: str, start: int) -> _Amount | None:
    """Sign, verb, number, unit and words after it, from ``start`` on."""
    operator, position = _before_number(text, start)
    number = _number(text, position)
    if number is None:
        return None
    value, unit, position, chinese = number
    if more := _MORE_THAN.match(text, position):
        operator, position = operator or ">", more.end()
    if unit is None:
        unit, position = read_unit(text, position, chinese=chinese)
        if unit and (odd := _MORE_IN_UNIT.match(unit)):
            operator, unit = operator or ">", f"{odd[1]}{odd[2]}"
        if chinese and unit is None:
            return None
    if after := sign_after(text, position):
        operator, position = operator or after[0], after[1]
    elif remark := _REMARK.match(text, position):
        position = remark.end()
    return _Amount(operator, value, unit, position)


def _before_number(text: str, position: int) -> tuple[Operator | None, int]:
    """The sign before a number, with the verbs around it, and where the number begins."""
    operator: Operator | None = None
    for _ in range(4):
        if sign := sign_before(text, position):
            operator, position = operator or sign[0], sign[1]
        elif verb := _VERB.match(text, position):
            position = verb.end()
        else:
            break
        while text[position : position + 1].isspace():
            position += 1
    return operator, position


def _number(text: str, position: int) -> tuple[float, str | None, int, bool] | None:
    """Value, unit if the numeral has it in itself (百分之), end, and whether in Chinese."""
    if match := _HUNDREDTHS.match(text, position):
        share = read_numeral(match[2]) if not match[2][0].isdigit() else float(match[2])
        if share is not None:
            return float(share), "%" if match[1] == "百" else "‰", match.end(), True
    if match := _NUMBER.match(text, position):
        return float(re.sub(r"[,，]", "", match[1])), None, match.end(), False
    if match := _NUMERAL.match(text, position):
        value = read_numeral(match.group())
        if value is not None:
            return float(value), None, match.end(), True
    return None
