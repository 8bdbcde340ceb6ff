"""From bytes to text, whatever the charset (字符编码)."""

from __future__ import annotations

from charset_normalizer import from_bytes

from ontology.errors import UnreadableFile, Where

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes, name: str) -> str:
    """The text of bytes: by byte order mark, as UTF-8, UTF-16 or GB18030, in this order."""
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 8:
        charset = "utf-16-le" if content[1:2000:2].count(0) > zeros // 2 else "utf-16-be"
        return content.decode(charset, errors="replace")
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        best = _guess(content)
        if best is None:
            raise UnreadableFile(
                "无法识别文件的文字编码。请另存为 UTF-8 文本后再导入。", where=Where(name)
            ) from error
        return best


def _guess(content: bytes) -> str | None:
    best = from_bytes(content[:200_000]).best()
    return content.decode(best.encoding, errors="replace") if best else None
