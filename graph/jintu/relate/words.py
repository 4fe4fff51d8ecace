"""Find the words of a rule in a text, all at once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Hold where a word of a rule stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the words found in a text, in order, to be asked for the nearest."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def last(self, floor: int, before: int) -> Word | None:
        """Return the last word that starts at ``floor`` or later and ends at ``before`` or earlier."""
        at = bisect_right(self.ends, before) - 1
        return self.words[at] if at >= 0 and self.starts[at] >= floor else None

    def first(self, after: int, ceiling: int) -> Word | None:
        """Return the first word that starts at ``after`` or later and ends at ``ceiling`` or earlier."""
        at = bisect_left(self.starts, after)
        return self.words[at] if at < len(self.words) and self.ends[at] <= ceiling else None


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Compile words into one pattern that takes the longest of those that start at a place."""
    return re.compile("|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))))


def scan(words: re.Pattern[str], text: str) -> Found:
    """Find the words of a pattern, none inside another.

    >>> [word.text for word in scan(pattern(["推进", "加快推进"]), "加快推进和推进").words]
    ['加快推进', '推进']
    """
    found = tuple(Word(m.start(), m.end(), m[0]) for m in words.finditer(text))
    return Found(found, tuple(word.start for word in found), tuple(word.end for word in found))
