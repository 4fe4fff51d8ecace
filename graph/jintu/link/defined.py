"""See the short names that a document defines as the long names that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jintu.link.sightings import Sighting
from jintu.model import Reading, replace
from jintu.text.abbreviations import ABBREVIATION, definitions


def as_defined(reading: Reading, seen: Sequence[Sighting]) -> Iterator[Sighting]:
    """Yield the sightings of one document; in it, and in no other, a short name is what it was defined as."""
    defined = tuple(definitions(reading.document.text, (sighting.mention for sighting in seen)))
    if not defined:
        yield from seen
        return
    long = {sighting.mention: sighting for sighting in seen}
    meant: dict[str, Sighting] = {}
    for found in defined:
        meant.setdefault(found.short.of(reading.document.text), long[found.long])
    for sighting in seen:
        full = meant.get(sighting.mention.text) if sighting.mention.rule == ABBREVIATION else None
        yield _standing_for(full, sighting) if full else sighting


def _standing_for(full: Sighting, short: Sighting) -> Sighting:
    reason = f"defined in the document as short for {full.mention.text}"
    return replace(short, key=full.key, kind=full.kind, full=full.full, reason=reason)
