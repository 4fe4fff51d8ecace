"""Hold a tagger's weights and find the likeliest labels with them.

A linear-chain conditional random field: each feature of a word weighs for or against each
label, each pair of neighbouring labels weighs too, and the best sequence of a clause wins.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jintu.recognise.columns import Index

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.uint32]
Steps = npt.NDArray[np.int8]  # a weight, in whole steps
Sums = npt.NDArray[np.int16]  # what some weigh together

SLOT_BITS = 22  # 4 million slots for some 150,000 features: few of them meet
BLOCK_BITS = 7  # slots of a block, few enough for places in it to take a byte
LEVELS = 31  # steps of the largest weight; 127 gave no better names, and files half as large again (2026-11)
CHUNK = 16_384  # rows weighed at a time, so that what is gathered stays in the processor's cache


@dataclass(frozen=True)
class Slots:
    """Hold where each feature stands among all, which have a slot each by the first bits of their numbers.

    Features are sorted, so a slot's place is that of its block and a small number: 5 MB for what would be 16.
    """

    numbers: Numbers
    before: npt.NDArray[np.int32]
    within: npt.NDArray[np.uint8]

    @staticmethod
    def of(numbers: Numbers) -> Slots:
        """Make the slots of sorted numbers."""
        slots = numbers >> np.uint32(32 - SLOT_BITS)
        places = np.arange(1, len(numbers) + 1, dtype=np.int32)
        before = np.searchsorted(slots, np.arange(0, 1 << SLOT_BITS, 1 << BLOCK_BITS)).astype(np.int32)
        within = np.zeros(1 << SLOT_BITS, np.uint8)
        within[slots] = places - before[slots >> np.uint32(BLOCK_BITS)]
        return Slots(np.concatenate([np.zeros(1, np.uint32), numbers]), before, within)

    def find(self, numbers: Numbers) -> npt.NDArray[np.int32]:
        """Return the places of features from 1 on, 0 for those that are not known."""
        slots = numbers >> np.uint32(32 - SLOT_BITS)
        places = self.before.take(slots >> np.uint32(BLOCK_BITS))
        places += self.within.take(slots)
        places *= self.numbers.take(places) == numbers
        return places


@dataclass(frozen=True)
class Model:
    """Hold the features' numbers, their weights a label, and the weights of neighbouring labels.

    Label 0 is "no name"; kind k of ``kinds`` begins with label 2k+1 and goes on with 2k+2.
    ``weights`` are whole multiples of each label's ``step``, so that their sums are exact in any
    order; ``weights[0]`` is the weight of every feature that is not known: nothing. ``places`` are
    those whose annotated documents it has learned from.
    """

    kinds: tuple[str, ...]
    numbers: Numbers
    weights: Steps
    step: Floats
    transitions: Floats
    sources: tuple[str, ...]
    places: tuple[str, ...] = ()
    _slots: Slots = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_slots", Slots.of(self.numbers))

    def summed(self, features: Iterable[Numbers], rows: int) -> Sums:
        """Return what columns of features of so many rows weigh together, in steps a label."""
        columns = list(features)
        total = np.zeros((rows, self.weights.shape[1]), np.int16)
        together = max(1, CHUNK // max(rows, 1))  # columns of few rows, which are weighed at once
        for at in range(0, rows, CHUNK):
            chunk = total[at : at + CHUNK]
            for first in range(0, len(columns), together):
                some = [column[at : at + CHUNK] for column in columns[first : first + together]]
                places = self._slots.find(np.concatenate(some) if len(some) > 1 else some[0])
                gathered = self.weights.take(places, axis=0, mode="clip").reshape(len(some), len(chunk), -1)
                chunk += gathered.sum(axis=0, dtype=np.int16) if len(some) > 1 else gathered[0]
        return total

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            kinds=np.array(self.kinds),
            sources=np.array(self.sources),
            places=np.array(self.places, dtype=np.str_),
            numbers=np.diff(self.numbers, prepend=np.uint32(0)),
            weights=self.weights[1:],
            step=self.step,
            transitions=self.transitions,
        )
        path.write_bytes(packed.getvalue())


def in_steps(weights: Floats) -> tuple[Steps, Floats]:
    """Return weights as whole steps, and each label's step."""
    step = np.abs(weights).max(axis=0) / np.float32(LEVELS) + np.float32(1e-9)
    return np.round(weights / step).astype(np.int8), step


def load_model(path: Path) -> Model:
    """Read a model that ``Model.save`` wrote."""
    with np.load(path) as packed:
        read = packed["weights"]
        weights = np.zeros((1 + len(read), read.shape[1]), np.int8)
        weights[1:] = read
        return Model(
            kinds=tuple(packed["kinds"].tolist()),
            numbers=np.cumsum(packed["numbers"], dtype=np.uint32),
            weights=weights,
            step=packed["step"].astype(np.float32),
            transitions=packed["transitions"],
            sources=tuple(packed["sources"].tolist()),
            places=tuple(packed["places"].tolist()),
        )


def best_labels(emissions: Floats, transitions: Floats, starts: Index, lengths: Index) -> npt.NDArray[np.int8]:
    """Return the likeliest label of each row: Viterbi's algorithm over many sequences at once.

    A sequence is ``lengths[i]`` rows from ``starts[i]``; rows of no sequence get label 0.
    """
    labels = np.zeros(len(emissions), np.int8)
    if not len(lengths):
        return labels
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    alive = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
    rows = np.concatenate([starts[:going] + step for step, going in enumerate(alive)])
    firsts = [0, *accumulate(alive[:-1])]  # where the rows of each step begin
    reached = _reached(emissions[rows], transitions, firsts, alive)
    label = reached[np.array(firsts)[lengths - 1] + np.arange(len(lengths))].argmax(axis=1)
    found, into = np.empty(len(rows), np.int8), np.ascontiguousarray(transitions.T)
    for step in range(len(alive) - 1, -1, -1):
        first, going = firsts[step], alive[step]
        found[first : first + going] = label[:going]
        if step:
            before = reached[firsts[step - 1] : firsts[step - 1] + going]
            label[:going] = (before + into[label[:going]]).argmax(axis=1)
    labels[rows] = found
    return labels


def _reached(emissions: Floats, transitions: Floats, firsts: Sequence[int], alive: Sequence[int]) -> Floats:
    """Return what the best way to each label weighs, a row a word; the rows of a step come together, longest first."""
    reached = np.ascontiguousarray(emissions.T)  # a row a label: numpy is ten times faster along columns
    for before, here, going in zip(firsts[:-1], firsts[1:], alive[1:], strict=True):
        ways = reached[:, None, before : before + going] + transitions[:, :, None]
        reached[:, here : here + going] += np.maximum.reduce(ways, axis=0)
    return np.ascontiguousarray(reached.T)


def certainty(emissions: Floats, transitions: Floats, labels: npt.NDArray[np.int8]) -> Floats:
    """Return for each row of a name how sure its label is, from 0 to 1, its neighbours' labels given; 1 elsewhere."""
    sure = np.ones(len(labels), np.float32)
    rows = np.flatnonzero(labels)
    total = emissions[rows]
    behind, ahead = rows > 0, rows + 1 < len(labels)
    total[behind] += transitions[labels[rows[behind] - 1]]
    total[ahead] += transitions.T[labels[rows[ahead] + 1]]
    likely = np.exp(total - total.max(axis=1, keepdims=True))
    sure[rows] = likely[np.arange(len(rows)), labels[rows]] / likely.sum(axis=1)
    return sure
