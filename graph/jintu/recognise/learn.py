"""Fit the weights of a linear-chain conditional random field by stochastic gradients.

Written in numpy so that training needs no further part, is the same on every run, and can
leave features out at random, which keeps rare words from explaining everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jintu.recognise.columns import Index
from jintu.recognise.model import Floats
from jintu.recognise.names import Labels

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold how to learn."""

    epochs: int = 14
    batch: int = 256  # sequences weighed before each step
    rate: float = 0.05  # AdaGrad's; of 0.05, 0.1 and 0.25 the first gave the best F1 on held-out reports (2026-11)
    dropped: float = 0.5  # the share of a word's features left out, anew in each batch; of 0, 0.3, 0.5 the best
    averaged: int = 5  # the last epochs whose weights are averaged
    seed: int = 20261124


@dataclass
class Weights:
    """Hold the weights while they are learned, with AdaGrad's sums of squares."""

    states: Floats
    neighbours: Floats
    states_seen: Floats
    neighbours_seen: Floats

    @staticmethod
    def of(features: int, labels: int) -> Weights:
        """Start from nothing; row 0 is that of features that are not learned."""
        shapes = (features + 1, labels), (labels, labels)
        zeros = [np.zeros(shape, np.float32) for shape in shapes * 2]
        return Weights(*zeros)


@dataclass(frozen=True)
class Sequences:
    """Hold what to learn from: feature rows and the label of each word, first words and lengths."""

    features: Rows
    labels: Labels
    starts: Index
    lengths: Index


def fit(sequences: Sequences, *, features: int, labels: int, schedule: Schedule) -> tuple[Floats, Floats]:
    """Return the weights of features a label, and those of neighbouring labels."""
    rng = np.random.default_rng(schedule.seed)
    sequences = _filled(sequences)
    weights = Weights.of(features, labels)
    mean_states, mean_neighbours = np.zeros_like(weights.states), np.zeros_like(weights.neighbours)
    for epoch in range(schedule.epochs):
        for batch in _batches(sequences, schedule.batch, rng):
            _step(weights, sequences, batch, schedule, rng)
        if epoch >= schedule.epochs - schedule.averaged:
            mean_states += weights.states / schedule.averaged
            mean_neighbours += weights.neighbours / schedule.averaged
    return mean_states, mean_neighbours


def _filled(sequences: Sequences) -> Sequences:
    """Leave out sequences without a word."""
    some = sequences.lengths > 0
    return Sequences(sequences.features, sequences.labels, sequences.starts[some], sequences.lengths[some])


def _batches(sequences: Sequences, size: int, rng: np.random.Generator) -> Iterator[Index]:
    """Yield numbers of sequences in a random order, the longest of each batch first."""
    order = rng.permutation(len(sequences.starts))
    for at in range(0, len(order), size):
        batch = order[at : at + size]
        yield batch[np.argsort(-sequences.lengths[batch], kind="stable")]


def _step(weights: Weights, sequences: Sequences, batch: Index, schedule: Schedule, rng: np.random.Generator) -> None:
    lengths = sequences.lengths[batch]
    firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    words = np.repeat(sequences.starts[batch] - firsts, lengths) + np.arange(lengths.sum())
    rows = sequences.features[words]
    rows = np.where(rng.random(rows.shape, np.float32) < schedule.dropped, 0, rows)
    emissions = weights.states[rows].sum(axis=1) / np.float32(1 - schedule.dropped)
    surplus, neighbours = _surplus(emissions, weights.neighbours, sequences.labels[words], firsts, lengths)
    _descend(weights.neighbours, weights.neighbours_seen, slice(None), neighbours, schedule)
    active = np.abs(surplus).max(axis=1) > 0.01  # most words are surely no names: nothing to learn from them
    touched, gradient = _gathered(rows[active], surplus[active])
    _descend(weights.states, weights.states_seen, touched, gradient, schedule)
    weights.states[0] = 0


def _descend(weights: Floats, seen: Floats, rows: Index | slice, gradient: Floats, schedule: Schedule) -> None:
    """Take a step of AdaGrad on some rows."""
    seen[rows] += gradient**2
    weights[rows] -= np.float32(schedule.rate) * gradient / (np.sqrt(seen[rows]) + np.float32(1e-6))


def _gathered(rows: Rows, surplus: Floats) -> tuple[Index, Floats]:
    """Sum the surplus of the words of each feature."""
    flat = rows.ravel()
    order = np.argsort(flat, kind="stable")
    ordered = flat[order]
    firsts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(flat) else flat
    sums = np.add.reduceat(surplus[order // rows.shape[1]], firsts, axis=0) if len(flat) else surplus
    return ordered[firsts].astype(np.intp), sums


def _surplus(
    emissions: Floats, neighbours: Floats, labels: Labels, firsts: Index, lengths: Index
) -> tuple[Floats, Floats]:
    """Return by how much each label is likelier than it should be, for each word and each pair of labels.

    Forward and backward over all sequences at once, the longest first; every step is scaled
    to sum to one, so that nothing over- or underflows.
    """
    likely = np.exp(emissions - emissions.max(axis=1, keepdims=True))
    follows = np.exp(neighbours)
    longest = int(lengths[0])
    going = [int(np.searchsorted(-lengths, -step, side="left")) for step in range(longest)]
    forward, backward = likely.copy(), np.ones_like(likely)
    for step in range(longest):
        here = firsts[: going[step]] + step
        if step:
            forward[here] = (forward[here - 1] @ follows) * likely[here]
        forward[here] /= forward[here].sum(axis=1, keepdims=True)
    for step in range(longest - 1, 0, -1):
        here = firsts[: going[step]] + step
        ahead = (likely[here] * backward[here]) @ follows.T
        backward[here - 1] = ahead / ahead.sum(axis=1, keepdims=True)
    both = forward * backward
    surplus = both / both.sum(axis=1, keepdims=True)
    surplus[np.arange(len(labels)), labels] -= 1
    return surplus, _surplus_pairs(forward, likely * backward, follows, labels, firsts)


def _surplus_pairs(forward: Floats, ahead: Floats, follows: Floats, labels: Labels, firsts: Index) -> Floats:
    inner = np.ones(len(labels), bool)
    inner[firsts] = False
    after = np.flatnonzero(inner)
    scale = ((forward[after - 1] @ follows) * ahead[after]).sum(axis=1, keepdims=True)
    pairs: Floats = (forward[after - 1].T @ (ahead[after] / scale)) * follows
    np.add.at(pairs, (labels[after - 1], labels[after]), -1)
    return pairs
