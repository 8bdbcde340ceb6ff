"""Which of the formats we offer a client would rather have (内容协商, RFC 9110 §12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Sequence

HTML = "text/html"
JSON = "application/json"
TURTLE = "text/turtle"


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer with the highest quality, the first of equals; ``None``: nothing fits.

    A missing or empty header accepts everything. The most specific range that matches an
    offer decides its quality, so ``text/html;q=0, */*`` refuses HTML.
    """
    if not (accept or "").strip():
        return offers[0]
    ranges = list(parse_accept_header(accept, MIMEAccept))
    chosen, highest = None, 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > highest:
            chosen, highest = offer, quality
    return chosen


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    family = offer.partition("/")[0] + "/*"
    fitting: dict[int, float] = {}
    for pattern, quality in ranges:
        name = pattern.partition(";")[0].strip().lower()
        for rank, form in enumerate(("*/*", family, offer)):
            if name == form:
                fitting[rank] = max(quality, fitting.get(rank, 0.0))
    return fitting[max(fitting)] if fitting else 0.0
