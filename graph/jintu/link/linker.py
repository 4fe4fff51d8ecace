"""Link mentions to entities: the one fold over all that was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from jintu import ontology
from jintu.divisions import Divisions
from jintu.link import amend
from jintu.link.aliases import Group, Key, merges
from jintu.link.context import own_division
from jintu.link.corrections import Corrections
from jintu.link.defined import as_defined
from jintu.link.entities import Members, division_entities, entities, identify, kind_of
from jintu.link.naming import Namer, Names, load
from jintu.link.places import Placer
from jintu.link.sightings import DIVISION, Sighting, own_id, sightings
from jintu.link.unions import Unions
from jintu.model import Entity, Kind, Link, Mention, Reading

SITED = (Kind.PLACE, Kind.PROJECT, Kind.INSTITUTION)  # a park in building or a hospital is one thing of two kinds


class Linker:
    """Link what was read from a set of documents; make one a process.

    ``names`` are the national names and the short forms of bodies, the shipped ones where none
    are given; ``corrections`` are a user's own. What comes is sorted and does not depend on the
    order of the readings; the time grows with the number of mentions.
    """

    def __init__(
        self, divisions: Divisions, *, names: Names | None = None, corrections: Corrections | None = None
    ) -> None:
        self.divisions = divisions
        self.corrections = corrections or Corrections()
        self._placer = Placer(divisions)
        self._namer = Namer(self._placer, names or load(ontology.load()))

    def __call__(self, readings: Iterable[Reading]) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
        """Return the entities that the mentions name, and a link for each mention.

        Raises:
            OntologyError: if a correction names what no document names.
        """
        ordered = sorted(readings, key=lambda reading: reading.document.id)
        places = {reading.document.id: reading.document.place for reading in ordered}
        seen = _settle_kinds(self._see(ordered, places))
        unions, reasons = self._join(seen, places)
        members = _members(seen, unions)
        ids = identify(members)
        links = (_link(sighting, ids[unions.root(sighting.key)], reasons) for sighting in seen)
        found = self._entities(members, ids, ordered)
        return tuple(found[name] for name in sorted(found)), tuple(sorted(links, key=_in_text))

    def _see(self, readings: Sequence[Reading], places: Mapping[str, str | None]) -> list[Sighting]:
        """See every mention; with corrections see again what they change."""
        seen = list(self._sightings(readings, {}))
        if not self.corrections.lines:
            return seen
        first = amend.index(seen, places)
        amend.check(self.corrections, first)
        seen = list(self._sightings(readings, amend.amended_kinds(self.corrections, first)))
        keys = amend.tell_apart(self.corrections, amend.index(seen, places))
        return [replace(sighting, key=keys.get(sighting.mention, sighting.key)) for sighting in seen]

    def _sightings(self, readings: Sequence[Reading], amended: Mapping[Mention, Kind | None]) -> Iterator[Sighting]:
        for reading in readings:
            kinds = [amended.get(mention, mention.kind) if amended else mention.kind for mention in reading.mentions]
            named = [(mention, kind) for mention, kind in zip(reading.mentions, kinds, strict=True) if kind]
            yield from as_defined(reading, tuple(sightings(reading, named, self._placer, self._namer)))

    def _join(self, seen: Sequence[Sighting], places: Mapping[str, str | None]) -> tuple[Unions[Key], dict[Key, str]]:
        """Join the keys of one thing, the user's merges first; say why each was joined."""
        lines = self.corrections
        index = amend.index(seen if lines.lines else (), places)
        unions: Unions[Key] = Unions(amend.apart(lines, index))
        asked = (*amend.joined(lines, index), *merges(_groups(seen)))
        return unions, {merge.short: merge.reason for merge in asked if unions.join(merge.short, merge.long)}

    def _entities(self, members: Members, ids: Mapping[Key, str], readings: Sequence[Reading]) -> dict[str, Entity]:
        own: dict[str, set[str]] = defaultdict(set)
        found: dict[str, Entity] = {}
        for document in (reading.document for reading in readings):
            division = own_division(document, self.divisions)
            if division and document.place:
                own[division.code].add(document.place)
            elif document.place:
                found[own_id(document.place)] = Entity(own_id(document.place), Kind.PLACE, document.place)
        made = (*entities(members, ids), *division_entities(members, own, self.divisions))
        return found | {entity.id: entity for entity in made}


def _settle_kinds(seen: Sequence[Sighting]) -> list[Sighting]:
    """Give the mentions of a key its commonest kind that all their claims allow, else its commonest kind.

    Those whose claims forbid it keep a key of their own.
    """
    kinds = {key: _kind(together) for key, together in _by_key(seen).items()}
    return [_settled(sighting, kinds[sighting.key]) for sighting in seen]


def _kind(together: Sequence[Sighting]) -> Kind:
    commonest = kind_of(together)
    return kind_of(_allowed(together) or together) if commonest in SITED else commonest


def _allowed(together: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings of a site or a body whose kind the claims of all allow."""
    allowed = frozenset(SITED).intersection(*{sighting.kinds for sighting in together if sighting.kinds})
    return [sighting for sighting in together if sighting.kind in allowed]


def _settled(sighting: Sighting, kind: Kind) -> Sighting:
    if sighting.kind is kind or sighting.key.family == DIVISION:
        return sighting
    if sighting.kinds and kind not in sighting.kinds:
        return replace(sighting, key=sighting.key._replace(family=f"{sighting.key.family} {sighting.kind.value}"))
    return replace(sighting, kind=kind)


def _by_key(seen: Iterable[Sighting]) -> dict[Key, list[Sighting]]:
    together: dict[Key, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        together[sighting.key].append(sighting)
    return together


def _groups(seen: Iterable[Sighting]) -> dict[Key, Group]:
    return {
        key: Group(
            key,
            together[0].kind,
            frozenset(sighting.mention.doc for sighting in together),
            tuple(sorted({sighting.full for sighting in together}, key=lambda full: (-len(full), full))),
        )
        for key, together in _by_key(seen).items()
        if key.family != DIVISION
    }


def _members(seen: Iterable[Sighting], unions: Unions[Key]) -> dict[Key, list[Sighting]]:
    members: dict[Key, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        members[unions.root(sighting.key)].append(sighting)
    return dict(sorted(members.items()))


def _link(sighting: Sighting, entity: str, reasons: Mapping[Key, str]) -> Link:
    return Link(sighting.mention, entity, sighting.score, reasons.get(sighting.key, sighting.reason))


def _in_text(link: Link) -> tuple[str, int, int, str, str]:
    mention = link.mention
    return mention.doc, mention.span.start, mention.span.end, mention.kind.value, mention.rule
