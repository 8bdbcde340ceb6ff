"""Headers that keep pages safe on a closed office network (安全响应头)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask import Response

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def protect(response: Response) -> Response:
    """Add the headers to every response; a page belongs to us alone, data may be read by all."""
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if response.mimetype == "text/html":
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def allow_all_origins(response: Response) -> Response:
    """Let scripts of any site read the response: the data is public, and there are no cookies."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Type, Link, ETag, X-Total-Count"
    return response
