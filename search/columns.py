"""What filters and facets need of every row, as columns of numbers (列存)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from search.files import read_json, replace_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CODED: Final = ("level1", "level2", "unit", "operator")
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """One number per row and column (列): of its document, of its name among the different
    names, of its group of identical rows; whether it has a number; and the coded words."""

    document: NDArray[np.int32]
    name: NDArray[np.int32]
    group: NDArray[np.int32]
    numeric: NDArray[np.bool_]
    level1: NDArray[np.int32]
    level2: NDArray[np.int32]
    unit: NDArray[np.int32]
    operator: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.document)


class Codes:
    """Numbers for words in the order in which they come (编码)."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[object, int] = {}

    def of(self, word: str | None, same: object = None) -> int:
        """The number of the word; of all words with an equal ``same``, if given."""
        if word is None:
            return NONE
        number = self._numbers.setdefault(same or word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number


def save(folder: Path, columns: Mapping[str, Sequence[int]], words: dict[str, list[str]]) -> None:
    for each in fields(Columns):
        kind = np.bool_ if each.name == "numeric" else np.int32
        np.save(folder / f"{each.name}.npy", np.asarray(columns[each.name], dtype=kind))
    replace_json(folder / "words.json", words)


def load(folder: Path) -> tuple[Columns, dict[str, list[str]]]:
    """The columns, and the words of the coded ones and the names."""
    parts = {each.name: np.load(folder / f"{each.name}.npy") for each in fields(Columns)}
    words: dict[str, list[str]] = read_json(folder / "words.json")
    return Columns(**parts), words
