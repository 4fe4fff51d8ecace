"""Make a document of a text: its id, digest, title, sections, own place, year, issuer and date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from jintu.divisions import Divisions
from jintu.model import Document
from jintu.read import confined
from jintu.read.decode import decode
from jintu.read.extract import Extract
from jintu.read.formats import Format, kind
from jintu.read.issue import date, ends, issuer
from jintu.read.origin import LONGEST_LINE, Finder, Origin, origin, plain_line, year_on
from jintu.read.sources import Source
from jintu.read.structure import sections, title
from jintu.read.whereabouts import only_place, whereabouts

PIECE = 2**20  # characters of which a digest is made at a time
SHORTEST = 2  # characters of a place's short name
OFTEN = 3  # times that a text names the place that its title begins with, the title counted
HEAD = 1500  # characters from the start in which a report says what and whose it is


def read(source: Source, divisions: Divisions, *, place: str | None = None, year: int | None = None) -> Document:
    """Read one source as a document.

    ``place`` and ``year`` overrule what title, first lines and file name say.

    Raises:
        SourceError: if the source cannot be read or is no text.
    """
    extract = _extract(source.bytes(), source=source.shown)
    return _document(extract, divisions, name=source.id, source=source.shown, place=place, year=year)


def _extract(raw: bytes, *, source: str) -> Extract:
    format = kind(raw, source=source)
    return (
        Extract(decode(raw, source=source)) if format is Format.TEXT else confined.extract(format, raw, source=source)
    )


def document(
    text: str,
    divisions: Divisions,
    *,
    name: str = "text",
    source: str = "",
    place: str | None = None,
    year: int | None = None,
) -> Document:
    """Make a document of a text in hand; ``name`` becomes its id.

    >>> from jintu import divisions, ontology
    >>> places = divisions.load(ontology.load())
    >>> found = document("锦州市政府工作报告\\n——2023年1月4日\\n一、去年工作回顾\\n锦凌水库建成。", places)
    >>> found.place, found.year, found.sections[0].title
    ('锦州市', 2023, '去年工作回顾')
    """
    return _document(Extract(text), divisions, name=name, source=source, place=place, year=year)


def _document(
    extract: Extract, divisions: Divisions, *, name: str, source: str, place: str | None, year: int | None
) -> Document:
    text = extract.text
    heading = extract.title or title(text)
    found = origin(title=heading, head=text[:HEAD], name=name, divisions=divisions)
    said = ends(text)
    if found.place is None and place is None:
        found = _placed(found, text, heading, issuer(heading, said, place=None), divisions)
    day = date(said, told=extract.date)
    if found.year is None and day:
        found = _joined(found.place, year_on(day, heading), found.why, "year from its date")
    given = place and (Finder(divisions, year or found.year).in_full(place) or place)
    known = _overrule(found, given, year)
    return Document(
        id=name,
        text=text,
        title=heading,
        source=source,
        digest=digest(text),
        place=known.place,
        year=known.year,
        why=known.why,
        sections=sections(text, extract.headings),
        issuer=issuer(heading, said, place=known.place),
        date=day,
        paging=extract.paging,
    )


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, which is made piece by piece."""
    found = hashlib.sha256()
    for start in range(0, len(text), PIECE):
        found.update(text[start : start + PIECE].encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _placed(found: Origin, text: str, heading: str, body: str | None, divisions: Divisions) -> Origin:
    """Find the place of a text that is not named where it should be."""
    told = next(_told(text, heading, body, Finder(divisions, found.year)), None)
    return _joined(told[0], found.year, told[1], found.why) if told else found


def _told(text: str, heading: str, body: str | None, finder: Finder) -> Iterator[tuple[str, str]]:
    """Yield places with the reason, the surest first: of who signs, by the text's own words, by how it begins."""
    if body and (place := finder.at_start(body)):
        yield place, f"place from {body}, which signs"
    if own := whereabouts(text, finder.divisions, year=finder.year):
        yield own
    for line, where in ((heading, "the title"), (text.partition("\n")[2][:LONGEST_LINE], "the first line")):
        if place := finder.path_at_start(plain_line(line)):
            yield place, f"place from {where}"
    if (place := finder.in_full_at_start(heading)) and text.count(heading[:SHORTEST]) >= OFTEN:
        yield place, "place from the title"
    if only := only_place(text, finder.divisions, year=finder.year):
        yield only


def _joined(place: str | None, year: int | None, *why: str) -> Origin:
    return Origin(place, year, "; ".join(filter(None, why)))


def _overrule(found: Origin, place: str | None, year: int | None) -> Origin:
    pairs = (("place", place, found.place), ("year", year, found.year))
    given = [_given(what, value, told) for what, value, told in pairs if value is not None]
    why = "; ".join([*given, found.why] if found.why else given)
    return Origin(place or found.place, year or found.year, why)


def _given(what: str, value: str | int, told: str | int | None) -> str:
    is_other = told is not None and str(value) not in str(told) and str(told) not in str(value)
    return f"{what} as given, and not {told}" if is_other else f"{what} as given"
