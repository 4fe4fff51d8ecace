"""Word lists that an analyst may lengthen: what begins or ends no name, what ends names of a kind, what is no name.

The tables of ``lists/`` were counted over reports by ``lists/mine_lists.py``; they are read anew in
every run, so that a line added changes what is recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jintu.model import Kind
from jintu.ontology import Ontology, choice, complain

LISTS = "lists"  # the folder, and the source of candidates
OPENER, STATUS, HEAD = 1, 2, 4  # a head counts as often as its kind's number, from 1
NUMBERS = {kind: HEAD * number for number, kind in enumerate(Kind, 1)}


@dataclass(frozen=True, slots=True)
class Lists:
    """Hold the listed words, and the phrases that are no names."""

    openers: frozenset[str]
    statuses: frozenset[str]
    heads: Mapping[str, Kind]
    generic: frozenset[str]

    def number(self, word: str) -> int:
        """Return what a word is listed as, 0 where it is not.

        >>> lists = Lists(frozenset({"推进"}), frozenset({"竣工"}), {"水库": Kind.PLACE}, frozenset())
        >>> [lists.number(word) for word in ("推进", "竣工", "水库", "今年")]
        [1, 2, 4, 0]
        """
        head = NUMBERS[self.heads[word]] if word in self.heads else 0
        return OPENER * (word in self.openers) + STATUS * (word in self.statuses) + head


def load_lists(ontology: Ontology) -> Lists:
    """Open the word lists.

    Raises:
        OntologyError: with every row whose kind is none.
    """
    mistakes: list[str] = []
    kinds = [kind.value for kind in Kind]
    heads = {
        row["word"]: choice(row, "kind", kinds, mistakes)
        for row in ontology.rows(f"{LISTS}/heads.tsv", "word", "kind", "seen")
    }
    complain(mistakes)
    openers, statuses = (
        frozenset(row["word"] for row in ontology.rows(f"{LISTS}/{table}.tsv", "word", "seen"))
        for table in ("openers", "statuses")
    )
    generic = frozenset(row["name"] for row in ontology.rows(f"{LISTS}/generic.tsv", "name", "seen"))
    return Lists(openers, statuses, {word: Kind(kind) for word, kind in heads.items()}, generic)
