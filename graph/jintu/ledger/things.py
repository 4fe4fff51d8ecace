"""Find in a report the thing that the report before it planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from jintu.divisions import COUNTRY
from jintu.ledger.names import BUILT, Likeness, Name, likeness, name_of
from jintu.model import Entity, Kind

# Kinds whose names may differ in a word: works; what one report takes for a programme and the next for a project;
# a drive for a title, and the title won.
SORTS = (BUILT, (Kind.PROGRAMME, Kind.PROJECT), (Kind.PROGRAMME, Kind.HONOUR))
SAME = Likeness(1.0, "the same entity")


@dataclass(frozen=True, slots=True)
class Forms:
    """Hold a name as it is compared with names of what is built, and with names of programmes and titles."""

    built: Name
    policy: Name


class Told(IntEnum):
    """How much a report says of a thing: its name alone, at which stage it shall be, at which it is."""

    NAMED = 0
    PLANNED = 1
    STATED = 2


@dataclass(frozen=True)
class Things:
    """Hold the things that a report names with how much it says of them, and find among them one of another name."""

    told: Mapping[str, Told]
    entities: Mapping[str, Entity]
    names: Mapping[str, Forms]

    def find(self, thing: Entity) -> tuple[str, Likeness] | None:
        """Return the id of the thing in the report with how like its name is: itself, or the only one that fits.

        Another name that is as good as the same is taken for the thing where more is said under it.
        """
        own, alike = self.told.get(thing.id), self._only(thing)
        if own is None or alike is None:
            return alike if own is None else (thing.id, SAME)
        is_sure = own is Told.NAMED or alike[1].score == 1.0 or alike[1].is_part
        return alike if is_sure and self.told[alike[0]] > own else (thing.id, SAME)

    def _only(self, thing: Entity) -> tuple[str, Likeness] | None:
        """Return the one thing with a name that fits; of several the one whose core is the same.

        Several phases are one thing's: the one of which most is said stands for it.
        """
        found = [(other, like) for other in self._near(thing) if (like := self._likeness(thing, other))]
        exact = [(other, like) for other, like in found if like.score == 1.0]
        cores = {self._form(other, thing).core for other, _ in found}
        if not found or (not exact and len(cores) != 1 and not all(like.is_part for _, like in found)):
            return None
        best, like = min(exact or found, key=lambda pair: (-self.told[pair[0].id], pair[0].id))
        return best.id, like

    def _near(self, thing: Entity) -> list[Entity]:
        """Return the things that share a key with a name, by id."""
        found = {other for key in _keys(self.names[thing.id]) for other in self._index[key]}
        return [self.entities[other] for other in sorted(found - {thing.id})]

    def _likeness(self, thing: Entity, other: Entity) -> Likeness | None:
        if not _near_each_other(thing, other):
            return None
        like = likeness(self._form(thing, other), self._form(other, thing))
        return like if like and (like.score == 1.0 or _of_one_sort(thing, other)) else None

    def _form(self, thing: Entity, other: Entity) -> Name:
        """Return the name of a thing as it is compared with the other's."""
        is_built = thing.kind in BUILT or other.kind in BUILT
        return self.names[thing.id].built if is_built else self.names[thing.id].policy

    @cached_property
    def _index(self) -> Mapping[str, list[str]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for thing in sorted(self.told):
            for key in _keys(self.names[thing]):
                index[key].append(thing)
        return index


def names_of(entities: Mapping[str, Entity], known: Mapping[str, Entity]) -> dict[str, Forms]:
    """Return the names of entities as they are compared, by id; ``known`` holds their scopes."""
    return {key: _forms(entity, known) for key, entity in entities.items()}


def _forms(entity: Entity, known: Mapping[str, Entity]) -> Forms:
    place = _place(entity, known)
    return Forms(*(name_of(entity.label, kind, place=place) for kind in (Kind.PROJECT, Kind.PROGRAMME)))


def _keys(forms: Forms) -> frozenset[str]:
    return forms.built.keys | forms.policy.keys


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
