"""Hold the words of many sentences in rows, with a column for each thing that is known of them.

Sentences stand one after the other with two rows of padding between them, so that a shifted column
never sees a neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from jintu.recognise.lexicon import Attribute, Ints, hashed

Column = npt.NDArray[np.uint32]
Index = npt.NDArray[np.intp]
Array = TypeVar("Array", bound=npt.NDArray[Any])

MARGIN = 2  # rows of padding between sentences: the reach of the templates
GOLDEN = np.uint32(0x9E3779B1)  # Knuth's multiplicative hashing: 2**32 over the golden ratio
CODES = {Attribute.TAG: Attribute.TAG_CODE}  # other attributes of few values are small numbers, and their own codes
ROUND = 32  # sizes of codes grow in such steps, so that they seldom do


@dataclass(frozen=True, slots=True)
class Coded:
    """Hold a column that takes few values, and their codes, which are below ``size``; 0 is the code of 0."""

    values: Column
    codes: Index
    size: int

    @staticmethod
    def small(numbers: npt.NDArray[Any], size: int) -> Coded:
        """Take small numbers as their own codes."""
        return Coded(numbers.astype(np.uint32), numbers.astype(np.intp), size)

    def take(self, rows: Index) -> Coded:
        """Return the values of other rows."""
        return Coded(self.values.take(rows), self.codes.take(rows), self.size)

    def shifted(self, by: int) -> Coded:
        """Return the values ``by`` rows further on; 0 beyond the ends."""
        return Coded(shifted(self.values, by), shifted(self.codes, by), self.size) if by else self


@dataclass(frozen=True)
class Layout:
    """Hold the words of many sentences in rows: which word, and where it stands in the text.

    ``words`` are columns of the lexicon's ``table``, which hold each word's attributes; ``inside``
    tells words from padding; ``starts`` and ``ends`` are offsets of the document.
    """

    words: Index
    table: Ints
    inside: npt.NDArray[np.bool_]
    starts: Index
    ends: Index
    _columns: dict[Attribute, Column] = field(default_factory=dict, repr=False, compare=False)
    _coded: dict[Attribute, Coded] = field(default_factory=dict, repr=False, compare=False)

    def column(self, attribute: Attribute) -> Column:
        """Return one attribute of all rows; it is asked for again and again, and never changed."""
        if attribute not in self._columns:
            self._columns[attribute] = self.table[attribute].take(self.words)
        return self._columns[attribute]

    def coded(self, attribute: Attribute) -> Coded:
        """Return one attribute of all rows that takes few values, with their codes."""
        if attribute not in self._coded:
            codes = self.table[CODES.get(attribute, attribute)]
            size = (int(codes.max(initial=0)) // ROUND + 1) * ROUND
            self._coded[attribute] = Coded(self.column(attribute), codes.take(self.words).astype(np.intp), size)
        return self._coded[attribute]

    def beside(self, by: int) -> Index:
        """Return the words ``by`` rows further on."""
        return shifted(self.words, by)

    def sequences(self) -> tuple[Index, Index]:
        """Return the first row and the length of each stretch of words that may hold names."""
        free = self.inside & (self.column(Attribute.BREAK) < 2)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
        return edges[::2], edges[1::2] - edges[::2]


def shifted(column: Array, by: int) -> Array:
    """Return the values ``by`` rows further on; 0 beyond the ends.

    >>> shifted(np.array([1, 2, 3], np.uint32), 1).tolist()
    [2, 3, 0]
    """
    moved: Array = np.zeros_like(column)
    if by > 0:
        moved[:-by] = column[by:]
    elif by < 0:
        moved[-by:] = column[:by]
    else:
        moved[:] = column
    return moved


def mixed(seed: str, *columns: Column) -> Column:
    """Hash columns, row by row, under the name of a template."""
    first, *others = columns
    mix = _stirred(first ^ np.uint32(hashed(seed)))
    for column in others:
        mix ^= column
        _stirred(mix)
    return mix


def _stirred(mix: Column) -> Column:
    mix *= GOLDEN
    mix ^= mix >> np.uint32(15)
    return mix
