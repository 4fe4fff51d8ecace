"""The steps of a build: each is pure, takes pieces of files and leaves one file, wherever it runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from jintu import divisions, ontology, pipeline, rdf
from jintu.divisions import Divisions
from jintu.errors import EvidenceError, SourceError, refuse
from jintu.files import replace_file
from jintu.folders import rows
from jintu.folders.shelf import Piece, Writer, shelving
from jintu.link.census import Form, census, form_of
from jintu.link.entities import place_entities, scope_by_id
from jintu.link.lift import Said, Statement, chain_of, facts_of, own_entity, place_ids, statements
from jintu.link.linker import Seen
from jintu.model import Document, Entity, Fact, Link, Mention, Reading
from jintu.pipeline import Settings, Tools
from jintu.read import Source
from jintu.regions import region_of_entity
from jintu.segment import stretches

BATCH = 1000  # entities that are said at once: some 60,000 triples


@lru_cache(maxsize=1)
def tools(settings: Settings) -> Tools:
    """Return the tools of this process."""
    return pipeline.prepare(settings)


def digest_of_source(source: Source) -> tuple[str, int]:
    """Return the digest and the number of a source's bytes."""
    content = source.bytes()
    return sha256(content).hexdigest(), len(content)


def read(source: Source, shown: str, digest: str, settings: Settings, kept: Path, target: Path) -> None:
    """Read a document: keep its text, and leave its mentions, claims and names; ``shown`` is its name for people.

    Raises:
        SourceError: if it cannot be read, or is not what it was when it was found.
    """
    made = tools(settings)
    document = replace(pipeline.open_document(source, made), source=shown)
    if digest_of_source(source)[0] != digest:
        raise SourceError(f"{shown}: changed while it was read; build again")
    replace_file(kept, document.text.encode("utf-8", "surrogatepass"))
    counts: Counter[Form] = Counter()
    met: set[str] = set()
    numbers: dict[Form, int] = {}
    parts: list[rows.Row] = []
    with shelving(target) as shelf:
        start = 0
        for offset, part in stretches(document):
            reading = pipeline.extract(part, made)
            seen = made.link.see(reading)
            _put_reading(shelf, len(parts), reading, seen, offset, numbers)
            counts.update(map(form_of, seen.sightings))
            met.update(seen.met)
            size = len(part.text.encode("utf-8", "surrogatepass"))
            parts.append([offset, start, start + size])
            start += size
        taken = census(document.id, document.place, counts, met=met)
        for region, share in taken.shares.items():
            shelf.rows(f"share:{region}", rows.share_row(share))
        shelf.rows("numbers", [numbers[form] for form in taken.numbers()])
        shelf.rows("document", rows.document_row(document))
        about = rows.document_row(replace(document, sections=()))
        shelf.rows("about", [about, len(document.text), counts.total(), parts, taken.met])


def _put_reading(
    shelf: Writer, number: int, reading: Reading, seen: Seen, offset: int, numbers: dict[Form, int]
) -> None:
    """Write what one stretch holds: mentions, each with its form's number, score and reason, and claims."""
    sighted = {sighting.mention: sighting for sighting in seen.sightings}
    mentions = []
    for mention in reading.mentions:
        sighting = sighted.get(mention)
        form = numbers.setdefault(form_of(sighting), len(numbers)) if sighting else None
        how = [form, sighting.score, sighting.reason] if sighting else [None, 0, ""]
        mentions.append([*rows.mention_row(mention, offset), *how])
    shelf.rows(f"mentions:{number}", mentions)
    shelf.rows(f"claims:{number}", list(rows.claim_rows(reading.claims, reading.mentions, offset)))


def place_region(
    named: Sequence[Piece], own: Sequence[tuple[str | None, int | None]], ontology_folder: Path | None, target: Path
) -> None:
    """Make the entities of divisions and of the documents' own places, region by region."""
    known = _divisions(ontology_folder)
    documents = [Document("", "", "", "", "", place, year) for place, year in own]
    entities = place_entities(documents, [piece.rows() for piece in named], known)
    ids, spatial = place_ids(entities), rdf.divisions_by_name(entities)
    regions: dict[str, list[rows.Row]] = defaultdict(list)
    for entity in sorted(entities, key=lambda entity: entity.id):
        regions[region_of_entity(entity.id)].append(rows.entity_row(entity))
    with shelving(target) as shelf:
        for region, found in sorted(regions.items()):
            shelf.rows(f"places:{region}", found)
        names = sorted({place for place, _ in own if place})
        shelf.rows("own", {name: [own_entity(name, ids), spatial.get(name)] for name in names})


