"""Say single chapters of a graph, each tried by the shapes before it is written: files are made of such fragments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from jintu.errors import GraphError, refuse
from jintu.model import (
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    Link,
    Modality,
    Quantity,
    Relation,
    Status,
    Value,
)
from jintu.ontology import load
from jintu.rdf import terms as t
from jintu.rdf.chapters import about_each, concept_names, entities_chapter, evidence_chapter
from jintu.rdf.describe import Describer, concepts
from jintu.rdf.files import WITH_GRAPHS, fragment
from jintu.rdf.literals import word
from jintu.rdf.mint import Mint
from jintu.rdf.papers import Papers, Said
from jintu.rdf.quads import entity_quads, in_graph
from jintu.rdf.quick import Shapes, compile_shapes
from jintu.rdf.reifiers import reified
from jintu.rdf.stores import triples as triples_of

AT_ONCE = 50_000  # quads: some 10 MB


Direct = tuple[Relation, str, str]  # of a direct triple: the relation, the node that it leads to and that node's class


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold the triples of a chapter, and what other chapters say of the nodes that it leads to.

    ``graph`` is the named graph that it is said in where a format has such.
    """

    what: str
    triples: Sequence[Said]
    border: Sequence[Said] = ()
    graph: NamedNode | None = None


def head_fragment(document: Document, *, since: int = 0, spatial: str | None = None) -> Chapter:
    """Say a document and its sections; of a stretch, which begins at ``since``, only the sections that begin in it."""
    say, known = _describer(document), _head(document, spatial)
    triples = list(say.papers.sections(document, since=since)) if since else known
    return Chapter(_name(document), triples, known, say.mint.document(document.id))


def document_fragment(document: Document, evidence: Iterable[Evidence], links: Iterable[Link]) -> Chapter:
    """Say what stands in a document, or in a stretch of it."""
    say = _describer(document)
    pieces = list(evidence_chapter(evidence, links, say))
    return Chapter(_name(document), pieces, _head(document), say.mint.document(document.id))


def _name(document: Document) -> str:
    return f"document {document.id}"


def _head(document: Document, spatial: str | None = None) -> list[Said]:
    places = {document.place: spatial} if document.place and spatial else {}
    return list(_describer(document).papers.say(document.id, places))


def entities_fragment(what: str, entities: Iterable[Entity], facts: Sequence[Fact]) -> Chapter:
    """Say entities and the statements about them."""
    say = _describer()
    triples = list(entities_chapter(entities, facts, say))
    return Chapter(what, triples, list(_border(facts, say)))


def direct(fact: Fact) -> Iterator[Direct]:
    """Yield what a fact says without its evidence, if it is stated."""
    if fact.modality is Modality.STATED:
        yield fact.relation, _describer().object(fact).value, _class(fact.object)


def _class(thing: str | Value) -> str:
    """Return the class of the node that a fact leads to."""
    match thing:
        case Status():
            return t.CONCEPT.value
        case Quantity():
            return t.QUANTITY.value
        case Indicator():
            return t.OBSERVATION.value
    return word(kind_of(thing)).value


def direct_triples(entity: Entity, said: Iterable[Direct]) -> Iterator[Triple]:
    """Give an entity with all that is so of it, which comes sorted."""
    return (Triple(*triple) for triple in _direct(entity, said))


def _direct(entity: Entity, said: Iterable[Direct]) -> Iterator[Said]:
    say = _describer()
    yield from say.entity(entity)
    yield from ((say.mint.entity(entity.id), word(relation), NamedNode(value)) for relation, value, _ in said)


def direct_fragment(what: str, entity: Entity, said: Sequence[Direct]) -> Chapter:
    """Say an entity with some of what is so of it; the values are said with their statements."""
    return Chapter(what, list(_direct(entity, said)), list(_values(said)))


def statements_fragment(what: str, entity: Entity, facts: Sequence[Fact]) -> Chapter:
    """Say statements about an entity, whose fragment went before."""
    say = _describer()
    triples = [triple for fact in facts for triple in chain(say.statement(fact), say.amount(fact))]
    return Chapter(what, triples, [*say.entity(entity), *_border(facts, say)])


