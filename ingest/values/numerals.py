"""Chinese numerals as numbers (中文数字): 一百二十 → 120."""

from __future__ import annotations

import re

NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def read_numeral(text: str) -> int | None:
    """The number that a Chinese numeral below 10^12 spells, or ``None`` if it spells none.

    Digits in a row (二〇二四) are read one by one.
    """
    if not 0 < len(text) <= 16 or any(char not in NUMERALS for char in text):
        return None
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return None if "两" in text else int("".join(str(_DIGITS[char]) for char in text))
    total = 0
    for piece in re.split(r"(?<=[万亿])", text):
        part = _below_myriad(piece.rstrip("万亿"))
        scale = _MYRIADS.get(piece[-1:], 1)
        if part is None or (scale > 1 and not part):
            return None
        total += part * scale
    return total


def _below_myriad(text: str) -> int | None:
    """The number below 10,000 that a numeral without 万 spells: 一百二十 → 120."""
    total, smallest = 0, 10_000
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif _TENS[char] < smallest:
            smallest = _TENS[char]
            total += (1 if digit is None else digit) * smallest
            digit = None
        else:
            return None
    return total + (digit or 0)
