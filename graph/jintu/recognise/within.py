"""Turn the words of names into the numbered features that tell names inside them.

Only the words of outer names are looked at, all names one after the other; a neighbour counts
where it is of the same name. What is a place, an institution or a person of its own elsewhere in
the document is likely one inside a name too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from jintu.model import Kind
from jintu.recognise.columns import Array, Column, Index, mixed, shifted
from jintu.recognise.gazetteer import FIRST, FURTHER, WHOLE, Gazetteer
from jintu.recognise.lexicon import BEYOND, OUTSIDE, Attribute, hashed
from jintu.recognise.lists import LISTS
from jintu.recognise.names import Labels, Marks, stretches
from jintu.recognise.reading import GAZETTEER, Reading
from jintu.recognise.templates import Alone, Template, Words

SEEN = "seen"  # the column of what is a name of its own elsewhere
NESTING = {1 + number: kind for number, kind in enumerate(Kind) if kind in (Kind.PLACE, Kind.INSTITUTION, Kind.PERSON)}
KIND_NUMBERS = {hashed(kind.value) & 0xFFFFFFF0: number for number, kind in enumerate(NESTING.values())}
LEVELS = tuple("省市县区镇乡州盟旗")  # what short names of divisions drop
PLACE = list(NESTING.values()).index(Kind.PLACE)  # which of the inner kinds places are
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
ALONE = (0, -1, 1, 2)  # words further on that are looked at alone


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
    _same: dict[int, Marks] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, outer: Labels, *, least: int = 1) -> Names:
        """Line up the words of the names that labels say, which are of at least so many words."""
        first, after, kinds = stretches(outer)
        long = after - first >= least
        first, kinds, lengths = first[long], kinds[long], (after - first)[long]
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

    @property
    def first(self) -> Index:
        """Return the row of each name's first word."""
        return self.rows[self.starts]

    @property
    def after(self) -> Index:
        """Return the row behind each name's last word."""
        return self.first + self.lengths

    def beside(self, column: Array, by: int, beyond: int = OUTSIDE) -> Array:
        """Return the values ``by`` words further on in the same name, and another one beyond its ends."""
        if by not in self._same:
            numbers = self.number.astype(np.uint32) + np.uint32(1)
            self._same[by] = shifted(numbers, by) == numbers
        moved = shifted(column, by)
        moved[~self._same[by]] = beyond
        return moved


def words_within(reading: Reading, names: Names) -> Words:
    """Return what gives the words so many further on in the same name."""
    words = reading.layout.words[names.rows]
    return lambda by: names.beside(words, by, BEYOND)


def templates_within(reading: Reading, names: Names, known: Column, sources: Iterable[str]) -> Iterator[Template]:
    """Yield the templates of features, a row a word of a name; ``known`` is what is seen."""
    placed = reading.marks[GAZETTEER].values * np.uint32(GAZETTEER in set(sources))
    looked_at = {attribute.name: reading.layout.column(attribute)[names.rows] for attribute in LOOKED_AT}
    looked_at[GAZETTEER] = placed[names.rows]
    looked_at[LISTS] = reading.layout.column(Attribute.LISTED)[names.rows] * np.uint32(LISTS in set(sources))
    looked_at[SEEN] = known[names.rows]
    yield from _placed(names, looked_at)
    yield from _ahead(names, looked_at)
    for attribute in LOOKED_AT:
        yield from (Alone(f"in.{attribute.name}{by or ''}", attribute, by) for by in ALONE)
    for name, column in looked_at.items():
        if name not in Attribute.__members__:
            yield from (mixed(f"in.{name}{by or ''}", names.beside(column, by)) for by in ALONE)
        yield from _near(name, column, names)


def seen(reading: Reading, names: Names) -> Column:
    """Mark the words of names that are outer names elsewhere, and of short names of divisions that are."""
    labels: dict[str, str] = {}
    layout = reading.layout
    starts = layout.starts[names.first].tolist()
    ends = layout.ends[names.after - 1].tolist()
    for start, end, kind in zip(starts, ends, names.kind[names.starts].tolist(), strict=True):
        if kind in NESTING:
            name = reading.text[start:end]
            labels.setdefault(name, NESTING[kind].value)
            if kind == 1 and len(name) > 2 and name.endswith(LEVELS):
                labels.setdefault(name[:-1], "short")
    known = {name: label for name, label in labels.items() if len(name) > 1}
    return Gazetteer(known).mark(reading.text, layout).values if known else np.zeros(len(layout.inside), np.uint32)


