"""Find many names at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from jintu.divisions import Divisions, Level
from jintu.ontology import Ontology
from jintu.recognise.columns import Coded, Index, Layout
from jintu.recognise.lexicon import hashed
from jintu.segment import Finder, sayable

ORGANISATIONS = "gazetteers/organisations.tsv"
ORGANISATION = "organisation"  # the label of those names
FIRST, FURTHER, WHOLE = 1, 2, 3  # a word's part of a name
PARTS = 4


class Gazetteer:
    """Find the longest of known names from left to right."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        """Take names and what each is; a name's label is what its column says. Broken characters are never found."""
        self._find = Finder(labels)
        self.names = self._find.words
        numbers = {label: number for number, label in enumerate(sorted(set(labels.values())), 1)}
        self.labels = np.array([PARTS * numbers[labels[name]] for name in self.names], np.intp)
        self.values = np.array([0, *(hashed(label) & 0xFFFFFFF0 for label in numbers)], np.uint32).repeat(PARTS)
        self.values[PARTS:] |= np.arange(PARTS, len(self.values), dtype=np.uint32) % PARTS

    def find(self, text: str) -> Index:
        """Return the matches as rows of start, end and the name's number."""
        return np.array(self._find(sayable(text)), np.intp).reshape(-1, 3)

    def mark(self, text: str, layout: Layout) -> Coded:
        """Return for each word the label of the name that it is part of and which part; 0 elsewhere.

        A name counts only where it begins and ends with words.
        """
        codes = np.zeros(len(layout.inside), np.intp)
        rows = np.flatnonzero(layout.inside)
        if len(rows):
            self._mark(text, layout, rows, codes)
        return Coded(self.values.take(codes), codes, len(self.values))

    def _mark(self, text: str, layout: Layout, rows: Index, codes: Index) -> None:
        shift = layout.starts[rows[0]]
        matches = self.find(text[shift : layout.ends[rows[-1]]])
        matches[:, :2] += shift
        if not len(matches):
            return
        first, begins = _at(layout.starts[rows], matches[:, 0])
        last, stops = _at(layout.ends[rows], matches[:, 1])
        whole = begins & stops
        first, last, labels = first[whole], last[whole], self.labels[matches[whole, 2]]
        lengths = last - first + 1
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        codes[rows[np.repeat(first, lengths) + within]] = np.repeat(labels + FURTHER, lengths)
        codes[rows[first]] = labels + np.where(first == last, WHOLE, FIRST)


def _at(sorted_offsets: Index, wanted: Index) -> tuple[Index, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return where ``wanted`` offsets stand among sorted ones, and which of them do."""
    found = np.minimum(np.searchsorted(sorted_offsets, wanted), len(sorted_offsets) - 1)
    return found, sorted_offsets[found] == wanted


def known_names(ontology: Ontology, divisions: Divisions) -> Gazetteer:
    """Make the gazetteer of divisions, by level, and of organisations; what is both counts as a division.

    A division has its full name and a short one of two characters or more.
    """
    full, short = divisions.names(), divisions.short_names()
    organisations = dict.fromkeys((row["name"] for row in ontology.rows(ORGANISATIONS, "name")), ORGANISATION)
    names = (name for name in {**full, **short} if len(name) >= 2)
    return Gazetteer(organisations | {name: _label(full.get(name, ()), short.get(name, ())) for name in names})


@cache
def _label(full: tuple[Level, ...], short: tuple[Level, ...]) -> str:
    return "+".join(sorted([f"full {level.name}" for level in full] + [f"short {level.name}" for level in short]))
