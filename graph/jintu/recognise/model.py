"""Hold a tagger's weights and find the likeliest labels with them.

A linear-chain conditional random field: each feature of a word weighs for or against each
label, each pair of neighbouring labels weighs too, and the best sequence of a clause wins.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jintu.recognise.features import Index

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.uint32]

SLOT_BITS = 22  # 4 million slots for some 150,000 features: few of them meet
CHUNK = 4096  # rows weighed at a time, so that what is gathered stays in the processor's cache


@dataclass(frozen=True)
class Model:
    """Hold the features' numbers, their weights a label, and the weights of neighbouring labels.

    Label 0 is "no name"; kind k of ``kinds`` begins with label 2k+1 and goes on with 2k+2.
    ``weights[0]`` is the weight of every feature that is not known: nothing.
    """

    kinds: tuple[str, ...]
    numbers: Numbers
    weights: Floats
    transitions: Floats
    sources: tuple[str, ...]
    _slots: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        slots = np.zeros(1 << SLOT_BITS, np.int32)
        slots[self.numbers >> np.uint32(32 - SLOT_BITS)] = np.arange(1, len(self.numbers) + 1)
        object.__setattr__(self, "_slots", slots)

    def emissions(self, features: Sequence[Numbers]) -> Floats:
        """Return the weight of each label for each row, from columns of feature numbers."""
        known = np.concatenate([np.zeros(1, np.uint32), self.numbers])
        scores = np.zeros((len(features[0]), self.weights.shape[1]), np.float32)
        for at in range(0, len(scores), CHUNK):
            total = scores[at : at + CHUNK]
            gathered = np.empty_like(total)
            for column in features:
                numbers = column[at : at + CHUNK]
                rows = self._slots.take(numbers >> np.uint32(32 - SLOT_BITS))
                rows *= known.take(rows) == numbers
                total += self.weights.take(rows, axis=0, out=gathered, mode="clip")
        return scores

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes. Weights are kept as whole steps of their largest."""
        step = np.abs(self.weights).max(axis=0) / 127 + 1e-9
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            kinds=np.array(self.kinds),
            sources=np.array(self.sources),
            numbers=np.diff(self.numbers, prepend=np.uint32(0)),
            weights=np.round(self.weights[1:] / step).astype(np.int8),
            step=step,
            transitions=self.transitions,
        )
        path.write_bytes(packed.getvalue())


def load_model(path: Path) -> Model:
    """Read a model that ``Model.save`` wrote."""
    with np.load(path) as packed:
        weights = packed["weights"] * packed["step"].astype(np.float32)
        return Model(
            kinds=tuple(packed["kinds"].tolist()),
            numbers=np.cumsum(packed["numbers"], dtype=np.uint32),
            weights=np.concatenate([np.zeros((1, weights.shape[1]), np.float32), weights.astype(np.float32)]),
            transitions=packed["transitions"],
            sources=tuple(packed["sources"].tolist()),
        )


def best_labels(emissions: Floats, transitions: Floats, starts: Index, lengths: Index) -> npt.NDArray[np.int8]:
    """Return the likeliest label of each row: Viterbi's algorithm over many sequences at once.

    A sequence is ``lengths[i]`` rows from ``starts[i]``; rows of no sequence get label 0.
    """
    labels = np.zeros(len(emissions), np.int8)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    longest = int(lengths[0]) if len(lengths) else 0
    alive = np.searchsorted(-lengths, -np.arange(longest), side="left")
    reached = emissions.copy()
    for step in range(1, longest):
        rows = starts[: alive[step]] + step
        before = np.ascontiguousarray(reached[rows - 1].T)  # a row a label: numpy is ten times faster along columns
        reached[rows] += (before[:, None, :] + transitions[:, :, None]).max(axis=0).T
    label = reached[starts + lengths - 1].argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        going = alive[step]
        rows = starts[:going] + step
        labels[rows] = label[:going]
        if step:
            label[:going] = (reached[rows - 1] + transitions.T[label[:going]]).argmax(axis=1)
    return labels


def certainty(emissions: Floats, transitions: Floats, labels: npt.NDArray[np.int8]) -> Floats:
    """Return for each row how sure its label is, from 0 to 1, its neighbours' labels given."""
    total = emissions.copy()
    total[1:] += transitions[labels[:-1]]
    total[:-1] += transitions[:, labels[1:]].T
    total -= total.max(axis=1, keepdims=True)
    likely = np.exp(total)
    chosen: Floats = likely[np.arange(len(labels)), labels] / likely.sum(axis=1)
    return chosen
