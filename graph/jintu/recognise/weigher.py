"""Weigh the labels of words by the features of a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from jintu.recognise.columns import Column
from jintu.recognise.lexicon import Ints
from jintu.recognise.model import Floats, Model, Sums
from jintu.recognise.templates import Alone, Common, Few, Template, Words

ROOM = 1 << 16  # codes of a template of few values
UNMET = -1  # the place of what a code weighs that was not met yet


class Met:
    """Hold what the codes of a template weigh that were met, a row each in the order in which they were."""

    def __init__(self, size: int, labels: int) -> None:
        self.places = np.full(size, UNMET, np.int32)
        self.rows = np.zeros((0, labels), np.int16)

    def add(self, codes: npt.NDArray[np.intp], rows: Sums) -> None:
        """Keep what codes weigh that are met for the first time."""
        self.places[codes] = np.arange(len(self.rows), len(self.rows) + len(codes))
        self.rows = np.concatenate([self.rows, rows])


class Weigher:
    """Weigh labels by a model; what a word or a code weighs by itself is summed up once, when it is first met.

    Half of the templates look at one word alone; what all words of a clause have in common is summed up a clause.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._table = np.zeros((0, 0), np.uint32)
        self._weighed = 0
        self._alone: dict[int, Sums] = {}
        self._few: dict[str, Met] = {}

    def __call__(self, templates: Iterable[Template], table: Ints, words: Words) -> Floats:
        """Return the weight of each label for each row of templates, whose words are columns of a table."""
        if table is not self._table:
            self._table, self._weighed, self._alone, self._few = table, 0, {}, {}
        rows = len(words(0))
        total = np.zeros((rows, len(self.model.step)), np.int16)
        alone: list[Alone] = []
        common: list[Common] = []
        plain: list[Column] = []
        for each in templates:  # which come one by one, as those of few values hold much
            if isinstance(each, Alone):
                alone.append(each)
            elif isinstance(each, Common):
                common.append(each)
            elif isinstance(each, Few) and each.size <= ROOM:
                total += self._of_few(each)
            else:
                plain.append(each.numbers() if isinstance(each, Few) else each)
        total += self.model.summed(plain, rows)
        if common:
            features = (each.features for each in common)
            total += self.model.summed(features, len(common[0].features)).take(common[0].clause, axis=0)
        self._learn(alone, table, words(0))
        for by, sums in self._alone.items():
            total += sums.take(words(by), axis=0)
        return total * self.model.step

    def _learn(self, alone: Sequence[Alone], table: Ints, words: npt.NDArray[np.intp]) -> None:
        """Sum up what the words weigh that are new in the table of words."""
        new = slice(self._weighed, int(words.max(initial=0)) + 1)
        for by in {each.by for each in alone} if new.start < new.stop else ():
            features = [each.numbers(table, new) for each in alone if each.by == by]
            sums = _with_room(self._alone.get(by), new.stop, len(self.model.step))
            sums[new] = self.model.summed(features, new.stop - new.start)
            self._alone[by] = sums
        self._weighed = max(new.start, new.stop)

    def _of_few(self, template: Few) -> Sums:
        """Return what a template of few values weighs, and keep it."""
        sums, codes = self._few.get(template.seed), template.codes()
        if sums is None or len(sums.places) != template.size:
            sums = self._few[template.seed] = Met(template.size, len(self.model.step))
        new = np.flatnonzero(sums.places.take(codes) == UNMET)
        if len(new):
            fresh, first = np.unique(codes[new], return_index=True)
            sums.add(fresh, self.model.summed([template.numbers(new[first])], len(fresh)))
        return sums.rows.take(sums.places.take(codes), axis=0)


def _with_room(sums: Sums | None, rows: int, labels: int) -> Sums:
    """Return sums with room for so many rows and as many again, or as they are where they have it."""
    if sums is not None and len(sums) >= rows:
        return sums
    grown = np.zeros((2 * rows, labels), np.int16)
    if sums is not None:
        grown[: len(sums)] = sums
    return grown
