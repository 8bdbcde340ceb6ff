"""Raw text into segmented sentences (训练文本): words, their parts and their characters as ids."""

from __future__ import annotations

import gzip
import logging
import lzma
import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

import jieba
import numpy as np

from ontology.errors import UnreadableFile, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# What the tokenizer of the finished model drops as well.
DROPPED: Final = r"[^\u3400-\u4dbf\u4e00-\u9fffa-z]+"
_DROPPED: Final = re.compile(DROPPED)
_SPLIT_INTO_CHARACTERS: Final = 0.15
_SPLIT_INTO_PARTS: Final = 0.15
_RARE: Final = 3


@dataclass(frozen=True, slots=True)
class Segmented:
    """Segmented text (分词语料): every sentence's tokens as ids, one after the other.

    ``ids[starts[n]:starts[n + 1]]`` is sentence n; ``counts[id]`` is how often the token stands
    in the plain segmentation, without the random splits.
    """

    tokens: tuple[str, ...]
    counts: NDArray[np.int64]
    ids: NDArray[np.int32]
    starts: NDArray[np.int64]


def normalise(text: str) -> str:
    """NFKC and lower case; what is no Chinese character or Latin letter becomes a blank."""
    return _DROPPED.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def sentences(files: Sequence[Path]) -> Iterator[str]:
    """The lines of plain, .gz or .xz files in UTF-8, normalised, without empty ones.

    Raises :class:`UnreadableFile` for a file that is missing, damaged or not UTF-8.
    """
    return (line for file in files for line in _lines(file))


def _lines(file: Path) -> Iterator[str]:
    try:
        with _opened(file) as stream:
            for line in stream:
                if text := normalise(line):
                    yield text
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        message = "训练文本无法读取：应为 UTF-8 纯文本，或其 .gz、.xz 压缩文件"
        raise UnreadableFile(message, where=Where(file=file.name)) from error


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8")
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")


def segmenter(words: Iterable[str]) -> jieba.Tokenizer:
    """jieba with its own dictionary and the given words of the field."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    for word in words:
        tokenizer.add_word(word)
    return tokenizer


def parts(cutter: jieba.Tokenizer, word: str) -> tuple[str, ...]:
    """The shorter dictionary words inside a word: 养老保险 → 养老, 保险."""
    if len(word) < 3:
        return ()
    return tuple(part for part in cutter.cut_for_search(word) if part != word and len(part) > 1)


def segment(texts: Iterable[str], cutter: jieba.Tokenizer, seed: int) -> Segmented:
    """Cut texts into words, some of them further into parts or characters.

    15 % of the longer words become their characters and 15 % their parts, so that words, parts
    and characters get vectors of one space. Tokens seen fewer than three times are left out.
    """
    chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
    index: dict[str, int] = {}
    plain: Counter[str] = Counter()
    pieces: dict[str, tuple[str, ...]] = {}
    ids: list[int] = []
    starts = [0]
    for text in texts:
        for word in cutter.cut(text):
            if word == " ":
                continue
            plain[word] += 1
            tokens = _pieces(word, cutter, pieces, chance.random())
            ids.extend(index.setdefault(token, len(index)) for token in tokens)
        starts.append(len(ids))
    return _without_rare(index, plain, np.array(ids, np.int32), np.array(starts))


def _pieces(
    word: str, cutter: jieba.Tokenizer, known: dict[str, tuple[str, ...]], draw: float
) -> tuple[str, ...] | str:
    if len(word) == 1 or word.isascii() or draw >= _SPLIT_INTO_CHARACTERS + _SPLIT_INTO_PARTS:
        return (word,)
    if draw < _SPLIT_INTO_CHARACTERS:
        return word
    if word not in known:
        known[word] = parts(cutter, word) or (word,)
    return known[word]


def _without_rare(
    index: dict[str, int], plain: Counter[str], ids: NDArray[np.int32], starts: NDArray[np.int64]
) -> Segmented:
    seen = np.bincount(ids, minlength=len(index))
    order = sorted(
        (token for token, old in index.items() if seen[old] >= _RARE),
        key=lambda token: (-seen[index[token]], token),
    )
    renumber = np.full(len(index), -1, np.int32)
    renumber[[index[token] for token in order]] = np.arange(len(order))
    new = renumber[ids]
    kept = np.concatenate(([0], np.cumsum(new >= 0)))
    counts = np.array([max(plain[token], 1) for token in order])
    return Segmented(tuple(order), counts, new[new >= 0], kept[starts])
