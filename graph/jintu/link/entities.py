"""Make entities of the names of a region that mean one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from jintu.divisions import COUNTRY, Division, Divisions
from jintu.link.context import own_division
from jintu.link.groups import Group, Key, kind_of_all, label_of
from jintu.link.sightings import DIVISION, own_id
from jintu.model import Document, Entity, Kind, replace
from jintu.regions import NATION, NOWHERE

Named = tuple[str, str]  # the entity that a form means, and why it is that one where the form alone does not say


class Move(NamedTuple):
    """Hold that a key means what its root means, and why; ``id`` is the entity's where others regions join it too."""

    key: Key
    root: Key
    reason: str
    id: str


@dataclass(frozen=True, slots=True)
class Moves:
    """Hold the names of a region that mean another's thing, and those of other regions that mean one of its own."""

    leaving: tuple[Move, ...] = ()
    coming: tuple[tuple[Key, Group], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Hold the things of a region: the groups of each by its root, the ids of roots, and what each group means."""

    members: Mapping[Key, Sequence[Group]]
    ids: Mapping[Key, str]
    named: tuple[Named, ...]


def identify(root: Key, groups: Iterable[Group]) -> str:
    """Return the id of a thing's entity: readable, and the same wherever it is seen alone."""
    if root.family == DIVISION:
        return division_id(root.scope)
    members = tuple(groups)
    own = next(group for group in members if group.key == root)
    return f"{kind_of_all(members).lower()}/{root.scope}/{label_of(own)}"


def division_id(scope: str) -> str:
    """Return the id of a division's entity by its code, or by ``cn`` for the country."""
    return f"division/{COUNTRY if scope == NATION else scope}"


def scope_by_id(identifier: str, divisions: Divisions) -> str | None:
    """Return the scope of an entity that was made here, by its id alone.

    >>> from jintu.divisions import load
    >>> from jintu.ontology import load as ontology
    >>> scope_by_id("place/210726/大虎山", load(ontology())), scope_by_id("division/210726", load(ontology()))
    ('division/210726', 'division/210700')
    """
    kind, _, rest = identifier.partition("/")
    scope = rest.partition("/")[0]
    if kind != DIVISION:
        return None if scope == NOWHERE else division_id(scope)
    return _division_scope(_chain(scope, divisions))


def resolve(groups: Sequence[Group], moves: Moves) -> Resolved:
    """Tell what a region's groups mean; pure, and the same wherever it runs."""
    going = {move.key: move for move in moves.leaving}
    members: dict[Key, list[Group]] = defaultdict(list)
    for group in groups:
        root = going[group.key].root if group.key in going else group.key
        members[root].append(group)
    for root, group in moves.coming:
        members[root].append(group)
    here = {group.key for group in groups}
    ids = {root: identify(root, together) for root, together in members.items() if root in here}
    ids.update((move.root, move.id) for move in moves.leaving if move.root not in here)
    own = {root: together for root, together in members.items() if root in here}
    return Resolved(own, ids, tuple(_named(group.key, going, ids) for group in groups))


def _named(key: Key, going: Mapping[Key, Move], ids: Mapping[Key, str]) -> Named:
    move = going.get(key)
    return (ids[move.root], move.reason) if move else (ids[key], "")


def entities_of(resolved: Resolved) -> list[Entity]:
    """Make the entities of a region that are no divisions, one an id, sorted."""
    return sorted(_entities(resolved), key=attrgetter("id"))


def _entities(resolved: Resolved) -> Iterator[Entity]:
    together: dict[str, list[Group]] = defaultdict(list)
    scopes: dict[str, str] = {}
    for root, groups in sorted(resolved.members.items()):
        if root.family != DIVISION:
            together[resolved.ids[root]].extend(groups)
            scopes[resolved.ids[root]] = root.scope
    for name, groups in together.items():
        label = name.split("/", 2)[2]
        forms = set[str]().union(*(group.forms for group in groups))
        scope = None if scopes[name] == NOWHERE else division_id(scopes[name])
        yield Entity(name, kind_of_all(groups), label, tuple(sorted(forms - {label})), scope)


def named_divisions(resolved: Resolved) -> dict[str, tuple[str, ...]]:
    """Return the divisions that are named or hold what is named, by code, with their names."""
    forms: dict[str, set[str]] = defaultdict(set)
    for root, groups in resolved.members.items():
        if root.scope != NOWHERE:
            code = COUNTRY if root.scope == NATION else root.scope
            names = (group.forms for group in groups if root.family == DIVISION)
            forms[code].update(*names)
    return {code: tuple(sorted(names)) for code, names in sorted(forms.items())}


def place_entities(
    documents: Iterable[Document], named: Iterable[Mapping[str, Iterable[str]]], divisions: Divisions
) -> tuple[Entity, ...]:
    """Make the entities of the divisions that regions name, and of the documents' own places."""
    forms: dict[str, set[str]] = defaultdict(set)
    for code, names in (row for region in named for row in region.items()):
        forms[code].update(names)
    others: dict[str, Entity] = {}
    for document in documents:
        division = own_division(document, divisions)
        if division and document.place:
            forms[division.code].add(document.place)
        elif document.place:
            others[own_id(document.place)] = Entity(own_id(document.place), Kind.PLACE, document.place)
    return (*others.values(), *division_entities(forms, divisions))


def once(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Make one of entities of one id, which come one after the other: a document's own place may be named too.

    >>> own = Entity("place/-/云港", Kind.PLACE, "云港")
    >>> [entity.aliases for entity in once([replace(own, aliases=("云港新区",)), own])]
    [('云港新区',)]
    """
    for _, same in groupby(entities, key=attrgetter("id")):
        *others, last = same
        names = {last.label, *last.aliases}.union(*((other.label, *other.aliases) for other in others))
        yield replace(last, aliases=tuple(sorted(names - {last.label}))) if others else last


def division_entities(forms: Mapping[str, Iterable[str]], divisions: Divisions) -> Iterator[Entity]:
    """Yield the divisions of some codes, with the names they go by, and all they lie in."""
    known: dict[str, set[str]] = {code: set(names) for code, names in forms.items()}
    for code in list(known):
        for above in _chain(code, divisions):
            known.setdefault(above.code, set())
    for code, names in sorted(known.items()):
        yield _division_entity(code, names, divisions)


def _chain(code: str, divisions: Divisions) -> tuple[Division, ...]:
    """Return what a division lies in, or lay in when it was last there."""
    place = divisions.at(code)
    return divisions.chain(code, year=place.until) if place else ()


def _division_scope(chain: Sequence[Division]) -> str | None:
    return division_id(chain[1].code) if len(chain) > 1 else None


def _division_entity(code: str, names: set[str], divisions: Divisions) -> Entity:
    chain = _chain(code, divisions)
    place = chain[0]
    aliases = {*names, place.short, *place.aliases} - {place.name}
    elsewhere = divisions.identifiers(code)
    return Entity(
        division_id(code),
        Kind.PLACE,
        place.name,
        tuple(sorted(aliases)),
        _division_scope(chain),
        code,
        same_as=elsewhere.iris,
        identifiers=elsewhere.codes,
    )
