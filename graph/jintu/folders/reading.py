"""Steps that read: a document with its first stretch, each further stretch, and what all of them name together."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jintu import pipeline
from jintu.errors import SourceError
from jintu.folders import rows
from jintu.folders.shelf import Piece, Writer, shelving
from jintu.folders.steps import divisions_of
from jintu.folders.stretch import Stretch, first, keep
from jintu.link.census import Form, Share, census, form_of, pairs_by_region
from jintu.model import Document, Kind, replace
from jintu.pipeline import Settings, Tools
from jintu.read import Source, chunks


@lru_cache(maxsize=1)
def tools(settings: Settings) -> Tools:
    """Return the tools of this process."""
    return pipeline.prepare(settings, places=divisions_of(settings.ontology))


def digest_of_source(source: Source) -> tuple[str, int]:
    """Return the digest and the number of a source's bytes."""
    digest, size = sha256(), 0
    for chunk in chunks(source):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def read(source: Source, shown: str, digest: str, settings: Settings, kept: Path, target: Path) -> None:
    """Read a document: keep its text, and leave what its first stretch holds; ``shown`` is its name for people.

    Raises:
        SourceError: if it cannot be read, or is not what it was when it was found.
    """
    made = tools(settings)
    document = replace(pipeline.open_document(source, made), source=shown)
    if digest_of_source(source)[0] != digest:
        raise SourceError(f"{shown}: changed while it was read; build again")
    with shelving(target) as shelf:
        places = keep(document, kept, shelf)
        shelf.rows("stretches", places)
        document = first(document)  # the whole text is let go
        _put(shelf, document, 0, made, alone=len(places) == 1)


def read_stretch(stretch: Stretch, settings: Settings, target: Path) -> None:
    """Read one stretch of a document whose text is kept."""
    with shelving(target) as shelf:
        _put(shelf, stretch.alone(), stretch.offset, tools(settings), alone=False)


def _put(shelf: Writer, document: Document, offset: int, made: Tools, *, alone: bool) -> None:
    """Write what a stretch holds: mentions, each with its form's number, score and reason, claims and forms.

    The names of one that is not ``alone`` are paired when all are read.
    """
    found = pipeline.extract(document, made)
    seen = made.link.see(found)
    taken = census(document.id, document.place, Counter(map(form_of, seen.sightings)), met=seen.met)
    sighted, numbers = {sighting.mention: sighting for sighting in seen.sightings}, taken.numbers()
    mentions = []
    for mention in found.mentions:
        sighting = sighted.get(mention)
        how = [numbers[form_of(sighting)], sighting.score, sighting.reason] if sighting else [None, 0, ""]
        mentions.append([*rows.mention_row(mention, offset), *how])
    shelf.rows("mentions", mentions)
    shelf.rows("claims", list(rows.claim_rows(found.claims, found.mentions, offset)))
    for region, share in taken.shares.items():
        shelf.rows(f"share:{region}", rows.share_row(share if alone else dataclasses.replace(share, pairs=())))
    shelf.rows("names", [len(seen.sightings), taken.met])


def pair(doc: str, place: str | None, shares: Sequence[Piece], target: Path) -> None:
    """Pair the short names of a document with the long ones in any of its stretches."""
    pairs = pairs_by_region(sorted(set(_bodies(shares))))
    with shelving(target) as shelf:
        for region, found in sorted(pairs.items()):
            shelf.rows(f"share:{region}", rows.share_row(Share(doc, place, (), (), tuple(found))))


def _bodies(shares: Iterable[Piece]) -> Iterator[Form]:
    for piece in shares:
        yield from (form for form in rows.share_of(piece.rows()).forms if form.kind is Kind.INSTITUTION)