@cache
def _divisions(ontology_folder: Path | None) -> Divisions:
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold a stretch of a document: its pieces, and where its text is kept.

    ``offset`` is where it begins in the document, ``start`` and ``end`` are the bytes of ``kept`` that hold it;
    only the first is ``headed``, with what is said of the whole document.
    """

    document: Piece
    numbers: Piece
    mentions: Piece
    claims: Piece
    kept: Path
    offset: int
    start: int
    end: int
    headed: bool

    def text(self) -> str:
        """Read the text of the stretch."""
        with self.kept.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start).decode("utf-8", "surrogatepass")


def say_stretch(
    stretch: Stretch, named: Sequence[Piece], own: Sequence[str | None], saying: Saying, target: Path
) -> None:
    """Link and lift one stretch of a document, prove it from the kept text, and say it.

    ``named`` holds what the document's forms mean, region after region, ``own`` the entity of its own place and
    the division of that name.

    Raises:
        EvidenceError: if a quote does not stand where it should.
        GraphError: if the chapter breaks a shape.
    """
    document = rows.document_of(stretch.document.rows())
    known = meant(stretch.numbers.rows(), named)
    mentions, links = linked(document.id, stretch.mentions.rows(), known)
    ids = {link.mention: link.entity for link in links}
    claims = (rows.claim_of(document, row, mentions) for row in stretch.claims.rows())
    said = list(statements(claims, ids, own[0] or ""))
    _prove(stretch.text(), document.id, links, said, stretch.offset)
    chapter = rdf.document_fragment(
        document, {piece for _, piece in said}, links, headed=stretch.headed, spatial=own[1]
    )
    regions: dict[str, list[rows.Row]] = defaultdict(list)
    for one in said:
        regions[region_of_entity(one[0][0])].append(rows.said_row(one))
    with shelving(target) as shelf:
        _put_said(shelf, 0, chapter, saying.formats, saying)
        for region, found in sorted(regions.items()):
            shelf.rows(f"said:{region}", found)
        if saying.of_graphs:
            _put_named(shelf, [statement for statement, _ in said], links, own[1], saying)


def _put_named(
    shelf: Writer, stated: Sequence[Statement], links: Iterable[Link], spatial: str | None, saying: Saying
) -> None:
    """Write what the graph of a document holds beside the document itself: things by region, and concepts."""
    ends = (end for subject, _, thing, _, _ in stated for end in (subject, thing) if isinstance(end, str))
    names = chain((link.entity for link in links), ends, [spatial] if spatial else [])
    around = rdf.around(names, partial(scope_by_id, divisions=_divisions(saying.ontology)))
    regions: dict[str, list[str]] = defaultdict(list)
    for name in sorted(around):
        regions[region_of_entity(name)].append(name)
    for region, found in sorted(regions.items()):
        shelf.rows(f"named:{region}", found)
    shelf.rows("concepts", [sorted(found) for found in rdf.concept_names(thing for _, _, thing, _, _ in stated)])


def meant(numbers: Sequence[int], named: Sequence[Piece]) -> dict[int, rows.Row]:
    """Return what each form of a document means, by the form's number."""
    found = (name for piece in named for name in piece.rows())
    return dict(zip(numbers, found, strict=True))


def linked(doc: str, found: Sequence[rows.Row], known: Mapping[int, rows.Row]) -> tuple[list[Mention], list[Link]]:
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


def say_region(
    region: str,
    entities: Sequence[Piece],
    said: Sequence[tuple[str, Piece]],
    named: Sequence[tuple[str, Piece]],
    saying: Saying,
    target: Path,
) -> None:
    """Merge what all documents state of a region's entities and say it, in the graphs of those that name them too.

    Raises:
        GraphError: if the chapter breaks a shape.
    """
    known = [rows.entity_of(row) for piece in entities for row in piece.rows()]
    stated = (rows.said_of(doc, row) for doc, piece in said for row in piece.rows())
    facts = facts_of((*stated, *chain_of(known)))
    about: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        about[fact.subject].append(fact)
    docs, numbers = _docs_by_name(named), count()
    with shelving(target) as shelf:
        for number, some in enumerate(_batches(known)):
            stated_of = [fact for entity in some for fact in about.get(entity.id, ())]
            chapter = rdf.entities_fragment(f"region {region}", some, stated_of)
            _put_said(shelf, number, chapter, saying.of_triples, saying)
            for quads in rdf.quads_of(some, stated_of, partial(_docs_of, docs=docs)) if saying.of_graphs else ():
                _put_quads(shelf, next(numbers), quads, saying)
        shelf.rows("concepts", [sorted(names) for names in rdf.concept_names(fact.object for fact in facts)])
        shelf.rows("counts", [len(known), len(facts)])


def _batches(entities: Iterable[Entity]) -> Iterator[list[Entity]]:
    """Yield entities in order, some at a time, so that what is said of them is never in memory all at once."""
    ordered = sorted(entities, key=lambda entity: entity.id)
    yield from (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def _docs_by_name(named: Iterable[tuple[str, Piece]]) -> Mapping[str, Sequence[str]]:
    """Return the documents that name each entity, sorted, as the pieces come."""
    docs: dict[str, list[str]] = defaultdict(list)
    for doc, piece in named:
        for name in piece.rows():
            if docs[name][-1:] != [doc]:  # another stretch of the same document
                docs[name].append(doc)
    return docs


def _docs_of(entity: Entity, docs: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the documents in whose graphs an entity is; the gazetteer's holds divisions and what none names."""
    found = docs.get(entity.id, ())
    return ["", *found] if entity.code or not found else found


def _put_quads(shelf: Writer, number: int, quads: Sequence[rdf.Quad], saying: Saying) -> None:
    for format in saying.of_graphs:
        shelf.put(f"{format}:{number}", rdf.fragment(quads, format=format))


def _put_said(shelf: Writer, number: int, chapter: rdf.Chapter, formats: Iterable[str], saying: Saying) -> None:
    for format, content in rdf.tried(chapter, formats, saying.ontology, reifiers=saying.reifiers).items():
        shelf.put(f"{format}:{number}", content)
