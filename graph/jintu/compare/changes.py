"""Hold what is different between two graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jintu.model import Document, Kind, Measure, Modality

SHOWN = 3  # documents and places of a side that are named; the rest are counted


class Group(StrEnum):
    """What a change is about."""

    ENTITY = "entity"
    FACT = "fact"
    INDICATOR = "indicator"


class Sort(StrEnum):
    """Whether the second graph alone says something, the first alone, or both in different ways."""

    CAME = "came"
    GONE = "gone"
    CHANGED = "changed"


class How(StrEnum):
    """How something changed; what came or went has none."""

    RENAMED = "renamed"
    KIND = "kind"  # the same name, of another kind
    MERGED = "merged"  # several things of the first graph are one in the second
    PARTED = "parted"
    MOVED_ON = "moved on"  # a later stage
    WENT_BACK = "went back"
    BECAME_SO = "became so"  # planned before, stated now
    PLANNED_AGAIN = "planned again"  # stated before, a plan now
    ROSE = "rose"
    FELL = "fell"
    REWORDED = "reworded"  # the same amount with another bound, or amounts that cannot be compared
    DATED = "dated anew"  # the same words of the same document, for another year
    NONE = ""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Hold the words of one side, and where they stand."""

    doc: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what one graph says: in short, for which year, planned or stated, and all quotes for it."""

    said: str
    quotes: tuple[Quote, ...]
    year: int | None = None
    modality: Modality = Modality.STATED


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one difference; ``thing`` is the fullest name that either graph gives what it is about.

    ``id`` is the first of the ids that they give it. ``aspect`` is the relation, or the indicator's
    name with its ``measure``; it is empty for a change of the thing itself.
    """

    id: str
    thing: str
    kind: Kind
    group: Group
    aspect: str
    measure: Measure | None
    sort: Sort
    how: How
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class Outline:
    """Hold what a graph is made of: its documents, and how many entities and facts."""

    documents: tuple[Document, ...]
    entities: int
    facts: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold two graphs in outline and all changes between them, thing by thing."""

    before: Outline
    after: Outline
    changes: tuple[Change, ...]

    def alone(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the places of which only the one graph, only the other has documents: all they say came or is gone."""
        before, after = ({one.place for one in side.documents if one.place} for side in (self.before, self.after))
        return tuple(sorted(before - after)), tuple(sorted(after - before))

    def counts(self) -> Mapping[tuple[Group, Sort], int]:
        """Count the changes by group and sort, with a zero where there are none."""
        counted = Counter((change.group, change.sort) for change in self.changes)
        return {(group, sort): counted[group, sort] for group in Group for sort in Sort}

    def ways(self) -> Mapping[How, int]:
        """Count the ways in which things changed, the commonest first."""
        counted = Counter(change.how for change in self.changes if change.how)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
