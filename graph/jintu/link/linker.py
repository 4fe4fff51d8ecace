"""Link mentions to entities: the one fold over all that was read, region by region."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu import ontology
from jintu.divisions import Divisions
from jintu.link import amend
from jintu.link.census import Census, Share, census, form_of
from jintu.link.corrections import Corrections
from jintu.link.defined import as_defined
from jintu.link.entities import Named, Resolved, once, place_entities, resolve
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
        documents = [reading.document for reading in ordered]
        seen = [self.see(reading) for reading in ordered]
        taken = [_census(document, one) for document, one in zip(documents, seen, strict=True)]
        regions = {
            region: gather(region, shares, self.corrections) for region, shares in shares_by_region(taken).items()
        }
        resolved = self._resolve(regions, taken)
        named = _named_by_document(taken, regions, resolved)
        found = [entity for one in resolved.values() for entity in one.entities]
        found.extend(place_entities(documents, (one.divisions for one in resolved.values()), self.divisions))
        links = (
            link
            for one, counted in zip(seen, taken, strict=True)
            for link in links_of(one.sightings, counted, named[counted.doc])
        )
        return tuple(once(sorted(found, key=lambda entity: entity.id))), tuple(sorted(links, key=_in_text))

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


def links_of(seen: Iterable[Sighting], taken: Census, named: Sequence[Named]) -> Iterator[Link]:
    """Yield the link of each mention; ``named`` holds what each form of the document means, region after region."""
    numbers = taken.numbers()
    for sighting in seen:
        entity, reason = named[numbers[form_of(sighting)]]
        yield Link(sighting.mention, entity, sighting.score, reason or sighting.reason)


def _census(document: Document, seen: Seen) -> Census:
    return census(document.id, document.place, Counter(map(form_of, seen.sightings)), met=seen.met)


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
