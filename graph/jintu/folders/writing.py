"""Put a graph's files together of its chapters, or of the knowledge that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jintu import rdf
from jintu.folders import rows, steps
from jintu.folders.build import Told
from jintu.folders.papers import Paper, seen
from jintu.folders.shelf import Piece, Pieces
from jintu.link.entities import once
from jintu.link.lift import GAZETTEER, Said, chain_of, facts_of
from jintu.model import Document, Entity, KnowledgeGraph, Link, replace


def write_chapters(told: Told, path: Path, *, format: str) -> None:
    """Write a file of the chapters as they are kept: documents, regions, concepts."""
    with path.open("wb") as file:
        file.writelines(rdf.joined(_fragments(told, format), format=format))


def _fragments(told: Told, format: str) -> Iterator[bytes]:
    if knows_divisions(told):
        yield gazetteer(format)
    for paper, parts in zip(told.papers, told.stretches, strict=True):
        yield from (piece.bytes() for piece in pieces_of(parts, format))
        if format in rdf.WITH_GRAPHS:
            yield concepts((part["concepts"] for part in parts), format, paper.doc)
    yield from (piece.bytes() for piece in pieces_of(told.regions.values(), format))
    if format not in rdf.WITH_GRAPHS:
        yield concepts((chapter["concepts"] for chapter in told.regions.values()), format)


def pieces_of(chapters: Iterable[Pieces], format: str) -> Iterator[Piece]:
    """Give what chapters say in a format: first what heads a document in any of its stretches, then the rest."""
    found = [row for chapter in chapters for row in chapter.items() if row[0].startswith(f"{format}:")]
    head = f"{format}:{steps.HEAD}"
    yield from (piece for name, piece in found if name == head)
    yield from (piece for name, piece in found if name != head)


def concepts(named: Iterable[Piece], format: str, doc: str = "") -> bytes:
    """Say the concepts that chapters speak of; those of a document are a part of its graph."""
    found = [piece.rows() for piece in named]
    statuses, indicators = ({name for row in found for name in row[side]} for side in (0, 1))
    return rdf.tried(rdf.concepts_fragment(statuses, indicators, doc), [format])[format]


def knows_divisions(told: Told) -> bool:
    """Tell whether the gazetteer says where any division lies."""
    return any(entity.scope for entity in _places(told.places) if entity.code)


def gazetteer(format: str) -> bytes:
    """Say the evidence of what the gazetteer states."""
    chapter = rdf.document_fragment(Document("", "", "", "", ""), [GAZETTEER], ())
    return rdf.tried(chapter, [format])[format]


def counts(told: Told) -> tuple[int, int]:
    """Count entities and facts."""
    found = [chapter["counts"].rows() for chapter in told.regions.values()]
    return sum(entities for entities, _ in found), sum(facts for _, facts in found)


def knowledge(told: Told) -> KnowledgeGraph:
    """Put the knowledge together in memory, with the documents' texts."""
    documents = tuple(_document(paper) for paper in told.papers)
    entities = [*_places(told.places)]
    for found in told.resolved.values():
        entities.extend(rows.entity_of(row) for row in found["entities"].rows())
    links = [link for paper in told.papers for link in _links(paper, told)]
    facts = facts_of((*_said(told), *chain_of(entities)))
    ordered = sorted(links, key=lambda link: (link.mention.doc, *_order(link)))
    return KnowledgeGraph(documents, tuple(once(sorted(entities, key=lambda entity: entity.id))), tuple(ordered), facts)


def _order(link: Link) -> tuple[int, int, str, str]:
    mention = link.mention
    return mention.span.start, mention.span.end, mention.kind.value, mention.rule


def _document(paper: Paper) -> Document:
    text = "".join(stretch.text() for stretch in paper.stretches)
    parts = ((stretch.offset, stretch.document().sections) for stretch in paper.stretches)
    sections = (section for offset, found in parts for section in found if section.span.start >= offset)
    return replace(paper.document, text=text, sections=tuple(sections))


def _links(paper: Paper, told: Told) -> Iterator[Link]:
    for stretch, read in zip(paper.stretches, paper.read, strict=True):
        meant = steps.meant(told.named.get(seen(paper.doc, stretch.number), ()))
        yield from steps.linked(paper.doc, read["mentions"].rows(), meant)[1]


def _said(told: Told) -> Iterator[Said]:
    for paper, parts in zip(told.papers, told.stretches, strict=True):
        for name, piece in (row for part in parts for row in part.items()):
            if name.startswith("said:"):
                yield from (rows.said_of(paper.doc, row) for row in piece.rows())


def _places(places: Pieces) -> Iterator[Entity]:
    for name, piece in places.items():
        if name.startswith("places:"):
            yield from map(rows.entity_of, piece.rows())
