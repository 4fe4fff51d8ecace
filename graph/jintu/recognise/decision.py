"""Decide which words are names, and which words of names are names in their turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jintu.ontology import Ontology
from jintu.recognise.columns import Index, shifted
from jintu.recognise.features import templates
from jintu.recognise.lexicon import Attribute
from jintu.recognise.lists import LISTS, OPENER, STATUS
from jintu.recognise.model import Floats, Model, best_labels, certainty, load_model
from jintu.recognise.names import Labels, Marks, stretches, trimmed
from jintu.recognise.network import Network
from jintu.recognise.reading import Reading
from jintu.recognise.weigher import Weigher
from jintu.recognise.within import Names, known_within, led_by_county, seen, templates_within, words_within

# What the features count beside the network. Of outer names 0.4 to 0.7 gave the same F1 on held-out places; of names
# inside names 0.3 and 0.6 gave 0.79, 1 gave 0.786, 2 and 4 gave less (25 reports, 2026-11).
SHARE = np.float32(0.6)


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

    @cached_property
    def weigh_within(self) -> Weigher:
        """Return the inner model with what it has summed up of words."""
        return Weigher(self.inner)


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
    told = models.network(reading) if models.network else None
    outer = decide_outer(reading, models, told[0] if told else None)
    return outer, decide_inner(reading, models, outer.labels, told[1] if told else None)


def decide_outer(reading: Reading, models: Models, told: Floats | None) -> Decision:
    """Find the outer names; what a network told of labels counts twice what the features weigh."""
    layout = reading.layout
    found = templates(layout, reading.marks, models.outer.sources)
    emissions, transitions = models.weigh(found, layout.table, layout.beside), models.outer.transitions
    if models.network and told is not None:
        emissions = told + SHARE * emissions
        transitions = models.network.transitions + SHARE * transitions
    labels = best_labels(emissions, transitions, *layout.sequences())
    if LISTS in models.outer.sources:
        labels = trimmed(labels, opening=_listed(reading, OPENER), closing=_listed(reading, STATUS))
        labels = _without_generic(labels, reading)
    return Decision(labels, certainty(emissions, transitions, labels), models.outer.kinds)


def _listed(reading: Reading, what: int) -> Marks:
    """Tell which words are listed as openers or statuses; what opens or closes a quotation may be any word."""
    quotes = reading.layout.column(Attribute.QUOTE)
    beside = shifted(quotes, -1 if what == OPENER else 1) > 0
    return ((reading.layout.column(Attribute.LISTED) & np.uint32(what)) > 0) & ~beside


def _without_generic(labels: Labels, reading: Reading) -> Labels:
    """Drop the names that are listed as generic."""
    kept, layout = labels.copy(), reading.layout
    first, after, _ = stretches(labels)
    begins, stops = layout.starts[first].tolist(), layout.ends[after - 1].tolist()
    for start, end, begin, stop in zip(first.tolist(), after.tolist(), begins, stops, strict=True):
        if reading.text[begin:stop] in reading.generic:
            kept[start:end] = 0
    return kept


def decide_inner(reading: Reading, models: Models, outer: Labels, told: Floats | None) -> Decision:
    """Find the names inside outer names."""
    model, names = models.inner, Names.of(outer, least=2)  # one word has no name inside it
    labels, sure = np.zeros(len(outer), np.int8), np.ones(len(outer), np.float32)
    if len(names.rows):
        known = seen(reading, Names.of(outer))
        found = templates_within(reading, names, known, model.sources)
        emissions = models.weigh_within(found, reading.layout.table, words_within(reading, names))
        transitions = model.transitions
        if models.network and told is not None:
            emissions = told[names.rows] + SHARE * emissions
            transitions = models.network.inner_transitions + SHARE * transitions
        inner = best_labels(emissions, transitions, names.starts, names.lengths)
        labels[names.rows] = inner
        sure[names.rows] = certainty(emissions, transitions, inner)
        labels = led_by_county(reading, names, known_within(known, names, labels))
    return Decision(_without_whole(labels, names.first, names.after), sure, model.kinds)


def _without_whole(labels: Labels, first: Index, after: Index) -> Labels:
    """Drop inner names that begin and end where an outer name does."""
    inner_first, inner_after, _ = stretches(labels)
    width = len(labels) + 1
    whole = np.isin(inner_first * width + inner_after, first * width + after)
    kept = labels.copy()
    for start, end in zip(inner_first[whole].tolist(), inner_after[whole].tolist(), strict=True):
        kept[start:end] = 0
    return kept
