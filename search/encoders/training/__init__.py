"""Trains the default encoder from plain text and the thesaurus; needs the extra [models].

Segmentation, PPMI, randomised SVD, PCA, SIF weights, a short contrastive fine-tune, folding,
and a table of float16 vectors that is a plain sentence-transformers model. The same text,
thesaurus and versions give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import numpy as np
from threadpoolctl import threadpool_limits

from ontology.errors import InputError
from search.encoders.training import fold, spectrum, tune
from search.encoders.training.save import save
from search.encoders.training.text import segment, segmenter, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import jieba
    from numpy.typing import NDArray
    from scipy import sparse

    from ontology.measures import Measure
    from search.encoders.training.text import Segmented

    Progress = Callable[[str, int, int], None]

_FEWEST: Final = 100  # tokens; with fewer there is nothing to learn from
_TICK: Final = 10_000  # sentences between two reports of progress


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes and seed of a training run (训练参数); the defaults are those of the shipped model."""

    vocabulary: int = 22_000
    rank: int = 256
    dimensions: int = 192
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Report:
    """What a training run read and wrote (训练报告).

    ``texts`` and ``files`` map file names to SHA-256 of what was read and written; ``names`` is
    the number of names of measures that the vectors were tuned on.
    """

    recipe: Recipe
    sentences: int
    words: int
    vocabulary: int
    dimensions: int
    measures: int
    names: int
    texts: dict[str, str]
    files: dict[str, str]
    size: int


def train(
    text_files: Sequence[Path],
    thesaurus: Iterable[Measure],
    out_dir: Path,
    progress: Progress | None = None,
    recipe: Recipe | None = None,
) -> Report:
    """Train an encoder on lines of text and write it to ``out_dir``.

    ``progress`` is called with the step, what is done of it, and its total (0: unknown).
    Raises :class:`UnreadableFile` for a text that cannot be read and :class:`InputError` for
    one that is too short.
    """
    recipe = recipe or Recipe()
    tell = progress or _silent
    measures = tuple(thesaurus)
    # several threads may add in another order, and then the last bits differ
    with threadpool_limits(limits=1):
        text, cutter = _read(text_files, measures, recipe, tell)
        size = min(recipe.vocabulary, len(text.tokens))
        tokens, counts = text.tokens[:size], text.counts[:size]
        vectors = _vectors(text, size, recipe, tell) * fold.sif_weights(counts)[:, None]
        folds = fold.composition(tokens, cutter)
        tokenizer = fold.build_tokenizer(tokens, counts)
        groups = _groups(measures)
        spelled = tune.spell(groups, tokenizer, folds)
        tuned = tune.tune(
            vectors, spelled, groups, recipe.seed, lambda done, of: tell("tune", done, of)
        )
    files = save(out_dir, tokenizer, _table(folds, tuned))
    return Report(
        recipe=recipe,
        sentences=len(text.starts) - 1,
        words=len(text.ids),
        vocabulary=size,
        dimensions=vectors.shape[1],
        measures=len(groups),
        names=sum(len(group.names) for group in groups),
        texts={file.name: sha256(file.read_bytes()).hexdigest() for file in text_files},
        files={file.name: sha256(file.read_bytes()).hexdigest() for file in files},
        size=sum(file.stat().st_size for file in files),
    )


def _read(
    files: Sequence[Path], thesaurus: Sequence[Measure], recipe: Recipe, tell: Progress
) -> tuple[Segmented, jieba.Tokenizer]:
    cutter = segmenter(name for measure in thesaurus for name in measure.hidden)
    text = segment(_counted(sentences(files), tell), cutter, recipe.seed)
    if len(text.tokens) < _FEWEST:
        raise InputError("训练文本太短：至少需要数千句文本。", code="too-short")
    return text, cutter


def _vectors(text: Segmented, size: int, recipe: Recipe, tell: Progress) -> NDArray[np.float32]:
    """Unit vectors of the first ``size`` tokens, shape (size, dimensions)."""
    tell("count", 0, 0)
    information = spectrum.ppmi(spectrum.cooccurrence(text, size, recipe.seed))
    tell("decompose", 0, 0)
    wide = spectrum.decompose(information, recipe.rank, recipe.seed)
    return spectrum.unit_rows(spectrum.reduce(wide, recipe.dimensions))


def _groups(thesaurus: Sequence[Measure]) -> list[tune.Group]:
    numbers = {measure.iri: number for number, measure in enumerate(thesaurus)}
    return [
        tune.Group(
            measure.labels,
            tuple(numbers[n] for n in measure.broader + measure.related if n in numbers),
        )
        for measure in thesaurus
    ]


def _table(folds: sparse.csr_array, vectors: NDArray[np.float32]) -> NDArray[np.float16]:
    """The folded rows at a mean length of 1, behind a row of zeros for the unknown token."""
    rows = folds @ vectors
    rows /= np.linalg.norm(rows, axis=1).mean()
    return np.vstack([np.zeros((1, rows.shape[1])), rows]).astype(np.float16)


def _counted(texts: Iterator[str], tell: Progress) -> Iterator[str]:
    for number, text in enumerate(texts, start=1):
        if number % _TICK == 0:
            tell("segment", number, 0)
        yield text


def _silent(_step: str, _done: int, _total: int) -> None:
    """No progress wanted."""
