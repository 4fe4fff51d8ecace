"""Turn the words of sentences into the numbered features that the tagger weighs.

All is computed for many sentences at once, column by column. A feature's number is a hash of its
template and its values: the same in training and in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jintu.recognise.columns import Coded, Column, Index, Layout, mixed, shifted
from jintu.recognise.lexicon import Attribute, hashed
from jintu.recognise.templates import Alone, Common, Few, Template, few


@dataclass(frozen=True)
class Clauses:
    """Hold for each row where its clause begins and ends: between two marks, quotes not counting.

    ``first`` is the first row of each clause, ``number`` tells which clause a row is of.
    """

    start: Index
    end: Index
    first: Index
    number: Index

    @staticmethod
    def of(breaks: npt.NDArray[np.bool_]) -> Clauses:
        """Find the clauses between breaks; a break is a clause of its own that is empty."""
        rows = np.arange(len(breaks))
        before = np.maximum.accumulate(np.where(breaks, rows, -1))
        after = np.minimum.accumulate(np.where(breaks, rows, len(breaks))[::-1])[::-1]
        start = np.where(breaks, rows, before + 1)
        opens = start == rows
        return Clauses(start, after, np.flatnonzero(opens), np.cumsum(opens) - 1)

    def common(self, seed: str, *columns: Column) -> Common:
        """Return the template of columns that have a row a clause."""
        return Common(mixed(seed, *columns), self.number)


def quote_column(quotes: Column, opening: int) -> Column:
    """Tell for each row whether it stands in quotes: 0, or its part of them and their length.

    >>> quote_column(np.array([0, 1, 0, 0, 2, 0], np.uint32), 1).tolist()
    [0, 18, 19, 21, 22, 0]
    """
    rows = np.arange(len(quotes))
    opened = np.maximum.accumulate(np.where(quotes == opening, rows, -1))
    closed_before = np.maximum.accumulate(np.where(quotes == opening + 1, rows, -1))
    closed_before = np.concatenate([[-1], closed_before[:-1]])
    closing = np.minimum.accumulate(np.where(quotes == opening + 1, rows, len(quotes))[::-1])[::-1]
    opening_next = np.minimum.accumulate(np.where(quotes == opening, rows, len(quotes))[::-1])[::-1]
    opening_next = np.concatenate([opening_next[1:], [len(quotes)]])
    inside = (opened > closed_before) & (closing < len(quotes)) & (closing < opening_next)
    inside &= closing - opened <= 40  # words: the longest quoted name of the gold has under 20
    length = np.minimum(closing - opened - 1, 6)
    part = np.select([rows == opened, rows == closing, rows == opened + 1, rows == closing - 1], [2, 6, 3, 5], 4)
    return np.where(inside, length * 8 + part, 0).astype(np.uint32)


def templates(layout: Layout, marks: Mapping[str, Coded], sources: Iterable[str]) -> Iterator[Template]:
    """Yield the templates of features, those of several words as the numbers of their features.

    ``marks`` are further columns by their source: what gazetteers and taggers say of a word.
    Only templates of ``sources`` are used.
    """
    clauses = Clauses.of(layout.column(Attribute.BREAK) != 0)
    yield from _near(layout)
    for source in sorted(sources):
        if source in marks:
            yield from _marked(source, marks[source], layout)
        elif source in OWN:
            yield from OWN[source](layout, clauses)


def _near(layout: Layout) -> Iterator[Template]:
    """Yield what the word and its neighbours are."""
    word, tag = layout.column(Attribute.WORD), layout.coded(Attribute.TAG)
    before, after = tag.shifted(-1), tag.shifted(1)
    yield few("any", Coded.small(np.zeros(len(word)), 1))
    for attribute in (Attribute.WORD, Attribute.TAG):
        yield from _alone(attribute, 2)
    for attribute in (Attribute.FIRST, Attribute.LAST, Attribute.ENDING, Attribute.SHAPE):
        yield from _alone(attribute, 1)
    yield mixed("word<", shifted(word, -1), word)
    yield mixed("word>", word, shifted(word, 1))
    yield from _pairs("tag", tag)
    yield mixed("tag<>", before.values, tag.values, after.values)
    yield few("tag<<", tag.shifted(-2), before)
    yield few("tag>>", after, tag.shifted(2))


def _grouped(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield the groups of words of like use that the word and its neighbours are of."""
    coarse = layout.coded(Attribute.COARSE)
    for attribute in (Attribute.COARSE, Attribute.MIDDLE, Attribute.FINE):
        yield from _alone(attribute, 2)
    yield from _pairs("coarse", coarse)
    yield mixed("coarse<>", *(coarse.shifted(by).values for by in (-1, 0, 1)))


