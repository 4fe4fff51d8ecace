"""Hold the mentions of one name in brief."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jintu.link.naming import plain
from jintu.model import Kind

BLANKS = re.compile(r" (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) ")  # beside Chinese they are slips of layout
ORDER = {kind: place for place, kind in enumerate(Kind)}
Fulls = tuple[tuple[str, int], ...]


class Key(NamedTuple):
    """Hold what the mentions of one name have in common: a scope, a normal form, a family of kinds."""

    scope: str
    rest: str
    family: str


class Group(NamedTuple):
    """Hold the mentions of one name: their kind and number, how the name is written out, and how it stands in texts.

    ``fulls`` are the ways of writing it out with the mentions of each, the longest first; ``docs`` the documents.
    """

    key: Key
    kind: Kind
    times: int
    fulls: Fulls
    texts: tuple[str, ...]
    docs: frozenset[str] = frozenset()

    @property
    def full(self) -> str:
        """Return the longest way of writing the name out."""
        return self.fulls[0][0]

    @property
    def forms(self) -> set[str]:
        """Return all ways in which the name stands anywhere."""
        return {*self.texts, *(full for full, _ in self.fulls)}

    def is_bare(self) -> bool:
        """Tell whether the name was never written with a place."""
        return {plain(full) for full, _ in self.fulls} == {self.key.rest}


def fullest_first(counts: Mapping[str, int]) -> Fulls:
    """Sort ways of writing a name out, the longest first.

    >>> fullest_first({"渤大": 3, "渤海大学": 1})
    (('渤海大学', 1), ('渤大', 3))
    """
    if len(counts) == 1:
        return tuple(counts.items())
    return tuple(sorted(counts.items(), key=lambda item: (-len(item[0]), item[0])))


def kind_of(counts: Mapping[Kind, int]) -> Kind:
    """Return the kind that most mentions have, the first of the vocabulary among equals."""
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda kind: (-counts[kind], ORDER[kind]))


def kind_of_all(groups: Sequence[Group]) -> Kind:
    """Return the kind that most mentions of some groups have."""
    if len(groups) == 1:
        return groups[0].kind
    counts: Counter[Kind] = Counter()
    for group in groups:
        counts[group.kind] += group.times
    return kind_of(counts)


def label_of(group: Group) -> str:
    """Return the fullest way a name is written out, the commonest among equals."""
    if len(group.fulls) == 1:
        return _written(group.full)
    counts: dict[str, int] = {}
    for full, count in group.fulls:
        written = _written(full)
        counts[written] = counts.get(written, 0) + count
    return min(counts, key=lambda full: (-len(plain(full)), not _is_balanced(full), -counts[full], full))


def _written(full: str) -> str:
    """Write a name as a label: blanks are single, and none stand beside Chinese."""
    written = " ".join(full.split())
    return BLANKS.sub("", written) if " " in written else written


def _is_balanced(name: str) -> bool:
    """Tell whether every quote that a name opens is closed in it, and the other way round."""
    return all(name.count(pair[0]) == name.count(pair[1]) for pair in ("“”", "《》", "（）", "()"))
