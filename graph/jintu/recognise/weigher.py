"""Weigh the labels of words by the features of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jintu.recognise.columns import Layout
from jintu.recognise.features import Alone, Common, Few, templates
from jintu.recognise.model import Floats, Model, Steps
from jintu.recognise.reading import Reading

REACH = range(-2, 3)  # rows from a word to those in whose features it stands alone
ROOM = 1 << 16  # codes of a template of few values, of which each may have a row of sums


@dataclass(frozen=True, slots=True)
class Sums:
    """Hold what the codes of a template weigh that were met."""

    rows: Steps
    known: npt.NDArray[np.bool_]

    @staticmethod
    def of(size: int, labels: int) -> Sums:
        """Make room for so many codes."""
        return Sums(np.zeros((size, labels), np.int16), np.zeros(size, np.bool_))


class Weigher:
    """Weigh labels by a model; what a word weighs by itself, or a code, is summed up once, when it is first met.

    Half of the templates look at one word alone; what all words of a clause have in common is summed up a clause.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._table = np.zeros((0, 0), np.uint32)
        self._weighed = 0
        self._sums: list[Steps] = []
        self._few: dict[str, Sums] = {}

    def __call__(self, reading: Reading) -> Floats:
        """Return the weight of each label for each row."""
        layout = reading.layout
        found = templates(layout, reading.marks, self.model.sources)
        self._learn(layout, [template for template in found if isinstance(template, Alone)])
        few = [each for each in found if isinstance(each, Few) and each.size <= ROOM]
        plain = [each for each in found if isinstance(each, np.ndarray)]
        plain += [each.numbers() for each in found if isinstance(each, Few) and each.size > ROOM]
        total = self.model.summed(plain, len(layout.words))
        common = [each for each in found if isinstance(each, Common)]
        if common:
            features = (each.features for each in common)
            total += self.model.summed(features, len(common[0].features)).take(common[0].clause, axis=0)
        for template in few:
            total += self._summed(template)
        for by, sums in zip(REACH, self._sums, strict=True):
            inner = slice(max(0, -by), len(total) - max(0, by))
            total[inner] += sums.take(layout.words[max(0, by) : len(total) + min(0, by)], axis=0)
        return total * self.model.step

    def _learn(self, layout: Layout, alone: Sequence[Alone]) -> None:
        """Sum up what the words weigh that are new in the table of words."""
        if layout.table is not self._table:
            shape = layout.table.shape[1], len(self.model.step)
            self._table, self._weighed, self._sums = layout.table, 0, [np.zeros(shape, np.int16) for _ in REACH]
            self._few = {}
        words = slice(self._weighed, int(layout.words.max(initial=0)) + 1)
        if words.start < words.stop:
            for by, sums in zip(REACH, self._sums, strict=True):
                features = (each.numbers(layout.table[each.attribute, words]) for each in alone if each.by == by)
                sums[words] = self.model.summed(features, words.stop - words.start)
            self._weighed = words.stop

    def _summed(self, template: Few) -> Steps:
        """Return what a template of few values weighs, and keep it."""
        sums, codes = self._few.get(template.seed), template.codes()
        if sums is None or len(sums.known) != template.size:
            sums = self._few[template.seed] = Sums.of(template.size, len(self.model.step))
        new = np.flatnonzero(~sums.known.take(codes))
        if len(new):
            fresh, first = np.unique(codes[new], return_index=True)
            sums.rows[fresh] = self.model.summed([template.numbers(new[first])], len(fresh))
            sums.known[fresh] = True
        return sums.rows.take(codes, axis=0)