def _pairs(name: str, column: Coded) -> Iterator[Few]:
    yield few(f"{name}<", column.shifted(-1), column)
    yield few(f"{name}>", column, column.shifted(1))


def _alone(attribute: Attribute, reach: int) -> Iterator[Alone]:
    return (Alone(f"{attribute.name}{by}", attribute, by) for by in range(-reach, reach + 1))


def _shifts(name: str, column: Coded, reach: int) -> Iterator[Few]:
    for by in range(-reach, reach + 1):
        yield few(f"{name}{by}", column.shifted(by))


def _quoted(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield where in quotes or book marks the word and its neighbours stand."""
    quotes = layout.column(Attribute.QUOTE)
    column = quote_column(quotes, 1) * np.uint32(64) + quote_column(quotes, 3)
    yield from _shifts("quotes", Coded.small(column, 64 * 64), 1)


def _placed(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield where in its clause the word stands and which marks bound the clause."""
    word, last = layout.column(Attribute.WORD), layout.column(Attribute.LAST)
    first, end = clauses.first, clauses.end[clauses.first]
    since = Coded.small(np.minimum(np.arange(len(word)) - clauses.start, 4), 5)
    before, after = word[np.maximum(first - 1, 0)], word[np.minimum(end, len(word) - 1)]
    yield clauses.common("first", word[first])
    yield few("since", since)
    yield clauses.common("bounds", before, after)
    yield clauses.common("bounds+head", before, after, last[np.maximum(end - 1, 0)])


def _headed(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield the word that ends the clause, and those that end the clauses beside it: the likely heads."""
    word, last = layout.column(Attribute.WORD), layout.column(Attribute.LAST)
    tag, coarse = layout.coded(Attribute.TAG), layout.coded(Attribute.COARSE)
    rows = np.arange(len(word))
    head, ends = np.maximum(clauses.end - 1, 0), np.maximum(clauses.end[clauses.first] - 1, 0)
    left, use = np.maximum(clauses.end - 1 - rows, 0), coarse.take(head)
    yield clauses.common("head", word[ends])
    yield clauses.common("head.last", last[ends])
    yield mixed("head.last+left", last[head], np.minimum(left, 5).astype(np.uint32))
    yield clauses.common("head.ending", layout.column(Attribute.ENDING)[ends])
    yield few("head.tag+tag", tag.take(head), tag)
    yield clauses.common("head.middle", layout.column(Attribute.MIDDLE)[ends])
    yield few("head.coarse+left", use, Coded.small(np.minimum(left, 3), 4))
    since = Coded.small(np.minimum(rows - clauses.start, 2), 3)
    yield few("head.coarse+first", use, coarse.take(clauses.start), since)
    yield few("head.coarse+tag", use, tag)
    yield from _beside(clauses, word, last, last[ends])


def _beside(clauses: Clauses, word: Column, last: Column, head: Column) -> Iterator[Common]:
    """Yield the last characters of a clause's head and of those beside it, with the marks between."""
    end = np.minimum(clauses.end[clauses.first] + 1, len(word) - 1)
    yield clauses.common("head.next", last[np.maximum(clauses.end[end] - 1, 0)], head, word[end - 1])
    start = np.maximum(clauses.first - 1, 0)
    yield clauses.common("head.before", last[np.maximum(start - 1, 0)], head, word[start])


def _led(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield what leads up to the word: the last verb or particle of the clause, or the words before it."""
    word, coarse = layout.column(Attribute.WORD), layout.coded(Attribute.COARSE)
    rows = np.arange(len(word))
    link = np.maximum.accumulate(np.where(layout.column(Attribute.LINK) != 0, rows, -1))
    link = np.concatenate([[-1], link[:-1]])
    here = (link >= clauses.start) & (rows - link <= 6)
    led = np.where(here, link, np.maximum(clauses.start - 1, 0))
    distance = Coded.small(np.where(here, np.minimum(rows - link, 5), 0), 6)
    before = np.maximum(clauses.first - 1, 0)
    yield mixed("led", word[led], here.astype(np.uint32))
    yield few("led.coarse", coarse.take(led), distance)
    yield clauses.common("led.before", word[before], coarse.values[np.maximum(before - 1, 0)])


def _coordinated(layout: Layout, clauses: Clauses) -> Iterator[Column]:
    """Yield what the members of a list are said to be: 企业 for those of A、B和C等3家企业."""
    said, tag, coarse = said_of_members(layout, clauses), layout.column(Attribute.TAG), layout.column(Attribute.COARSE)
    rows = np.arange(len(said))
    yield mixed("members", said)
    yield mixed("members+since", said, np.minimum(rows - clauses.start, 2).astype(np.uint32))
    yield mixed("members+left", said, np.minimum(np.maximum(clauses.end - 1 - rows, 0), 2).astype(np.uint32))
    yield mixed("members+tag", said, tag)
    yield mixed("members+coarse", said, coarse)


def said_of_members(layout: Layout, clauses: Clauses) -> Column:
    """Return for each word of a list that ends in 等 the first word after it that says what they are, else 0."""
    word, rows = layout.column(Attribute.WORD), np.arange(len(layout.words))
    telling = (layout.ends - layout.starts > 1) & (layout.column(Attribute.LINK) == 0) & layout.inside
    ahead = np.minimum.accumulate(np.where(telling, rows, len(rows))[::-1])[::-1]
    said, done = np.zeros(len(rows), np.uint32), 0
    for row in np.flatnonzero(word == AND_SO_ON).tolist():
        if ahead[row] < clauses.end[row]:
            start = int(clauses.start[row])
            while start - 2 >= done and word[start - 1] == COMMA_OF_LISTS:
                start = int(clauses.start[start - 2])
            said[max(start, done) : row] = word[ahead[row]]
        done = row + 1
    return said


def _listed(layout: Layout, clauses: Clauses) -> Iterator[Template]:
    """Yield what the word lists say of the word, of those beside it and of the clause's last one."""
    listed, coarse = layout.coded(Attribute.LISTED), layout.coded(Attribute.COARSE)
    left = np.minimum(np.maximum(clauses.end - 1 - np.arange(len(clauses.end)), 0), 5)
    yield from _alone(Attribute.LISTED, 2)
    yield few("listed<coarse", listed.shifted(-1), coarse)
    yield few("listed>coarse", listed.shifted(1), coarse)
    yield few("head.listed+left", listed.take(np.maximum(clauses.end - 1, 0)), Coded.small(left, 6))


def _marked(name: str, mark: Coded, layout: Layout) -> Iterator[Few]:
    """Yield what a further column says here and beside, alone and with the word's cluster."""
    yield from _shifts(name, mark, 2)
    yield from _pairs(name, mark)
    yield few(f"{name}+coarse", mark, layout.coded(Attribute.COARSE))


AND_SO_ON, COMMA_OF_LISTS = hashed("等"), hashed("、")
OWN: Mapping[str, Callable[[Layout, Clauses], Iterator[Template]]] = {  # the sources that need no column from outside
    "clauses": _placed,
    "coordination": _coordinated,
    "groups": _grouped,
    "heads": _headed,
    "leads": _led,
    "lists": _listed,
    "quotes": _quoted,
}
