"""What a public query may not do (查询检查): fetch over the network, or change anything.

Oxigraph's parser takes ``SERVICE`` glued to what stands before and after it (``trueSERVICE:x``),
so the words are looked for in all text that is not a string, an IRI, a comment, a variable or
the part of a prefixed name behind its colon.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.errors import QueryRefused

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SKIPPED: Final = re.compile(
    r"""
      '''(?:[^'\\]|\\.|'(?!''))*'''
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
    | '(?:[^'\\\n\r]|\\.)*'
    | "(?:[^"\\\n\r]|\\.)*"
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n\r]*
    | [?$]\w+
    | :(?:\w|\\[^\w\s\#])(?:[\w-]|\\[^\w\s\#])*
    """,
    re.VERBOSE | re.DOTALL,
)
_DOUBTFUL: Final = re.compile(r"<.*[)].*(?:[\"'#]|service)", re.IGNORECASE)
"""What looks like an IRI, but may be a comparison whose brackets close inside it: (1<2)#…>."""
_PROLOGUE: Final = re.compile(r"\s*(?:BASE|PREFIX\s+[^\s:]*:)", re.IGNORECASE)
_WORD: Final = re.compile(r"\s*([A-Za-z]+)")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)


def check(text: str) -> None:
    """Raises :class:`QueryRefused` (codes ``service``, ``update``)."""
    for reading in {text, _decoded(text)}:
        doubtful = any(_DOUBTFUL.match(each[0]) for each in _SKIPPED.finditer(reading))
        if doubtful or re.search("SERVICE", _bare(reading), re.IGNORECASE):
            raise QueryRefused(
                "这里不执行 SERVICE（联邦查询）；前缀也不能叫 service。", code="service"
            )
        if _first_word(reading) in _UPDATES:
            raise QueryRefused("这个端点只读，不接受 SPARQL 更新。", code="update")


def form(text: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; ``None`` for anything else."""
    word = _first_word(_decoded(text))
    return word if word in _FORMS else None


def _decoded(text: str) -> str:
    r"""With \uXXXX read as characters, which SPARQL does before anything else (§19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else " "

    return _ESCAPE.sub(character, text)


def _bare(text: str) -> str:
    """Without strings, IRIs, comments, variables and local names.

    One scan from left to right: ``x:a\\'`` is a name and opens no string, and ``:-1SERVICE`` is a
    name without a local part, a number and the keyword.
    """
    return _SKIPPED.sub(" ", text)


def _first_word(text: str) -> str:
    """The first keyword behind the prologue."""
    rest = _bare(text)
    while match := _PROLOGUE.match(rest):
        rest = rest[match.end() :]
    word = _WORD.match(rest)
    return word[1].upper() if word else ""
