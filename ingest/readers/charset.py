"""From bytes to text, whatever the charset (字符编码)."""

from __future__ import annotations

from charset_normalizer import from_bytes

from ontology.errors import UnreadableFile, Where

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOST = "\ufffd"
_SLIGHT = 0.1  # GB18030 read as UTF-8 loses far more
_PRINTED_CONTROLS = "\t\n\r\f\v\x1a\x1b"  # 0x1A ended files under DOS


def decode(content: bytes, name: str) -> str:
    """The text of bytes: by byte order mark, as UTF-8, UTF-16 or GB18030, in this order.

    A few damaged characters do not change the charset; they are read as U+FFFD.

    Raises:
        UnreadableFile: the bytes are no text.
    """
    text = _decoded(content)
    head = text[:20_000]
    odd = sum(char == _LOST or (char < " " and char not in _PRINTED_CONTROLS) for char in head)
    if odd > len(head) // 10:
        raise UnreadableFile(
            "无法识别文件的文字编码。请另存为 UTF-8 文本后再导入。", where=Where(name)
        )
    return text.replace("\0", "")


def _decoded(content: bytes) -> str:
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    if charset := _zeros_tell(content[:4000]):
        return content.decode(charset, errors="replace")
    utf8 = content.decode("utf-8", errors="replace")
    if _damage(utf8) < _SLIGHT:
        return utf8
    gb = content.decode("gb18030", errors="replace")
    if _damage(gb) < _SLIGHT / 10:
        return gb
    guess = from_bytes(content[:200_000]).best()
    return content.decode(guess.encoding, errors="replace") if guess else gb


def _zeros_tell(head: bytes) -> str:
    """UTF-16 without a mark: digits and line ends have zero bytes, all on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < len(head) / 200:
        return ""
    if even < odd / 20:
        return "utf-16-le"
    return "utf-16-be" if odd < even / 20 else ""


def _damage(text: str) -> float:
    """Lost characters per character that is not ASCII."""
    lost = text.count(_LOST)
    return lost / (len(text) - len(text.encode("ascii", "ignore")) or 1) if lost else 0.0
