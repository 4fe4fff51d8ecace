"""The steps of a build: each is pure, takes pieces of files and leaves one file, wherever it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path

from jintu import divisions, ontology, rdf
from jintu.divisions import Divisions
from jintu.errors import EvidenceError, refuse
from jintu.folders import rows
from jintu.folders.shelf import Piece, Writer, shelving
from jintu.folders.stretch import Stretch
from jintu.link.entities import place_entities, scope_by_id
from jintu.link.lift import Said, Statement, own_entity, place_ids, statements
from jintu.model import Document, Link, Mention
from jintu.regions import region_of_entity

HEAD = "head"  # in place of a chapter's number: what is said of a document before all that stands in it


def place_region(
    named: Sequence[Piece], own: Sequence[tuple[str | None, int | None]], ontology_folder: Path | None, target: Path
) -> None:
    """Make the entities of divisions and of the documents' own places, region by region."""
    known = divisions_of(ontology_folder)
    documents = [Document("", "", "", "", "", place, year) for place, year in own]
    entities = place_entities(documents, [piece.rows() for piece in named], known)
    ids, spatial = place_ids(entities), rdf.divisions_by_name(entities)
    regions: dict[str, list[rows.Row]] = defaultdict(list)
    for entity in sorted(entities, key=lambda entity: entity.id):
        regions[region_of_entity(entity.id)].append(rows.entity_row(entity))
    with shelving(target) as shelf:
        for region, found in sorted(regions.items()):
            shelf.each(f"places:{region}", found)
        names = sorted({place for place, _ in own if place})
        shelf.rows("own", {name: [own_entity(name, ids), spatial.get(name)] for name in names})


@cache
def divisions_of(ontology_folder: Path | None) -> Divisions:
    """Return the divisions of an ontology."""
    return divisions.load(ontology.load(ontology_folder))


@dataclass(frozen=True, slots=True)
class Saying:
    """Hold how knowledge is said: in which formats, with reifiers or without, and by whose shapes it is tried."""

    formats: tuple[str, ...]
    reifiers: bool
    ontology: Path | None

    @property
    def of_triples(self) -> tuple[str, ...]:
        """Return the formats that name no graphs."""
        return tuple(format for format in self.formats if format not in rdf.WITH_GRAPHS)

    @property
    def of_graphs(self) -> tuple[str, ...]:
        """Return the formats in which each document is a named graph."""
        return tuple(format for format in self.formats if format in rdf.WITH_GRAPHS)


def say_stretch(
    stretch: Stretch,
    found: Piece,
    claimed: Piece,
    named: Sequence[Piece],
    own: Sequence[str | None],
    saying: Saying,
    target: Path,
) -> None:
    """Link and lift one stretch of a document, prove it from the kept text, and say it.

    ``found`` and ``claimed`` are its mentions and claims, ``named`` holds what its forms mean, region after region,
    ``own`` the entity of the document's own place and the division of that name.

    Raises:
        EvidenceError: if a quote does not stand where it should.
        GraphError: if the chapter breaks a shape.
    """
    document = stretch.document()
    mentions, links = linked(document.id, found.rows(), meant(named))
    ids = {link.mention: link.entity for link in links}
    claims = (rows.claim_of(document, row, mentions) for row in claimed.rows())
    said = list(statements(claims, ids, own[0] or ""))
    _prove(stretch.text(), document.id, links, said, stretch.offset)
    head = rdf.head_fragment(document, since=stretch.offset, spatial=own[1])
    regions: dict[str, list[rows.Row]] = defaultdict(list)
    for one in said:
        regions[region_of_entity(one[0][0])].append(rows.said_row(one))
    with shelving(target) as shelf:
        put_said(shelf, HEAD, head, saying.formats, saying)
        body = rdf.document_fragment(document, {piece for _, piece in said}, links)
        put_said(shelf, 0, body, saying.formats, saying)
        for region, found_there in sorted(regions.items()):
            shelf.rows(f"said:{region}", found_there)
        if saying.of_graphs:
            _put_named(shelf, [statement for statement, _ in said], links, own[1], saying)


def _put_named(
    shelf: Writer, stated: Sequence[Statement], links: Iterable[Link], spatial: str | None, saying: Saying
) -> None:
    """Write what the graph of a document holds beside the document itself: things by region, and concepts."""
    ends = (end for subject, _, thing, _, _ in stated for end in (subject, thing) if isinstance(end, str))
    names = chain((link.entity for link in links), ends, [spatial] if spatial else [])
    around = rdf.around(names, partial(scope_by_id, divisions=divisions_of(saying.ontology)))
    regions: dict[str, list[str]] = defaultdict(list)
    for name in sorted(around):
        regions[region_of_entity(name)].append(name)
    for region, found in sorted(regions.items()):
        shelf.rows(f"named:{region}", found)
    shelf.rows("concepts", [sorted(found) for found in rdf.concept_names(thing for _, _, thing, _, _ in stated)])


def meant(named: Iterable[Piece]) -> list[rows.Row]:
    """Return what each form of a stretch means, in the order of the forms."""
    return [name for piece in named for name in piece.rows()]


def linked(doc: str, found: Sequence[rows.Row], known: Sequence[rows.Row]) -> tuple[list[Mention], list[Link]]:
    """Return the mentions of a stretch, and the links of those that name something; ``known`` says what forms mean."""
    mentions = [rows.mention_of(doc, row[:-3]) for row in found]
    links = []
    for mention, (*_, form, score, reason) in zip(mentions, found, strict=True):
        if form is not None:
            entity, why = known[form]
            links.append(Link(mention, entity, score, why or reason))
    return mentions, links


def _prove(text: str, doc: str, links: Iterable[Link], said: Iterable[Said], offset: int) -> None:
    names = ((doc, link.mention.span, link.mention.text) for link in links)
    quotes = ((doc, piece.span, piece.quote) for _, piece in said)
    wrong = [str(mistake) for quoted in (names, quotes) for mistake in rdf.prove(quoted, text, offset=offset)]
    refuse(wrong, EvidenceError, "statements cannot be proved")


def put_said(shelf: Writer, number: int | str, chapter: rdf.Chapter, formats: Iterable[str], saying: Saying) -> None:
    """Try a chapter and put it on a shelf in some formats."""
    for format, content in rdf.tried(chapter, formats, saying.ontology, reifiers=saying.reifiers).items():
        shelf.put(f"{format}:{number}", content)
