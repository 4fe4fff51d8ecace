"""Turn words into numbers: what a word looks like and how it is used.

Each distinct word gets one column of attributes, made when it is first met. A text's words are
then numbers of columns, and every attribute of every word is one look-up in an array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import repeat
from zlib import crc32

import numpy as np
import numpy.typing as npt

from jintu.ontology import Ontology
from jintu.recognise.lists import Lists
from jintu.segment import UNKNOWN

Ints = npt.NDArray[np.uint32]

CLUSTERS = "model/clusters.tsv"
ROWS = 100_000  # distinct words of the 192 reports twice over; beyond, the table starts anew: memory stays flat
NUMERALS = frozenset("一二三四五六七八九十百千万亿两几个")
STOPS = frozenset("，。；：！？\n\r,;:!?")  # hardly a name of the gold has one of them inside
BREAKS = STOPS | frozenset("、（）() \t\u3000—…")
WIDTHS = dict(zip(map(ord, ",;:!?()「」『』"), "，；：！？（）“”“”", strict=True))  # marks that mean the same
LINKS = frozenset("vupdcm")  # jieba's tags of verbs, particles, prepositions, adverbs, conjunctions, numerals


class Attribute(IntEnum):
    """What is known of a word, each a row of the table."""

    WORD = 0
    TAG = 1
    FIRST = 2
    LAST = 3
    ENDING = 4
    SHAPE = 5
    COARSE = 6
    MIDDLE = 7
    FINE = 8
    BREAK = 9  # 1 a mark that a name may hold, 2 one that it may not
    LINK = 10
    QUOTE = 11  # 1 “ 2 ” 3 《 4 》
    LISTED = 12  # what the word lists say
    TAG_CODE = 13  # a small number of its tag, from 1


PAD, BEYOND = 0, 1  # the numbers of what stands around a sentence, and of what stands beyond the ends of a name
FIRST = 2  # the number of the first word
OUTSIDE = 7  # every attribute of what stands beyond the ends of a name


def blank(rows: int) -> Ints:
    """Return a table with room for words, a column a word, but for the first two."""
    table = np.zeros((len(Attribute), rows), np.uint32)
    table[Attribute.BREAK, PAD] = 2
    table[:, BEYOND] = OUTSIDE
    return table


@dataclass
class Lexicon:
    """Hold the attributes of all words met so far.

    A column of ``table`` never changes; when there is no room for more, the words get a new table.
    """

    clusters: Mapping[str, tuple[int, int, int]]
    tag: Callable[[str], str]
    lists: Lists
    table: Ints = field(default_factory=lambda: blank(ROWS))
    _numbers: dict[str, int] = field(default_factory=dict)
    _tags: dict[int, int] = field(default_factory=dict)

    def numbered(self, words: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the number of each word, which is its column of the table; new words get new ones."""
        numbers = self._known(words)
        new = {words[at]: None for at in np.flatnonzero(numbers == PAD).tolist()}
        if len(self._numbers) + len(new) + FIRST >= self.table.shape[1]:
            new = dict.fromkeys(words)
            self._numbers, self.table = {}, blank(max(ROWS, len(new) + FIRST))
        for word in new:
            number = self._numbers[word] = len(self._numbers) + FIRST
            self.table[:, number] = self._attributes(word)
        return self._known(words) if new else numbers

    def _known(self, words: Sequence[str]) -> npt.NDArray[np.intp]:
        return np.fromiter(map(self._numbers.get, words, repeat(PAD)), np.intp, len(words))

    def _attributes(self, word: str) -> list[int]:
        word = word.translate(WIDTHS)
        tag = self.tag(word)
        tagged = hashed(tag if tag != UNKNOWN else UNKNOWN + shape(word))
        coarse, middle, fine = self.clusters.get(word, (0, 0, 0))
        return [
            hashed(word),
            tagged,
            ord(word[0]),
            ord(word[-1]),
            hashed(word[-2:]) if len(word) > 2 else 0,
            hashed(shape(word)),
            coarse,
            middle,
            fine,
            int(word in BREAKS) + int(word in STOPS),
            int(tag[0] in LINKS),
            "“”《》".find(word) + 1 if len(word) == 1 else 0,
            self.lists.number(word),
            self._tags.setdefault(tagged, len(self._tags) + 1),
        ]


def hashed(text: str) -> int:
    """Return a number for a string, the same in every run."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def shape(word: str) -> str:
    """Tell digits, numerals, Latin letters, marks and the length of Chinese words apart.

    >>> [shape(word) for word in ("12", "三", "PPP", "水库", "，")]
    ['digit', 'numeral', 'latin', '2', '，']
    """
    if word[0].isdigit():
        return "digit"
    if all(character in NUMERALS for character in word):
        return "numeral"
    if word[0].isascii() and word[0].isalpha():
        return "latin"
    return str(min(len(word), 5)) if word[0].isalnum() else word[0]


def load_lexicon(ontology: Ontology, tag: Callable[[str], str], lists: Lists) -> Lexicon:
    """Open the table of word clusters."""
    clusters = {
        row["word"]: (int(row["coarse"]), int(row["middle"]), int(row["fine"]))
        for row in ontology.rows(CLUSTERS, "word", "coarse", "middle", "fine")
    }
    return Lexicon(clusters, tag, lists)
