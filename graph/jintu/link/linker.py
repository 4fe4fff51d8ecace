"""Link mentions to entities: the one fold over all that was read, region by region."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap

from jintu import ontology
from jintu.divisions import Divisions
from jintu.link import amend
from jintu.link.census import Census, Form, Share, census, form_of
from jintu.link.corrections import Corrections
from jintu.link.defined import as_defined
from jintu.link.entities import Named, Resolved, entities_of, named_divisions, once, place_entities, resolve
from jintu.link.gather import Gathered, gather
from jintu.link.join import join
from jintu.link.naming import Namer, Names, load, plain
from jintu.link.places import Placer
from jintu.link.sightings import Sighting, sightings
from jintu.model import Document, Entity, Kind, Link, Mention, Reading


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold how mentions were seen, in the order of the text, and the names of the user's corrections among them."""

    sightings: tuple[Sighting, ...]
    met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Hold how the names of documents were seen and in which forms, and what those mean, region by region."""

    documents: tuple[Document, ...]
    seen: tuple[Seen, ...]
    forms: tuple[tuple[Form, ...], ...]
    taken: tuple[Census, ...]
    regions: Mapping[str, Gathered]
    resolved: Mapping[str, Resolved]

    def meanings(self) -> Iterator[tuple[Sighting, Named]]:
        """Yield what each mention was seen as with what it means, document by document."""
        named = _named_by_document(self.taken, self.regions, self.resolved)
        for one, forms, counted in zip(self.seen, self.forms, self.taken, strict=True):
            numbers, known = counted.numbers(), named[counted.doc]
            for sighting, form in zip(one.sightings, forms, strict=True):
                yield sighting, known[numbers[form]]


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
        linked = self._linked(readings)
        resolved = linked.resolved.values()
        found = [entity for one in resolved for entity in entities_of(one)]
        found.extend(place_entities(linked.documents, map(named_divisions, resolved), self.divisions))
        links = starmap(_link, linked.meanings())
        return tuple(once(sorted(found, key=lambda entity: entity.id))), tuple(sorted(links, key=_in_text))

    def names(self, readings: Iterable[Reading]) -> dict[Mention, str]:
        """Return the id of the entity that each mention names: all there is to say where no entity is described.

        Raises:
            OntologyError: if a correction names what no document names.
        """
        return {sighting.mention: entity for sighting, (entity, _) in self._linked(readings).meanings()}

    def _linked(self, readings: Iterable[Reading]) -> Linked:
        ordered = sorted(readings, key=lambda reading: reading.document.id)
        documents = tuple(reading.document for reading in ordered)
        seen = tuple(map(self.see, ordered))
        forms = tuple(tuple(map(form_of, one.sightings)) for one in seen)
        taken = tuple(
            census(document.id, document.place, Counter(found), met=one.met)
            for document, one, found in zip(documents, seen, forms, strict=True)
        )
        regions = {
            region: gather(region, shares, self.corrections) for region, shares in shares_by_region(taken).items()
        }
        return Linked(documents, seen, forms, taken, regions, self._resolve(regions, taken))

    def see(self, reading: Reading) -> Seen:
        """See every mention of one document: pure; with corrections see again what they change."""
        place, lines = reading.document.place, self.corrections
        pairs = [(mention, mention.kind) for mention in reading.mentions]
        seen = self._sightings(reading, pairs)
        met = tuple(amend.met(lines, seen, place))
        if amended := amend.amended_kinds(lines, seen, place):
            kinds = [(mention, amended.get(mention, kind)) for mention, kind in pairs]
            named = [(mention, kind) for mention, kind in kinds if kind]
            seen = self._sightings(reading, named)
        return Seen(seen, met)

    def _sightings(self, reading: Reading, named: Sequence[tuple[Mention, Kind]]) -> tuple[Sighting, ...]:
        return tuple(as_defined(reading, tuple(sightings(reading, named, self._placer, self._namer))))

    def _resolve(self, regions: Mapping[str, Gathered], taken: Sequence[Census]) -> dict[str, Resolved]:
        """Join the names of all regions and make their entities."""
        met = (name for one in taken for name in one.met)
        amend.check(self.corrections, met, lambda: _all_names(taken))
        going = join(regions, self.corrections)
        return {region: resolve(gathered.groups, going[region]) for region, gathered in regions.items()}


def shares_by_region(taken: Iterable[Census]) -> dict[str, list[Share]]:
    """Sort the shares of documents by region; in each they come in the order of the documents."""
    regions: dict[str, list[Share]] = defaultdict(list)
    for one in taken:
        for region, share in one.shares.items():
            regions[region].append(share)
    return dict(sorted(regions.items()))


def _link(sighting: Sighting, named: Named) -> Link:
    entity, reason = named
    return Link(sighting.mention, entity, sighting.score, reason or sighting.reason)


def _named_by_document(
    taken: Sequence[Census], regions: Mapping[str, Gathered], resolved: Mapping[str, Resolved]
) -> dict[str, list[Named]]:
    named: dict[str, list[Named]] = {one.doc: [] for one in taken}
    for region, shares in shares_by_region(taken).items():
        for share, numbers in zip(shares, regions[region].assigned, strict=True):
            named[share.doc].extend(resolved[region].named[number] for number in numbers)
    return named


def _all_names(taken: Iterable[Census]) -> Iterator[str]:
    shares = (share for one in taken for share in one.shares.values())
    for form in (form for share in shares for form in share.forms):
        yield from (plain(form.text), plain(form.full))


def _in_text(link: Link) -> tuple[str, int, int, str, str]:
    mention = link.mention
    return mention.doc, mention.span.start, mention.span.end, mention.kind, mention.rule
