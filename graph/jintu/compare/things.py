"""Find which entities of two graphs are one thing, though one of them was renamed, merged or parted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.link.unions import Unions
from jintu.model import Entity, Kind, KnowledgeGraph

Index = Mapping[tuple[str | None, str], Sequence[Entity]]


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold the entities of both graphs that are one thing, each side sorted by id."""

    before: tuple[Entity, ...]
    after: tuple[Entity, ...]

    @property
    def label(self) -> str:
        """Return the fullest name that either graph gives the thing."""
        return min((entity.label for entity in (*self.before, *self.after)), key=lambda name: (-len(name), name))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids that either graph gives the thing, sorted."""
        return tuple(sorted({*self.before_ids, *self.after_ids}))

    @property
    def before_ids(self) -> tuple[str, ...]:
        """Return the ids of the first graph."""
        return tuple(entity.id for entity in self.before)

    @property
    def after_ids(self) -> tuple[str, ...]:
        """Return the ids of the second graph."""
        return tuple(entity.id for entity in self.after)

    @property
    def kind(self) -> Kind:
        """Return the kind, the first of both graphs' in the alphabet where they differ."""
        return min(entity.kind for entity in (*self.before, *self.after))


def things(before: KnowledgeGraph, after: KnowledgeGraph) -> tuple[Thing, ...]:
    """Return the things that documents of two graphs name, the same whichever graph comes first.

    An entity whose id the other graph has is the same there. Another one is the same as the only
    entity of its scope that bears its name, or whose name it bears.
    """
    ours, theirs = _named(before), _named(after)
    unions: Unions[tuple[bool, str]] = Unions()
    for one, other in sorted({*_pairs(ours, theirs), *((one, other) for other, one in _pairs(theirs, ours))}):
        unions.join((False, one), (True, other))
    members: dict[tuple[bool, str], list[tuple[bool, str]]] = defaultdict(list)
    for node in sorted([*((False, name) for name in ours), *((True, name) for name in theirs)]):
        members[unions.root(node)].append(node)
    found = (
        Thing(
            tuple(ours[name] for is_after, name in nodes if not is_after),
            tuple(theirs[name] for is_after, name in nodes if is_after),
        )
        for nodes in members.values()
    )
    return tuple(sorted(found, key=lambda thing: (thing.label, thing.ids)))


def _named(knowledge: KnowledgeGraph) -> dict[str, Entity]:
    """Return the entities that a document names or speaks of, by id; the divisions around them are left out."""
    named = {link.entity for link in knowledge.links}
    for fact in knowledge.facts:
        if any(evidence.doc for evidence in fact.evidence):
            named.update(end for end in (fact.subject, fact.object) if isinstance(end, str))
    return {entity.id: entity for entity in knowledge.entities if entity.id in named}


def _pairs(ours: Mapping[str, Entity], theirs: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    labels, aliases = _index(theirs.values()), _index(theirs.values(), aliases=True)
    for name, entity in ours.items():
        if name in theirs:
            yield name, name
            continue
        same = {other.id for other in (*labels.get(_of(entity), ()), *aliases.get(_of(entity), ()))}
        same |= {other.id for alias in entity.aliases for other in labels.get((entity.scope, alias), ())}
        if len(same) == 1:
            yield name, same.pop()


def _of(entity: Entity) -> tuple[str | None, str]:
    return entity.scope, entity.label


def _index(entities: Iterable[Entity], *, aliases: bool = False) -> Index:
    index: dict[tuple[str | None, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        for name in entity.aliases if aliases else (entity.label,):
            index[entity.scope, name].append(entity)
    return index
