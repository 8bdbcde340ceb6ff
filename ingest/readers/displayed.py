"""Numbers as a sheet displays them (数字格式): 0.95 under 0% is printed 95%.

The formats are those of ECMA-376 part 1 §18.8.30 and §18.8.31, the built-in ones as a Chinese
office shows them.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_FULL_DATE, _CLOCK = 'yyyy"年"m"月"d"日"', 'h"时"mm"分"'
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "General",
    13: "General",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    41: "#,##0",
    42: "¥#,##0",
    43: "#,##0.00",
    44: "¥#,##0.00",
    47: "mm:ss",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _FULL_DATE,
    32: _CLOCK,
    33: 'h"时"mm"分"ss"秒"',
    34: _CLOCK,
    35: 'h"时"mm"分"ss"秒"',
    55: _CLOCK,
    56: 'h"时"mm"分"ss"秒"',
}
# What a format is made of. A letter after "_" or "*" only sets a width.
_TOKENS = re.compile(
    r""""(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<width>[_*].)|\[(?P<bracket>[^\]]*)\]"""
    r"|(?P<General>General)|(?P<E>E[+-]0+)|(?P<number>[#0?.,]*[#0?][#0?.,]*)|(?P<percent>%)"
    r"|(?P<date>AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+|aaaa?|e+)|(?P<end>;)|(?P<whole>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"

_Token = tuple[str, str]  # kind (a group of _TOKENS, "text" or "elapsed") and text


@lru_cache(maxsize=10_000)
def displayed(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as the format ``code`` displays it."""
    sections = _sections(code)
    index = 1 if value < 0 and len(sections) > 1 else 0
    if value == 0 and len(sections) > 2:
        index = 2
    tokens = sections[index]
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed"}:
        return _date(value, tokens, since_1904=since_1904)
    if not tokens or kinds & {"E", "whole"}:
        return _plain(value)
    if not kinds & {"number", "General"}:
        return "".join(text for _, text in tokens).strip()
    text, is_zero = _number(abs(value), tokens)
    return f"-{text}" if value < 0 and index == 0 and not is_zero else text


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The sections of a format for positive numbers, negative ones, zero and text."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKENS.finditer(code):
        kind = match.lastgroup or ""
        if kind == "end":
            sections.append([])
        elif kind == "bracket":
            sections[-1] += _bracketed(match["bracket"])
        elif kind in {"quoted", "escaped", "other"}:
            sections[-1].append(("text", match[kind]))
        elif kind != "width":
            sections[-1].append((kind, match[0].lower()))
    return tuple(map(tuple, sections))


def _bracketed(text: str) -> list[_Token]:
    """Elapsed hours or a currency; colours, conditions and languages print nothing."""
    if _ELAPSED.fullmatch(text):
        return [("elapsed", text.lower())]
    currency = text[1:].partition("-")[0] if text.startswith("$") else ""
    return [("text", currency)] if currency else []


def _number(value: float, tokens: tuple[_Token, ...]) -> tuple[str, bool]:
    """A number without its sign, and whether nothing but zero is left of it."""
    code = "".join(text for kind, text in tokens if kind == "number")
    percents = sum(kind == "percent" for kind, _ in tokens)
    written, digits = False, _plain(value)
    if code:
        digits = _digits(value, code, percents)
    parts = []
    for kind, text in tokens:
        if kind in {"number", "General"}:
            parts.append("" if written else digits)
            written = True
        else:
            parts.append(text)
    return "".join(parts).strip(), not any(char in "123456789" for char in digits)


def _digits(value: float, code: str, percents: int) -> str:
    """The digits under a code such as #,##0.00; trailing commas divide by a thousand each."""
    scale = len(code) - len(code.rstrip(","))
    whole, _, fraction = code.rstrip(",").partition(".")
    most, least = len(fraction), fraction.count("0")
    try:
        number = Decimal(repr(value)) * 100**percents / 1000**scale
        rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    except InvalidOperation:
        return _plain(value)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    head, _, tail = text.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    head = head.rjust(whole.count("0"), "0")
    if head == "0" and "0" not in whole:
        head = ""
    return f"{head}.{tail}" if tail else head


def _plain(value: float) -> str:
    """A number under General: up to eleven digits, whole numbers in full."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.11g}"
    return text if "e" in text else text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: float, tokens: tuple[_Token, ...], *, since_1904: bool) -> str:
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 local
    try:
        moment = start + timedelta(days=value, microseconds=1)
    except OverflowError:
        return _plain(value)
    half = any(text in {"am/pm", "a/p", "上午/下午"} for _, text in tokens)
    parts = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            seconds = {"h": 3600, "m": 60, "s": 1}[text[0]]
            parts.append(str(int(value * 86400 // seconds)).rjust(len(text), "0"))
        elif kind == "date":
            parts.append(_date_part(moment, text, half=half, minutes=_minutes(tokens, index)))
        else:
            parts.append(text)
    return "".join(parts).strip()


def _minutes(tokens: tuple[_Token, ...], index: int) -> bool:
    """Whether an m stands for minutes: it follows hours or comes before seconds."""
    times = [(at, text[0]) for at, (kind, text) in enumerate(tokens) if kind in {"date", "elapsed"}]
    place = [at for at, _ in times].index(index)
    before = times[place - 1][1] if place else ""
    after = times[place + 1][1] if place + 1 < len(times) else ""
    return before == "h" or after == "s"


def _date_part(moment: datetime, code: str, *, half: bool, minutes: bool) -> str:
    words = {
        "am/pm": "AM" if moment.hour < 12 else "PM",
        "a/p": "A" if moment.hour < 12 else "P",
        "上午/下午": "上午" if moment.hour < 12 else "下午",
        "aaa": _WEEKDAYS[moment.weekday()],
        "aaaa": "星期" + _WEEKDAYS[moment.weekday()],
        "yy": f"{moment.year % 100:02}",
        "ddd": f"{moment:%a}",
        "dddd": f"{moment:%A}",
        "mmm": f"{moment:%b}",
        "mmmm": f"{moment:%B}",
    }
    if code in words:
        return words[code]
    numbers = {
        "y": moment.year,
        "e": moment.year,
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": (moment.hour - 1) % 12 + 1 if half else moment.hour,
        "s": moment.second,
    }
    number = numbers.get(code[0], 0)
    return f"{number:02}" if len(code) > 1 else str(number)
