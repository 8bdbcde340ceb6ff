"""Placeholders that a template's author left for the number (模板占位)."""

from __future__ import annotations

import re

from ingest.values.printed import plain

_MASK = re.compile(r"[*＊xX×✕Ⅹ_＿○〇□△◯]{2,}|[（(]\s*[）)]|[?？]{2,}|-{3,}")
_SINGLE = re.compile(r"[*xX×○□△N](?=\s*(?:[%‰]|人|次|个|万|元|天|项|户|家|场|$))")
_UNFILLED = re.compile(
    r"[≥≤=<>≈]?\s*(?:…+|\.{3,})[%‰人次个元]?|[≥≤=<>≈]\s*[%‰人次个元天项户家场万]{0,3}|[%‰]|(?:请|按实际|根据实际)?(?:填写|填报)[^\d]{0,10}"
)


def is_placeholder(text: str) -> bool:
    """Whether a cell waits for its number: ≥**人, XX%, ××, ≥ % and no digit anywhere."""
    words = plain(text).strip()
    if not words or len(words) > 30 or re.search(r"\d", words):
        return False
    if _MASK.search(words) or _UNFILLED.fullmatch(words):
        return True
    return bool(_SINGLE.match(words.lstrip("≥≤=<>≈约 ")))
