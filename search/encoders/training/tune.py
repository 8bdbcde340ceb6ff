"""Contrastive fine-tuning on the thesaurus (对比微调): names of one measure come together.

The vectors of words, parts and characters are tuned before they are folded, so that what is
learnt of a character in one name holds for every word that has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse
    from tokenizers import Tokenizer

_RATE: Final = 0.05  # in units of the vectors' root mean square; falls to 0 in a straight line
_ROUNDS: Final = 12
_BATCH: Final = 256
_TEMPERATURE: Final = 0.1
_NEVER: Final = -1e4


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one measure (同义组), and the numbers of the groups that are no contrast to it."""

    names: tuple[str, ...]
    near: tuple[int, ...] = ()


def tune(
    vectors: NDArray[np.float32],
    spelled: Sequence[Sequence[Sequence[int]]],
    groups: Sequence[Group],
    seed: int,
    progress: Callable[[int, int], None],
) -> NDArray[np.float32]:
    """Move the vectors so that two names of a group are nearer than names of other groups.

    ``spelled[group][name]`` are the rows that the name is the sum of. InfoNCE in both
    directions over batches of 256 groups, two random names each; broader, narrower and related
    measures are no negatives of each other. Returns vectors of the same shape.
    """
    usable = [n for n, names in enumerate(spelled) if len(names) > 1]
    if not usable:
        return vectors
    chance = np.random.default_rng(seed)
    scale = float(np.sqrt(np.mean(vectors**2)))
    table = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(vectors / scale), freeze=False, mode="sum"
    )
    optimiser = torch.optim.Adam(table.parameters(), lr=_RATE)
    schedule_steps = max(1, _ROUNDS * sum(len(spelled[n]) for n in usable) // _BATCH)
    near = _nearness(groups)
    for step in range(schedule_steps):
        for settings in optimiser.param_groups:
            settings["lr"] = _RATE * (1 - step / schedule_steps)
        chosen = chance.permutation(usable)[:_BATCH]
        pairs = [chance.choice(len(spelled[n]), 2, replace=False) for n in chosen]
        left = _sums(table, [spelled[n][pair[0]] for n, pair in zip(chosen, pairs, strict=True)])
        right = _sums(table, [spelled[n][pair[1]] for n, pair in zip(chosen, pairs, strict=True)])
        alike = (left @ right.T / _TEMPERATURE).masked_fill(
            torch.from_numpy(near[np.ix_(chosen, chosen)]), _NEVER
        )
        own = torch.arange(len(chosen))
        loss = functional.cross_entropy(alike, own) + functional.cross_entropy(alike.T, own)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        progress(step + 1, schedule_steps)
    return np.asarray(table.weight.detach().numpy() * scale, np.float32)


def spell(
    groups: Sequence[Group], tokenizer: Tokenizer, folds: sparse.csr_array
) -> list[list[list[int]]]:
    """For every name the rows of the unfolded vectors that it is the sum of; none for no names."""
    spelled = []
    for group in groups:
        found = []
        for encoding in tokenizer.encode_batch(list(group.names)):
            tokens = [token - 1 for token in encoding.ids if token > 0]
            rows = [folds.indices[folds.indptr[t] : folds.indptr[t + 1]] for t in tokens]
            times = [folds.data[folds.indptr[t] : folds.indptr[t + 1]] for t in tokens]
            if rows:
                repeats = np.concatenate(times).astype(int)
                found.append(np.repeat(np.concatenate(rows), repeats).tolist())
        spelled.append(found)
    return spelled


def _sums(table: torch.nn.EmbeddingBag, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """The sums of rows, each brought to length 1."""
    starts = np.cumsum([0, *(len(each) for each in rows[:-1])])
    flat = torch.tensor(list(chain.from_iterable(rows)))
    return functional.normalize(table(flat, torch.from_numpy(starts)), dim=1)


def _nearness(groups: Sequence[Group]) -> NDArray[np.bool_]:
    near = np.zeros((len(groups), len(groups)), dtype=bool)
    for number, group in enumerate(groups):
        for other in group.near:
            near[number, other] = near[other, number] = True
    return near
