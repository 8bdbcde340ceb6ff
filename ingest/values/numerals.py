"""Chinese numerals as numbers (中文数字): 一百二十 → 120."""

from __future__ import annotations

NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def read_numeral(text: str) -> int | None:
    """The number that a Chinese numeral below 10^12 spells, or ``None`` if it spells none.

    Digits in a row (二〇二四) are read one by one.
    """
    if not text or len(text) > 16 or any(char not in NUMERALS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        if len(text) > 1 and "两" in text:
            return None
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    smallest = 10_000
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            if _TENS[char] >= smallest:
                return None
            smallest = _TENS[char]
            section += (1 if digit is None else digit) * smallest
            digit = None
        else:
            if not section + (digit or 0):
                return None
            total = (total + section + (digit or 0)) * _MYRIADS[char]
            section, digit, smallest = 0, None, 10_000
    return total + section + (digit or 0)
