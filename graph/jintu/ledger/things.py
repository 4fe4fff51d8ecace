"""Find in a report the thing that the report before it planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jintu.divisions import COUNTRY
from jintu.ledger.names import BUILT, Likeness, Name, likeness, name_of
from jintu.model import Entity, Kind

SORTS = ((*BUILT, Kind.PROGRAMME), (Kind.PROGRAMME, Kind.HONOUR))  # a drive for a title, and the title won
SAME = Likeness(1.0, "the same entity")


@dataclass(frozen=True)
class Things:
    """Hold the things that a report names, and find among them one of another name.

    ``spoken`` are the ids of those of which the report says how far they are.
    """

    entities: tuple[Entity, ...]
    spoken: frozenset[str]
    names: Mapping[str, Name]

    def find(self, thing: Entity) -> tuple[str, Likeness] | None:
        """Return the id of the thing in the report with how like its name is: itself, or the only one that fits."""
        if thing.id in self.spoken:
            return thing.id, SAME
        alike = self._only(thing)
        if alike and (alike[0] in self.spoken or thing.id not in self._ids):
            return alike
        return (thing.id, SAME) if thing.id in self._ids else None

    def _only(self, thing: Entity) -> tuple[str, Likeness] | None:
        """Return the one thing with a name that fits; of several the one whose core is the same.

        Several phases are one thing's: the first of which something is said stands for it.
        """
        name = self.names[thing.id]
        found = [(other, like) for other in self._near(name) if (like := self._likeness(thing, other))]
        exact = [(other, like) for other, like in found if like.score == 1.0]
        cores = {self.names[other.id].core for other, _ in found}
        if not found or (not exact and len(cores) != 1 and not all(like.is_part for _, like in found)):
            return None
        best = min(exact or found, key=lambda pair: (pair[0].id not in self.spoken, pair[0].id))
        return best[0].id, best[1]

    def _near(self, name: Name) -> list[Entity]:
        """Return the things that share a key with a name, by id."""
        return [self._ids[other] for other in sorted({other for key in name.keys for other in self._index[key]})]

    def _likeness(self, thing: Entity, other: Entity) -> Likeness | None:
        if other.id == thing.id or not _near_each_other(thing, other):
            return None
        like = likeness(self.names[thing.id], self.names[other.id])
        return like if like and (like.score == 1.0 or _of_one_sort(thing, other)) else None

    @cached_property
    def _ids(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _index(self) -> Mapping[str, list[str]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for entity in self.entities:
            for key in self.names[entity.id].keys:
                index[key].append(entity.id)
        return index


def names_of(entities: Iterable[Entity]) -> dict[str, Name]:
    """Return the names of entities as they are compared, by id."""
    known = {entity.id: entity for entity in entities}
    return {key: name_of(entity.label, entity.kind, place=_place(entity, known)) for key, entity in known.items()}


def _place(entity: Entity, known: Mapping[str, Entity]) -> str:
    scope = known.get(entity.scope or "")
    return scope.label if scope else ""


def _of_one_sort(thing: Entity, other: Entity) -> bool:
    return any(thing.kind in sort and other.kind in sort for sort in SORTS)


def _near_each_other(thing: Entity, other: Entity) -> bool:
    """Tell whether two things are of one place, or one of a place that the other's lies in."""
    wide, narrow = sorted((_stem(thing), _stem(other)), key=len)
    return narrow.startswith(wide)


def _stem(entity: Entity) -> str:
    """Return the digits of the code of an entity's place that all codes inside it begin with."""
    code = (entity.scope or "").removeprefix("division/")
    return "" if code == COUNTRY else code.removesuffix("00").removesuffix("00")
