"""Turn the words of names into the numbered features that tell names inside them.

Only the words of outer names are looked at, all names one after the other; a neighbour counts
where it is of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from jintu.recognise.features import Column, Index, mixed, shifted
from jintu.recognise.lexicon import Attribute
from jintu.recognise.names import Labels, stretches
from jintu.recognise.reading import PLACES, Reading

OUTSIDE = np.uint32(7)  # stands for a neighbour that is of another name or of none
LOOKED_AT = (
    Attribute.WORD,
    Attribute.TAG,
    Attribute.COARSE,
    Attribute.MIDDLE,
    Attribute.FINE,
    Attribute.LAST,
    Attribute.ENDING,
    Attribute.SHAPE,
)


@dataclass(frozen=True)
class Names:
    """Hold the words of outer names: their rows, their name's number and kind, and how far its ends are."""

    rows: Index
    number: Index
    kind: Column
    since: Column
    left: Column
    starts: Index
    lengths: Index

    @classmethod
    def of(cls, outer: Labels) -> Names:
        """Line up the words of the names that labels say."""
        first, after, kinds = stretches(outer)
        lengths = after - first
        starts = np.cumsum(lengths) - lengths
        number = np.repeat(np.arange(len(first)), lengths)
        since = np.arange(lengths.sum()) - starts[number]
        return cls(
            rows=first[number] + since,
            number=number,
            kind=(kinds[number] + 1).astype(np.uint32),
            since=np.minimum(since, 5).astype(np.uint32),
            left=np.minimum(lengths[number] - 1 - since, 5).astype(np.uint32),
            starts=starts,
            lengths=lengths,
        )

    def beside(self, column: Column, by: int) -> Column:
        """Return the values ``by`` words further on in the same name."""
        same = shifted(self.number.astype(np.uint32) + np.uint32(1), by) == self.number + 1
        return np.where(same, shifted(column, by), OUTSIDE)


def numbered_within(reading: Reading, names: Names, sources: Iterable[str]) -> list[Column]:
    """Return the numbers of all features: a column a template, a row a word of a name."""
    known = reading.marks[PLACES] if PLACES in set(sources) else np.zeros(len(reading.layout.inside), np.uint32)
    looked_at = {attribute.name: reading.layout.column(attribute)[names.rows] for attribute in LOOKED_AT}
    looked_at[PLACES] = known[names.rows]
    columns = list(_placed(names, looked_at))
    for name, column in looked_at.items():
        columns.extend(_near(name, column, names))
    return columns


def _placed(names: Names, looked_at: dict[str, Column]) -> Iterator[Column]:
    """Yield where in a name of which kind and head the word stands."""
    last = (names.starts + names.lengths - 1)[names.number]
    head, tag, place = looked_at["LAST"][last], looked_at["TAG"], looked_at[PLACES]
    next_tag = names.beside(tag, 1)
    yield mixed("in.kind", names.kind)
    yield mixed("in.kind+since", names.kind, names.since)
    yield mixed("in.kind+left", names.kind, names.left)
    yield mixed("in.since+left", names.since, names.left)
    yield mixed("in.head+since", names.kind, head, names.since)
    yield mixed("in.head+left", head, names.left)
    yield mixed("in.place+tag", place, next_tag)
    yield mixed("in.place+coarse", place, names.beside(looked_at["COARSE"], 1))
    yield mixed("in.place+kind", place, names.kind, names.since, np.minimum(names.left, np.uint32(1)))
    yield mixed("in.tag+kind", tag, next_tag, names.kind)


def _near(name: str, column: Column, names: Names) -> Iterator[Column]:
    """Yield what the word and its neighbours are."""
    yield mixed(f"in.{name}", column)
    yield mixed(f"in.{name}+kind", column, names.kind, names.since)
    yield mixed(f"in.{name}2", names.beside(column, 2))
    for by in (-1, 1):
        neighbour = names.beside(column, by)
        yield mixed(f"in.{name}{by}", neighbour)
        yield mixed(f"in.{name}+{by}", column, neighbour)
        yield mixed(f"in.{name}+{by}+first", column, neighbour, np.minimum(names.since, np.uint32(1)))
