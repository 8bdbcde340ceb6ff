"""Legal bases as cited in print (立项依据、文号): found, paired, told apart from the rest."""

from ingest.citations.bare import cite_bare_title
from ingest.citations.merging import merge_citations, same_document
from ingest.citations.numbers import normalise_doc_no
from ingest.citations.pairing import find_citations, find_partial_numbers

__all__ = [
    "cite_bare_title",
    "find_citations",
    "find_partial_numbers",
    "merge_citations",
    "normalise_doc_no",
    "same_document",
]
