"""The signs of a target value (计算符号), as characters and in words.

不低于 and 以上 include the bound (《民法典》第一千二百五十九条),
超过 and 不足 do not.
"""

from __future__ import annotations

import re

from ingest.values.printed import plain
from ontology.model import Operator

_SYMBOLS: dict[Operator, str] = {
    "≥": r"≥|≧|⩾|≽|⪰|≮|>\s?=|=\s?>|》\s?=|〉\s?=|>/=|≥=",
    "≤": r"≤|≦|⩽|≼|⪯|≯|<\s?=|=\s?<|《\s?=|〈\s?=|</=|≤=",
    ">": r">|﹥|〉",
    "<": r"<|﹤|〈",
    "=": r"==|=|﹦",
    "≈": r"≈|≒|≌|∽|~|约",
}
# Words before a number, longest first within a sign.
_WORDS: dict[Operator, str] = {
    "≥": r"(?:大于|高于|多于)(?:或者?|且)?等于|[不未](?:得|能|应)?(?:低|少|小)于"
    r"|不低於|至少|最低|最少|不下于",
    "≤": r"(?:小于|低于|少于)(?:或者?|且)?等于"
    r"|(?:最[高多])?[不未](?:得|能|应)?(?:高于|超过?|大于|多于|突破)"
    r"|最[高多]|至多|控制在",
    ">": r"大于|高于|多于|超过|超出|突破|超",
    "<": r"小于|低于|少于|不足|不到|不满",
    "=": r"等于",
    "≈": r"大约|约为|约|大概|接近|将近|近",
}
# Words after a number, and signs that print puts there.
_AFTER: dict[Operator, str] = {
    "≥": r"(?:及|或|[（(]含[）)])?以上(?:[（(]含[^（）()]{0,8}[）)])?|起$",
    "≤": r"(?:及|或|[（(]含[）)])?(?:以内|之内|以下)(?:[（(]含[^（）()]{0,8}[）)])?|内",
    "≈": r"左右|上下",
}
# ≥ and ≤ as scanners misread them; certain only right before a number.
_MISREAD: dict[Operator, str] = {"≥": r"》|工|之|[zZ](?=\d)", "≤": r"《"}
_ALONE: dict[str, Operator] = {"》": "≥", "《": "≤"}


def _pattern(table: dict[Operator, str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<s{index}>{words})" for index, words in enumerate(table.values()))
    )


_BEFORE_PATTERN = _pattern(
    {sign: f"{_SYMBOLS[sign]}|{_WORDS[sign]}" for sign in ("≥", "≤", ">", "<", "=", "≈")}
)
_SYMBOL_PATTERN = _pattern(_SYMBOLS)
_AFTER_PATTERN = _pattern(_AFTER)
_MISREAD_PATTERN = _pattern(_MISREAD)
_BLANK = re.compile(r"\s+")


def sign_before(text: str, position: int = 0) -> tuple[Operator, int] | None:
    """The sign at ``position`` and where it ends, in symbols or words."""
    if (match := _BEFORE_PATTERN.match(text, position)) is not None:
        return _sign(match, tuple(_SYMBOLS)), match.end()
    if (match := _MISREAD_PATTERN.match(text, position)) is not None and _digit_at(
        text, match.end()
    ):
        return _sign(match, tuple(_MISREAD)), match.end()
    return None


def sign_after(text: str, position: int) -> tuple[Operator, int] | None:
    """The sign in words that stands after number and unit: 以上, 以内, 左右."""
    match = _AFTER_PATTERN.match(text, position)
    return (_sign(match, tuple(_AFTER)), match.end()) if match else None


def find_symbol(text: str) -> int | None:
    """Where the first sign in symbols stands, if there is one."""
    match = _SYMBOL_PATTERN.search(text)
    return match.start() if match else None


def read_operator(text: str | None) -> Operator | None:
    """The sign that a cell of its own holds; 定性, 正向指标 and the like are none."""
    words = _BLANK.sub("", plain(text or ""))
    if not words:
        return None
    found = sign_before(words)
    if found and found[1] == len(words):
        return found[0]
    return _ALONE.get(words)


def is_operator(text: str) -> bool:
    """Whether a cell holds a sign and nothing else."""
    return read_operator(text) is not None


def _digit_at(text: str, position: int) -> bool:
    return bool(re.match(r"\s?\d", text[position : position + 2]))


def _sign(match: re.Match[str], signs: tuple[Operator, ...]) -> Operator:
    return signs[int((match.lastgroup or "s0")[1:])]
