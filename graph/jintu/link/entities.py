"""Make entities of what was seen as one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jintu.divisions import COUNTRY, Division, Divisions
from jintu.link.aliases import Key
from jintu.link.context import NATION, NOWHERE
from jintu.link.naming import plain
from jintu.link.sightings import DIVISION, Sighting
from jintu.model import Entity, Kind

Members = Mapping[Key, Sequence[Sighting]]
BLANKS = re.compile(r" (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) ")  # beside Chinese they are slips of layout
ORDER = {kind: place for place, kind in enumerate(Kind)}


def identify(members: Members) -> dict[Key, str]:
    """Return the id of each thing's entity: readable, and the same wherever it is seen alone."""
    return {root: _id(root, seen) for root, seen in members.items()}


def _id(root: Key, seen: Sequence[Sighting]) -> str:
    if root.family == DIVISION:
        return division_id(root.scope)
    return f"{kind_of(seen).value.lower()}/{root.scope}/{label_of(root, seen)}"


def division_id(scope: str) -> str:
    """Return the id of a division's entity by its code, or by ``cn`` for the country."""
    return f"division/{COUNTRY if scope == NATION else scope}"


def kind_of(seen: Iterable[Sighting]) -> Kind:
    """Return the kind that most mentions have, the first of the vocabulary among equals."""
    kinds = [sighting.kind for sighting in seen]
    if kinds.count(kinds[0]) == len(kinds):
        return kinds[0]
    counts = Counter(kinds)
    return min(counts, key=lambda kind: (-counts[kind], ORDER[kind]))


def label_of(root: Key, seen: Iterable[Sighting]) -> str:
    """Return the fullest way the thing's own name is written out, the commonest among equals."""
    fulls = Counter(sighting.full for sighting in seen if sighting.key == root)
    counts: Counter[str] = Counter()
    for full, count in fulls.items():
        counts[BLANKS.sub("", " ".join(full.split()))] += count
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda full: (-len(plain(full)), not _is_balanced(full), -counts[full], full))


def _is_balanced(name: str) -> bool:
    """Tell whether every quote that a name opens is closed in it, and the other way round."""
    return all(name.count(pair[0]) == name.count(pair[1]) for pair in ("“”", "《》", "（）", "()"))


def entities(members: Members, ids: Mapping[Key, str]) -> Iterator[Entity]:
    """Yield the entities that are no divisions, one an id."""
    together: dict[str, list[Sighting]] = defaultdict(list)
    scopes: dict[str, str] = {}
    for root, seen in members.items():
        if root.family != DIVISION:
            together[ids[root]].extend(seen)
            scopes[ids[root]] = root.scope
    for name, seen in together.items():
        label = name.split("/", 2)[2]
        forms = {form for sighting in seen for form in (sighting.mention.text, sighting.full)}
        scope = None if scopes[name] == NOWHERE else division_id(scopes[name])
        yield Entity(name, kind_of(seen), label, tuple(sorted(forms - {label})), scope)


def division_entities(members: Members, own: Mapping[str, set[str]], divisions: Divisions) -> Iterator[Entity]:
    """Yield the divisions that are named, that hold what is named, or are a document's own, and all they lie in.

    ``own`` holds the names that documents give their own place, by its code.
    """
    forms: dict[str, set[str]] = defaultdict(set, {code: set(names) for code, names in own.items()})
    for root, seen in members.items():
        if root.scope != NOWHERE:
            code = COUNTRY if root.scope == NATION else root.scope
            forms[code].update(_forms(seen) if root.family == DIVISION else ())
    for code in list(forms):
        for above in _chain(code, divisions):
            forms.setdefault(above.code, set())
    for code, names in forms.items():
        yield _division_entity(code, names, divisions)


def _forms(seen: Iterable[Sighting]) -> set[str]:
    return {form for sighting in seen for form in (sighting.mention.text, sighting.full)}


def _chain(code: str, divisions: Divisions) -> tuple[Division, ...]:
    """Return what a division lies in, or lay in when it was last there."""
    place = divisions.at(code)
    return divisions.chain(code, year=place.until) if place else ()


def _division_entity(code: str, names: set[str], divisions: Divisions) -> Entity:
    place, *above = _chain(code, divisions)
    aliases = {*names, place.short, *place.aliases} - {place.name}
    scope = division_id(above[0].code) if above else None
    elsewhere = divisions.identifiers(code)
    return Entity(
        division_id(code),
        Kind.PLACE,
        place.name,
        tuple(sorted(aliases)),
        scope,
        code,
        same_as=elsewhere.iris,
        identifiers=elsewhere.codes,
    )