def concepts_fragment(statuses: Iterable[str], indicators: Iterable[str], doc: str = "") -> Chapter:
    """Say statuses and indicators; those of a document alone are a part of its graph."""
    return Chapter("concepts", list(concepts(statuses, indicators)), graph=Mint().document(doc))


def quads_of(
    entities: Iterable[Entity], facts: Iterable[Fact], docs: Callable[[Entity], Iterable[str]]
) -> Iterator[list[Quad]]:
    """Say entities in the graphs of the documents that name them, some quads at a time."""
    say, about = _describer(), about_each(facts)
    some: list[Quad] = []
    for entity in entities:
        for quads in entity_quads(entity, about.get(entity.id, ()), docs(entity), say):
            some.extend(quads)
            if len(some) >= AT_ONCE:
                yield some
                some = []
    if some:
        yield some


def _describer(*documents: Document) -> Describer:
    papers = Papers(Mint(), {document.id: document for document in documents})
    return Describer(papers.mint, papers)


def _border(facts: Iterable[Fact], say: Describer) -> Iterator[Said]:
    """Say of what class the nodes are to which facts lead and that other chapters describe."""
    evidence = {piece for fact in facts for piece in fact.evidence}
    things = {fact.object for fact in facts if isinstance(fact.object, str)}
    yield from ((say.mint.evidence(piece), t.A, t.EVIDENCE) for piece in evidence)
    yield from ((say.mint.entity(thing), t.A, word(kind_of(thing))) for thing in things)
    yield from concepts(*concept_names(fact.object for fact in facts))


def _values(said: Iterable[Direct]) -> Iterator[Said]:
    """Say what the nodes are that direct triples lead to."""
    for relation, value, kind in said:
        yield (NamedNode(value), t.A, NamedNode(kind))
        if relation is Relation.STATUS:
            yield (NamedNode(value), t.SCHEME, t.STATUSES)


def kind_of(identifier: str) -> Kind:
    """Return the kind of an entity by its id.

    >>> kind_of("institution/210700/锦州市中心医院").value, kind_of("division/210700").value
    ('Institution', 'Place')
    """
    name = identifier.partition("/")[0]
    return next((kind for kind in Kind if kind.value.lower() == name), Kind.PLACE)


def tried(
    chapter: Chapter, formats: Iterable[str], ontology: Path | None = None, *, reifiers: bool = False
) -> Mapping[str, bytes]:
    """Return a chapter in some formats, each as a part of a file; with ``reifiers`` statements are those of RDF 1.2.

    Raises:
        GraphError: if it breaks a shape.
    """
    shapes = shapes_of(ontology)
    if shapes is None or not shapes.hold(chapter.triples, chapter.border):
        _judge(chapter, ontology)
    return {format: _fragment(chapter, format, reifiers=reifiers) for format in formats}


def _fragment(chapter: Chapter, format: str, *, reifiers: bool) -> bytes:
    if chapter.graph and format in WITH_GRAPHS:
        return fragment(in_graph(chapter.triples, chapter.graph), format=format)
    triples = (Triple(*said) for said in chapter.triples)
    return fragment(reified(triples) if reifiers else triples, format=format)


def _judge(chapter: Chapter, ontology: Path | None) -> None:
    """Let pyshacl say what is wrong, if anything is."""
    check = import_module("jintu.rdf.shapes").check  # pyshacl and rdflib take half a second to import
    shapes, border = load(ontology), [Triple(*said) for said in chapter.border]
    known = set(check(border, shapes))  # what the border leaves out is said by other chapters
    found = check([*(Triple(*said) for said in chapter.triples), *border], shapes)
    mistakes = [mistake for mistake in found if mistake not in known]
    refuse(mistakes, GraphError, f"shapes are broken in {chapter.what}")


@cache
def shapes_of(ontology: Path | None) -> Shapes | None:
    """Return the shapes of an ontology as tests, or None where they say what our tests cannot."""
    return compile_shapes(triples_of(load(ontology).path("shapes.ttl")))
