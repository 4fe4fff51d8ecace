"""Say each document's knowledge in a named graph of its own.

A document's graph holds what stands in it, the things that it names with the scopes around them, and the statements
about them with its own evidence. The gazetteer's, under the empty id, holds divisions, where each lies, and what no
document names. First each document is said, then entity by entity, each in the graphs that name it: so here too
a chapter needs nothing of another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple

from jintu.model import Entity, Fact, KnowledgeGraph, Link, replace
from jintu.rdf import terms as t
from jintu.rdf.chapters import (
    about_each,
    concept_names,
    divisions_by_name,
    entities_chapter,
    entity_order,
    entity_section,
    evidence_by_document,
    evidence_chapter,
)
from jintu.rdf.describe import Describer, concepts
from jintu.rdf.mint import Mint
from jintu.rdf.papers import Papers, Said


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what one document says: its links, facts with its evidence alone, and the ids of what it names."""

    doc: str
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    named: frozenset[str]


def to_quads(knowledge: KnowledgeGraph, *, base: str = t.BASE) -> Iterator[Quad]:
    """Give the quads of a knowledge graph: each document's knowledge is a named graph of its own."""
    say, places, found = _describer(knowledge, base), divisions_by_name(knowledge.entities), parts(knowledge)
    naming: dict[str, list[str]] = defaultdict(list)
    for part in found:
        yield from in_graph(_document(part, places, say), say.mint.document(part.doc))
        for name in part.named:
            naming[name].append(part.doc)
    known, about = {entity.id: entity for entity in knowledge.entities}, about_each(knowledge.facts)
    for identifier in sorted({*known, *about}, key=entity_order):
        yield from chain(*entity_quads(known.get(identifier), about.get(identifier, ()), naming[identifier], say))


def to_graphs(knowledge: KnowledgeGraph, *, base: str = t.BASE) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """Give the named graphs of a knowledge graph one after the other, each whole."""
    say, places = _describer(knowledge, base), divisions_by_name(knowledge.entities)
    known = {entity.id: entity for entity in knowledge.entities}
    for part in parts(knowledge):
        things = [known[name] for name in part.named & known.keys()]
        said = (*_document(part, places, say), *entities_chapter(things, part.facts, say))
        yield say.mint.document(part.doc), [Triple(*one) for one in said]


def parts(knowledge: KnowledgeGraph) -> list[Part]:
    """Part a knowledge graph by document; what no document says comes first, under the empty id."""
    documents = {document.id: document for document in knowledge.documents}
    entities, places = {entity.id: entity for entity in knowledge.entities}, divisions_by_name(knowledge.entities)
    links = defaultdict(list)
    for link in knowledge.links:
        links[link.mention.doc].append(link)
    facts = facts_by_document(knowledge.facts)
    found: dict[str, Part] = {}
    for doc in sorted({*documents, *links, *facts} - {""}):
        own = places.get(documents[doc].place or "") if doc in documents else None
        ends = [link.entity for link in links[doc]] + ([own] if own else [])
        named = _around(ends, facts.get(doc, ()), entities)
        found[doc] = Part(doc, tuple(links[doc]), tuple(facts.get(doc, ())), named)
    named_by_none = entities.keys() - frozenset[str]().union(*(part.named for part in found.values()))
    divisions = (entity.id for entity in knowledge.entities if entity.code is not None)
    named = _around((*divisions, *named_by_none), facts.get("", ()), entities)
    return [Part("", tuple(links[""]), tuple(facts.get("", ())), named), *found.values()]


def _around(names: Iterable[str], facts: Iterable[Fact], entities: Mapping[str, Entity]) -> frozenset[str]:
    ends = (end for fact in facts for end in (fact.subject, fact.object) if isinstance(end, str))
    return around((*names, *ends), lambda name: entities[name].scope if name in entities else None)


def around(names: Iterable[str], scope: Callable[[str], str | None]) -> frozenset[str]:
    """Return ids with those of the scopes around them.

    >>> sorted(around(["place/210726/大虎山"], {"place/210726/大虎山": "division/210726"}.get))
    ['division/210726', 'place/210726/大虎山']
    """
    found, new = set[str](), set(names)
    while new:
        found |= new
        new = {above for name in new if (above := scope(name)) is not None} - found
    return frozenset(found)


def entity_quads(
    entity: Entity | None, facts: Iterable[Fact], docs: Iterable[str], say: Describer
) -> Iterator[list[Quad]]:
    """Say an entity in the graph of each document that names it, with what that document states about it."""
    stated = facts_by_document(facts)
    for doc in docs:
        yield list(in_graph(entity_section(entity, stated.get(doc, ()), say), say.mint.document(doc)))


def facts_by_document(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Return the facts of each document, with its evidence alone; what has no evidence comes under the empty id."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for doc, evidence in (evidence_by_document(fact.evidence) or {"": []}).items():
            found[doc].append(replace(fact, evidence=tuple(evidence)))
    return found


def in_graph(triples: Iterable[Said], graph: NamedNode) -> Iterator[Quad]:
    """Say triples in a named graph."""
    return (Quad(*one, graph) for one in triples)


def _describer(knowledge: KnowledgeGraph, base: str) -> Describer:
    papers = Papers(Mint(base), {document.id: document for document in knowledge.documents})
    return Describer(papers.mint, papers)


def _document(part: Part, places: Mapping[str, str], say: Describer) -> Iterator[Said]:
    """Say a document, what stands in it, and the concepts that its facts speak of."""
    if part.doc in say.papers.documents:
        yield from say.papers.say(part.doc, places)
    evidence = (piece for fact in part.facts for piece in fact.evidence)
    yield from evidence_chapter(evidence, part.links, say)
    yield from concepts(*concept_names(fact.object for fact in part.facts))
