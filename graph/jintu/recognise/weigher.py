"""Weigh the labels of words by the features of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jintu.recognise.lexicon import Ints
from jintu.recognise.model import Floats, Model, Steps
from jintu.recognise.templates import Alone, Common, Few, Template, Words

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
    """Weigh labels by a model; what a word or a code weighs by itself is summed up once, when it is first met.

    Half of the templates look at one word alone; what all words of a clause have in common is summed up a clause.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._table = np.zeros((0, 0), np.uint32)
        self._weighed = 0
        self._alone: dict[int, Steps] = {}
        self._few: dict[str, Sums] = {}

    def __call__(self, templates: Sequence[Template], table: Ints, words: Words) -> Floats:
        """Return the weight of each label for each row of templates, whose words are columns of a table."""
        self._learn([each for each in templates if isinstance(each, Alone)], table, words(0))
        few = [each for each in templates if isinstance(each, Few) and each.size <= ROOM]
        plain = [each for each in templates if isinstance(each, np.ndarray)]
        plain += [each.numbers() for each in templates if isinstance(each, Few) and each.size > ROOM]
        total = self.model.summed(plain, len(words(0)))
        common = [each for each in templates if isinstance(each, Common)]
        if common:
            features = (each.features for each in common)
            total += self.model.summed(features, len(common[0].features)).take(common[0].clause, axis=0)
        for template in few:
            total += self._of_few(template)
        for by, sums in self._alone.items():
            total += sums.take(words(by), axis=0)
        return total * self.model.step

    def _learn(self, alone: Sequence[Alone], table: Ints, words: npt.NDArray[np.intp]) -> None:
        """Sum up what the words weigh that are new in the table of words."""
        if table is not self._table:
            shape = table.shape[1], len(self.model.step)
            self._table, self._weighed, self._few = table, 0, {}
            self._alone = {each.by: np.zeros(shape, np.int16) for each in alone}
        new = slice(self._weighed, int(words.max(initial=0)) + 1)
        if new.start < new.stop:
            for by, sums in self._alone.items():
                features = (each.numbers(table, new) for each in alone if each.by == by)
                sums[new] = self.model.summed(features, new.stop - new.start)
            self._weighed = new.stop

    def _of_few(self, template: Few) -> Steps:
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
