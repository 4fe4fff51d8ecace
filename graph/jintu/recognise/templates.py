"""Hold templates of features, by what they look at: what looks at little is summed up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import prod

import numpy as np

from jintu.recognise.columns import Coded, Column, Index, mixed
from jintu.recognise.lexicon import Attribute, Ints


@dataclass(frozen=True, slots=True)
class Alone:
    """Hold a template of one word alone: an attribute of the word ``by`` rows further on."""

    seed: str
    attribute: Attribute
    by: int

    def numbers(self, table: Ints, words: Index | slice) -> Column:
        """Return the features of words, which are columns of a table of attributes."""
        return mixed(self.seed, table[self.attribute, words])


@dataclass(frozen=True, slots=True)
class Common:
    """Hold a template that all words of a clause have in common: a feature a clause, and which clause a row is of."""

    features: Column
    clause: Index

    def numbers(self) -> Column:
        """Return the feature of each row."""
        return self.features.take(self.clause)


@dataclass(frozen=True, slots=True)
class Few:
    """Hold a template of columns that take few values, and so few together: what each weighs is summed up once."""

    seed: str
    columns: tuple[Coded, ...]

    @property
    def size(self) -> int:
        """Return how many codes of all columns together there can be."""
        return prod(column.size for column in self.columns)

    def codes(self) -> Index:
        """Return one code a row for the values of all columns."""
        first, *others = self.columns
        codes = first.codes
        for column in others:
            codes = codes * column.size + column.codes
        return codes

    def numbers(self, rows: Index | None = None) -> Column:
        """Return the feature of each row, or of some."""
        columns = (column.values for column in self.columns)
        return mixed(self.seed, *(columns if rows is None else (column[rows] for column in columns)))


Template = Alone | Common | Few | Column
Words = Callable[[int], Index]  # the words so many rows further on, which are columns of a table of attributes


def few(seed: str, *columns: Coded) -> Few:
    """Return the template of columns that take few values."""
    return Few(seed, columns)


def numbered(templates: Iterable[Template], table: Ints, words: Words) -> list[Column]:
    """Return the numbers of all features: a column a template, a row a word."""
    return [_numbers(template, table, words) for template in templates]


def _numbers(template: Template, table: Ints, words: Words) -> Column:
    if isinstance(template, Alone):
        return template.numbers(table, words(template.by))
    return template if isinstance(template, np.ndarray) else template.numbers()
