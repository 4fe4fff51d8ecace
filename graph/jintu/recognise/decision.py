"""Decide which words are names, and which words of names are names in their turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jintu.ontology import Ontology
from jintu.recognise.features import Index, numbered
from jintu.recognise.model import Floats, Model, best_labels, certainty, load_model
from jintu.recognise.names import Labels, stretches
from jintu.recognise.reading import Reading

OUTER = "outer"  # the column that tells the inner model what the outer one decided


@dataclass(frozen=True)
class Models:
    """Hold the weights of the two decisions: outer names, and names inside them."""

    outer: Model
    inner: Model


@dataclass(frozen=True)
class Decision:
    """Hold a label for each row, how sure it is, and the kinds that labels number."""

    labels: Labels
    sure: Floats
    kinds: tuple[str, ...]


def shipped(ontology: Ontology, tagger: str) -> Models:
    """Read the weights that the package ships for a tier."""
    outer, inner = (load_model(ontology.path(f"model/{tagger}-{part}.npz")) for part in ("outer", "inner"))
    return Models(outer, inner)


def decide(reading: Reading, model: Model) -> Decision:
    """Find the outer names."""
    emissions = model.emissions(numbered(reading.layout, reading.marks, model.sources))
    labels = best_labels(emissions, model.transitions, *reading.layout.sequences())
    return Decision(labels, certainty(emissions, model.transitions, labels), model.kinds)


def decide_within(reading: Reading, model: Model, outer: Labels) -> Decision:
    """Find the names inside outer names; one as long as its outer name is none."""
    first, after, _ = stretches(outer)
    rows = np.flatnonzero(outer)
    emissions = np.zeros((len(outer), model.weights.shape[1]), np.float32)
    marks = {**reading.marks, OUTER: outer.astype(np.uint32)}
    emissions[rows] = model.emissions(numbered(reading.layout, marks, model.sources)[rows])
    labels = best_labels(emissions, model.transitions, first, after - first)
    within = _without_whole(labels, first, after)
    return Decision(within, certainty(emissions, model.transitions, within), model.kinds)


def _without_whole(labels: Labels, first: Index, after: Index) -> Labels:
    """Drop inner names that begin and end where an outer name does."""
    inner_first, inner_after, _ = stretches(labels)
    width = len(labels) + 1
    whole = np.isin(inner_first * width + inner_after, first * width + after)
    kept = labels.copy()
    for start, end in zip(inner_first[whole].tolist(), inner_after[whole].tolist(), strict=True):
        kept[start:end] = 0
    return kept
