"""Web pages saved as one file (网页归档, mht): the page in it, without its pictures."""

from __future__ import annotations

from email import message_from_bytes, policy

from ingest.grid import Source
from ingest.readers import Limits, html
from ontology.errors import UnreadableFile, Where


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Read the first page of an archive; lines are counted in that page.

    Raises:
        UnreadableFile: there is no page in it.
        LimitExceeded: more cells than the limits allow.
    """
    message = message_from_bytes(content, policy=policy.compat32)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes) and page.strip():
            return html.read(page, name, limits)
    raise UnreadableFile("文件里没有网页内容。请重新另存后再导入。", where=Where(name))
