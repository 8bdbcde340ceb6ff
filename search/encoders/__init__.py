"""Encoders: short texts in, vectors out (语义编码器). One file per kind, made by :func:`create`."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Texts to vectors of meaning (编码器).

    ``fingerprint`` names the kind and the weights: vectors of equal fingerprints compare.
    ``trained`` tells a model that has learnt meaning from one that only compares spellings.
    """

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def trained(self) -> bool: ...

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """One row of length 1 per text, shape (texts, dimension); zeros for an empty text.

        ``query`` tells questions from what is searched: some models want other words before them.
        """
        ...


def create(name: str = "default") -> Encoder:
    """The encoder of that name.

    ``default`` (or nothing): the model shipped in ``search/encoders/default``, else the
    stand-in; ``ngram``: the stand-in; a folder or another name: a sentence-transformers model.
    Raises :class:`ConfigError` when it is not there.
    """
    from search.encoders import ngram, sentence, static  # noqa: PLC0415 - each loads its library

    if name == "ngram":
        return ngram.NgramEncoder()
    if name in ("", "default"):
        with as_file(files("search.encoders").joinpath("default")) as folder:
            return static.load(folder) if static.fits(folder) else ngram.NgramEncoder()
    if static.fits(Path(name)):
        return static.load(Path(name))
    return sentence.load(name)