def known_within(known: Column, names: Names, inner: Labels) -> Labels:
    """Add the names that ``seen`` marks inside outer names where no inner name is.

    >>> column = np.array([0, 1 << 4 | 1, 1 << 4 | 2, 0], np.uint32)
    >>> known_within(column, Names.of(np.array([0, 5, 6, 6], np.int8)), np.zeros(4, np.int8)).tolist()
    [0, 1, 2, 0]
    """
    kept = inner.copy()
    part = known[names.rows] & np.uint32(15)
    begins = (part == FIRST) | (part == WHOLE)
    goes_on = (part == FURTHER) & (names.since > 0)
    stops = np.append(np.flatnonzero(~goes_on), len(part))
    first = np.flatnonzero(begins)
    after = stops[np.searchsorted(stops, first, side="right")]
    inside = after - first < names.lengths[names.number[first]]
    start, end = names.rows[first[inside]], names.rows[after[inside] - 1] + 1
    for begin, stop, mark in zip(start.tolist(), end.tolist(), known[start].tolist(), strict=True):
        _add(kept, begin, stop, _kind_number(mark))
    return kept


def led_by_county(reading: Reading, names: Names, inner: Labels) -> Labels:
    """Add the county of the report's own place that an outer name begins with, where no inner name is: 奉新|文化馆."""
    kept, layout = inner.copy(), reading.layout
    if not reading.counties:
        return kept
    first, after = names.first, names.after
    openings = {name[:2] for name in reading.counties}
    for start, stop, at in zip(first.tolist(), after.tolist(), layout.starts[first].tolist(), strict=True):
        if reading.text[at : at + 2] in openings:
            ends = layout.ends[start:stop].tolist()
            words = [end for end, until in enumerate(ends, start + 1) if reading.text[at:until] in reading.counties]
            if words and words[-1] < stop:
                _add(kept, start, words[-1], PLACE)
    return kept


def _add(labels: Labels, start: int, end: int, kind: int) -> None:
    """Label a name inside another where none is yet."""
    if not labels[start:end].any():
        labels[start] = 1 + 2 * kind
        labels[start + 1 : end] = 2 + 2 * kind


def _kind_number(mark: int) -> int:
    """Return which of the inner kinds a mark stands for; short names of divisions are places."""
    return KIND_NUMBERS.get(mark & 0xFFFFFFF0, PLACE)


def _placed(names: Names, looked_at: dict[str, Column]) -> Iterator[Column]:
    """Yield where in a name of which kind and head the word stands."""
    last = (names.starts + names.lengths - 1)[names.number]
    head, tag, place = looked_at["LAST"][last], looked_at["TAG"], looked_at[GAZETTEER]
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


def _ahead(names: Names, looked_at: dict[str, Column]) -> Iterator[Column]:
    """Yield what goes on after the word: further words, the head, the length of the name."""
    final, initial = (names.starts + names.lengths - 1)[names.number], names.starts[names.number]
    last, place, tag, middle = (looked_at[name] for name in ("LAST", GAZETTEER, "TAG", "MIDDLE"))
    next_last, later_last = names.beside(last, 1), names.beside(last, 2)
    length = np.minimum(names.lengths[names.number], 12).astype(np.uint32)
    yield mixed("in.last>", last, next_last)
    yield mixed("in.last>>", last, next_last, later_last)
    yield mixed("in.place>", place, next_last)
    yield mixed("in.place>>", place, next_last, later_last)
    yield mixed("in.place>place", place, names.beside(place, 1))
    yield mixed("in.place>middle", place, names.beside(middle, 1))
    yield mixed("in.place+head", place, looked_at["WORD"][final], names.since)
    yield mixed("in.place+use", place, looked_at["FINE"][final], names.since)
    yield mixed("in.place+kind+last", place, names.kind, last[final])
    yield mixed("in.use+use", middle, middle[final], names.since)
    yield mixed("in.length", names.kind, length, names.since)
    yield mixed("in.coarse>>", *(names.beside(looked_at["COARSE"], by) for by in (0, 1, 2)))
    yield mixed("in.tag>>", *(names.beside(tag, by) for by in (0, 1, 2)), names.since)
    yield mixed("in.<tag>", *(names.beside(tag, by) for by in (-1, 0, 1)))
    yield mixed("in.first+since", place[initial], names.since)
    yield mixed("in.first+left", place[initial], names.since, names.left, names.kind)
    yield mixed("in.seen+left", looked_at[SEEN], names.left, names.since)


def _near(name: str, column: Column, names: Names) -> Iterator[Column]:
    """Yield what the word is in its name, and with its neighbours."""
    yield mixed(f"in.{name}+kind", column, names.kind, names.since)
    for by in (-1, 1):
        neighbour = names.beside(column, by)
        yield mixed(f"in.{name}+{by}", column, neighbour)
        yield mixed(f"in.{name}+{by}+first", column, neighbour, np.minimum(names.since, np.uint32(1)))
