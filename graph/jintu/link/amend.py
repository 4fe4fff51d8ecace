"""Apply a user's corrections to what was seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jintu.link.aliases import Key, Merge
from jintu.link.corrections import Correction, Corrections, Verb
from jintu.link.naming import plain
from jintu.link.sightings import THING, Sighting
from jintu.model import Kind, Mention
from jintu.ontology import complain


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold all sightings by the names they go by: as written and written out."""

    by_name: Mapping[str, Sequence[Sighting]]
    places: Mapping[str, str | None]

    def of(self, name: str, place: str) -> tuple[Sighting, ...]:
        """Return the sightings of a name, in the reports of a place where one is given."""
        found = self.by_name.get(plain(name), ())
        return tuple(sighting for sighting in found if not place or self.places[sighting.mention.doc] == place)


def index(seen: Iterable[Sighting], places: Mapping[str, str | None]) -> Seen:
    """Index sightings by name; ``places`` holds the place of each document."""
    by_name: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        for name in {plain(sighting.mention.text), plain(sighting.full)}:
            by_name[name].append(sighting)
    return Seen(by_name, places)


def check(corrections: Corrections, seen: Seen) -> None:
    """Refuse corrections of names that nothing has, all at once.

    Raises:
        OntologyError: with a line for each unknown name.
    """
    complain(mistake for line in corrections.lines for mistake in _unknown(line, seen))


def _unknown(line: Correction, seen: Seen) -> Iterator[str]:
    for name in (line.name,) if line.verb in (Verb.KIND, Verb.NOT_A_NAME) else (line.name, line.other):
        if not seen.of(name, line.place):
            near = get_close_matches(plain(name), seen.by_name, n=1, cutoff=0.5)
            meant = f'; did you mean "{near[0]}"?' if near else ""
            where = f"in the reports of {line.place}" if line.place else "in these documents"
            yield f'{line.where}: nothing is called "{name}" {where}{meant}'


def amended_kinds(corrections: Corrections, seen: Seen) -> dict[Mention, Kind | None]:
    """Return the kind of each mention whose kind is corrected, None for what is no name."""
    amended: dict[Mention, Kind | None] = {}
    for line in corrections.of(Verb.KIND):
        amended.update((sighting.mention, Kind(line.other)) for sighting in seen.of(line.name, line.place))
    for line in corrections.of(Verb.NOT_A_NAME):
        amended.update((sighting.mention, None) for sighting in seen.of(line.name, line.place))
    return amended


def tell_apart(corrections: Corrections, seen: Seen) -> dict[Mention, Key]:
    """Return keys of their own for mentions whose names are called different but were seen as one."""
    keys: dict[Mention, Key] = {}
    for line in corrections.of(Verb.DIFFERENT):
        ours, others = seen.of(line.name, line.place), seen.of(line.other, line.place)
        shared = {sighting.key for sighting in ours} & {sighting.key for sighting in others}
        for sighting in ours:
            if sighting.key in shared and plain(sighting.mention.text) == plain(line.name):
                keys[sighting.mention] = sighting.key._replace(rest=f"={plain(line.name)}", family=THING)
    return keys


def apart(corrections: Corrections, seen: Seen) -> Iterator[tuple[Key, Key]]:
    """Yield the pairs of keys that must not be merged."""
    for line in corrections.of(Verb.DIFFERENT):
        yield from _pairs(seen.of(line.name, line.place), seen.of(line.other, line.place))


def joined(corrections: Corrections, seen: Seen) -> Iterator[Merge]:
    """Yield the merges that the corrections ask for: within a scope where both names have it, else all."""
    for line in corrections.of(Verb.SAME):
        pairs = sorted(_pairs(seen.of(line.name, line.place), seen.of(line.other, line.place)))
        local = [(one, other) for one, other in pairs if one.scope == other.scope]
        for one, other in local or pairs:
            yield Merge(one, other, f"called the same at {line.where}")


def _pairs(ours: Iterable[Sighting], others: Iterable[Sighting]) -> set[tuple[Key, Key]]:
    keys = {sighting.key for sighting in others}
    return {(sighting.key, other) for sighting in ours for other in keys if sighting.key != other}
