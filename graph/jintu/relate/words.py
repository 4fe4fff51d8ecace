"""Find the words of a rule in a text, all at once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from jintu.model import Struct
from jintu.segment import Finder


class Word(Struct, frozen=True, gc=False):
    """Hold where a word of a rule stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hold where words were found in a text, in order, to be asked for the nearest."""

    text: str
    starts: list[int]
    ends: list[int]

    def last(self, floor: int, before: int) -> Word | None:
        """Return the last word that starts at ``floor`` or later and ends at ``before`` or earlier."""
        at = bisect_right(self.ends, before) - 1
        return self._word(at) if at >= 0 and self.starts[at] >= floor else None

    def first(self, after: int, ceiling: int) -> Word | None:
        """Return the first word that starts at ``after`` or later and ends at ``ceiling`` or earlier."""
        at = bisect_left(self.starts, after)
        return self._word(at) if at < len(self.starts) and self.ends[at] <= ceiling else None

    def _word(self, at: int) -> Word:
        start, end = self.starts[at], self.ends[at]
        return Word(start, end, self.text[start:end])


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Compile words into one pattern that takes the longest of those that start at a place."""
    return re.compile("|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))))


def scan(find: Finder, text: str) -> Found:
    """Find the words of a rule, none inside another.

    >>> found = scan(Finder(["推进", "加快推进"]), "加快推进和推进")
    >>> found.first(0, 7), found.last(0, 7)
    (Word(start=0, end=4, text='加快推进'), Word(start=5, end=7, text='推进'))
    """
    matches = find(text)
    return Found(text, [start for start, _, _ in matches], [end for _, end, _ in matches])
