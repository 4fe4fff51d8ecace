"""Decide which words are names, and which words of names are names in their turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jintu.ontology import Ontology
from jintu.recognise.features import Index
from jintu.recognise.model import Floats, Model, best_labels, certainty, load_model
from jintu.recognise.names import Labels, stretches
from jintu.recognise.network import Network
from jintu.recognise.reading import Reading
from jintu.recognise.weigher import Weigher
from jintu.recognise.within import Names, numbered_within

SHARE = np.float32(0.5)  # of the features beside the network; 0.3 to 0.7 gave the same F1 on held-out places (2026-11)


@dataclass(frozen=True)
class Models:
    """Hold the weights of the two decisions: outer names, and names inside them; the full tier has a network too."""

    outer: Model
    inner: Model
    network: Network | None = None

    @cached_property
    def weigh(self) -> Weigher:
        """Return the outer model with what it has summed up of words."""
        return Weigher(self.outer)


@dataclass(frozen=True)
class Decision:
    """Hold a label for each row, how sure it is, and the kinds that labels number."""

    labels: Labels
    sure: Floats
    kinds: tuple[str, ...]


def shipped(ontology: Ontology, tagger: str) -> Models:
    """Read the weights that the package ships for a tier."""
    outer, inner = (load_model(ontology.path(f"model/{part}.npz")) for part in ("outer", "inner"))
    return Models(outer, inner, Network(ontology) if tagger == "full" else None)


def decide(reading: Reading, models: Models) -> tuple[Decision, Decision]:
    """Find the outer names, then the names inside them; one as long as its outer name is none."""
    outer = decide_outer(reading, models)
    return outer, decide_inner(reading, models.inner, outer.labels)


def decide_outer(reading: Reading, models: Models) -> Decision:
    """Find the outer names; where there is a network its word counts twice that of the features."""
    emissions, transitions = models.weigh(reading), models.outer.transitions
    if models.network:
        emissions = models.network(reading) + SHARE * emissions
        transitions = models.network.transitions + SHARE * transitions
    labels = best_labels(emissions, transitions, *reading.layout.sequences())
    return Decision(labels, certainty(emissions, transitions, labels), models.outer.kinds)


def decide_inner(reading: Reading, model: Model, outer: Labels) -> Decision:
    """Find the names inside outer names."""
    names = Names.of(outer)
    labels, sure = np.zeros(len(outer), np.int8), np.ones(len(outer), np.float32)
    if len(names.rows):
        features = numbered_within(reading, names, model.sources)
        emissions = model.summed(features, len(names.rows)) * model.step
        inner = best_labels(emissions, model.transitions, names.starts, names.lengths)
        labels[names.rows] = inner
        sure[names.rows] = certainty(emissions, model.transitions, inner)
    first, after, _ = stretches(outer)
    return Decision(_without_whole(labels, first, after), sure, model.kinds)


def _without_whole(labels: Labels, first: Index, after: Index) -> Labels:
    """Drop inner names that begin and end where an outer name does."""
    inner_first, inner_after, _ = stretches(labels)
    width = len(labels) + 1
    whole = np.isin(inner_first * width + inner_after, first * width + after)
    kept = labels.copy()
    for start, end in zip(inner_first[whole].tolist(), inner_after[whole].tolist(), strict=True):
        kept[start:end] = 0
    return kept
