"""The same document cited twice (同一依据的不同写法)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from ingest.citations.titles import without_remarks
from ingest.text import fold
from ontology.model import Citation, LegalBasis

Cited = TypeVar("Cited", Citation, LegalBasis)


def same_document(one: Citation | LegalBasis, other: Citation | LegalBasis) -> bool:
    """Whether two citations mean one document.

    They do when they share the number, or share the title while one of them has no number.
    A number without its 发文机关代字 (〔2022〕730号, cut off by a page) means the known whole one.
    """
    if one.doc_no and other.doc_no:
        longer, shorter = sorted((one.doc_no, other.doc_no), key=len, reverse=True)
        return longer == shorter or (shorter.startswith("〔") and longer.endswith(shorter))
    if one.title is None or other.title is None:
        return False
    return _title_key(one.title) == _title_key(other.title)


def merge_citations(citations: Iterable[Cited]) -> tuple[Cited, ...]:
    """One citation per document, in the order of first mention, with all that was printed.

    Number, title and article come from whichever mention has them first.
    """
    kept: list[Cited] = []
    for citation in citations:
        for index, known in enumerate(kept):
            if same_document(known, citation):
                kept[index] = replace(
                    known,
                    title=known.title or citation.title,
                    doc_no=known.doc_no or citation.doc_no,
                    article=known.article or citation.article,
                )
                break
        else:
            kept.append(citation)
    return tuple(kept)


def _title_key(title: str) -> str:
    key = re.sub(r"[《》〈〉<>“”\"'‘’、，,]", "", fold(title))
    return without_remarks(key).removeprefix("中华人民共和国")
