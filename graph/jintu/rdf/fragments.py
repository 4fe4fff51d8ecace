"""Say single chapters of a graph, each tried by the shapes before it is written: files are made of such fragments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from pyoxigraph import Triple

from jintu.errors import GraphError, refuse
from jintu.model import Document, Entity, Evidence, Fact, Kind, Link
from jintu.ontology import load
from jintu.rdf import terms as t
from jintu.rdf.chapters import concept_names, entities_chapter, evidence_chapter
from jintu.rdf.describe import Describer, concepts
from jintu.rdf.files import fragment
from jintu.rdf.literals import word
from jintu.rdf.mint import Mint
from jintu.rdf.papers import Papers, Said
from jintu.rdf.quick import Shapes, compile_shapes
from jintu.rdf.stores import triples as triples_of


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold the triples of a chapter, and what other chapters say of the nodes that it leads to."""

    what: str
    triples: Sequence[Said]
    border: Sequence[Said] = ()


def document_fragment(
    document: Document, evidence: Iterable[Evidence], links: Iterable[Link], *, headed: bool, spatial: str | None = None
) -> Chapter:
    """Say what stands in a document, or in a stretch of it; ``headed`` says the document itself too."""
    say = _describer(document)
    places = {document.place: spatial} if document.place and spatial else {}
    head = list(say.papers.say(document.id, places))
    pieces = list(evidence_chapter(evidence, links, say))
    what = f"document {document.id}"
    return Chapter(what, [*head, *pieces]) if headed else Chapter(what, pieces, head)


def entities_fragment(what: str, entities: Iterable[Entity], facts: Sequence[Fact]) -> Chapter:
    """Say entities and the statements about them."""
    say = _describer()
    triples = list(entities_chapter(entities, facts, say))
    return Chapter(what, triples, list(_border(facts, say)))


def concepts_fragment(statuses: Iterable[str], indicators: Iterable[str]) -> Chapter:
    """Say statuses and indicators."""
    return Chapter("concepts", list(concepts(statuses, indicators)))


def _describer(*documents: Document) -> Describer:
    papers = Papers(Mint(), {document.id: document for document in documents})
    return Describer(papers.mint, papers)


def _border(facts: Iterable[Fact], say: Describer) -> Iterator[Said]:
    """Say of what class the nodes are to which facts lead and that other chapters describe."""
    evidence = {piece for fact in facts for piece in fact.evidence}
    things = {fact.object for fact in facts if isinstance(fact.object, str)}
    yield from ((say.mint.evidence(piece), t.A, t.EVIDENCE) for piece in evidence)
    yield from ((say.mint.entity(thing), t.A, word(kind_of(thing))) for thing in things)
    yield from concepts(*concept_names(facts))


def kind_of(identifier: str) -> Kind:
    """Return the kind of an entity by its id.

    >>> kind_of("institution/210700/锦州市中心医院").value, kind_of("division/210700").value
    ('Institution', 'Place')
    """
    name = identifier.partition("/")[0]
    return next((kind for kind in Kind if kind.value.lower() == name), Kind.PLACE)


def tried(chapter: Chapter, formats: Iterable[str], ontology: Path | None = None) -> Mapping[str, bytes]:
    """Return a chapter in some formats, each as a part of a file.

    Raises:
        GraphError: if it breaks a shape.
    """
    shapes = _shapes(ontology)
    if shapes is None or not shapes.hold(chapter.triples, chapter.border):
        _judge(chapter, ontology)
    return {format: fragment((Triple(*said) for said in chapter.triples), format=format) for format in formats}


def _judge(chapter: Chapter, ontology: Path | None) -> None:
    """Let pyshacl say what is wrong, if anything is."""
    check = import_module("jintu.rdf.shapes").check  # pyshacl and rdflib take half a second to import
    shapes, border = load(ontology), [Triple(*said) for said in chapter.border]
    known = set(check(border, shapes))  # what the border leaves out is said by other chapters
    found = check([*(Triple(*said) for said in chapter.triples), *border], shapes)
    mistakes = [mistake for mistake in found if mistake not in known]
    refuse(mistakes, GraphError, f"shapes are broken in {chapter.what}")


@cache
def _shapes(ontology: Path | None) -> Shapes | None:
    return compile_shapes(triples_of(load(ontology).path("shapes.ttl")))
