"""Say a knowledge graph in one fixed order, chapter by chapter.

First each document with what stands in it, from its first character to its last; then, region by region, each
entity with the statements about it; at last the concepts that values are. A chapter needs nothing of another,
so that each can be said where it was read and kept while nothing in it changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from pyoxigraph import Triple

from jintu.model import Entity, Evidence, Fact, Indicator, Kind, KnowledgeGraph, Link, Status, Value
from jintu.rdf import terms as t
from jintu.rdf.describe import Describer, concepts, evidence_order, link_order
from jintu.rdf.mint import Mint
from jintu.rdf.papers import Papers, Said
from jintu.regions import region_of_entity


def to_rdf(knowledge: KnowledgeGraph, *, base: str = t.BASE) -> Iterator[Triple]:
    """Give the triples of a knowledge graph, each once, subject by subject.

    >>> lake = Entity("place/210700/锦凌水库", Kind.PLACE, "锦凌水库")
    >>> [str(triple.object) for triple in to_rdf(KnowledgeGraph((), (lake,), (), ()))]
    ['<https://w3id.org/jintu/ontology#Place>', '"锦凌水库"@zh']
    """
    papers = Papers(Mint(base), {document.id: document for document in knowledge.documents})
    say = Describer(papers.mint, papers)
    entities = entities_chapter(knowledge.entities, knowledge.facts, say)
    said = chain(
        _documents(knowledge, say), entities, concepts(*concept_names(fact.object for fact in knowledge.facts))
    )
    return (Triple(*one) for one in said)


def evidence_chapter(evidence: Iterable[Evidence], links: Iterable[Link], say: Describer) -> Iterator[Said]:
    """Say what stands in a document, in the order of its text: words that statements were read from, and names."""
    pieces = [
        (evidence_order(piece)[:3], 0, say.evidence(piece)) for piece in sorted(set(evidence), key=evidence_order)
    ]
    names = [(link_order(link)[:3], 1, say.link(link)) for link in sorted(links, key=link_order)]
    for _, _, triples in sorted((*pieces, *names), key=lambda said: said[:2]):
        yield from triples


def entities_chapter(entities: Iterable[Entity], facts: Iterable[Fact], say: Describer) -> Iterator[Said]:
    """Say entities in the order of their regions and ids, each followed by the statements about it."""
    known, about = {entity.id: entity for entity in entities}, about_each(facts)
    for identifier in sorted({*known, *about}, key=entity_order):
        yield from entity_section(known.get(identifier), about.get(identifier, ()), say)


def about_each(facts: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    """Return facts by their subjects."""
    about: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        about[fact.subject].append(fact)
    return about


def entity_section(entity: Entity | None, facts: Sequence[Fact], say: Describer) -> Iterator[Said]:
    """Say one entity, the facts about it as direct triples, and each as a statement with its value."""
    if entity:
        yield from say.entity(entity)
    yield from say.direct(facts)
    for _, fact in sorted(((say.mint.statement(fact).value, fact) for fact in facts), key=lambda pair: pair[0]):
        yield from say.statement(fact)
        yield from say.amount(fact)


def concept_names(things: Iterable[str | Value]) -> tuple[set[str], set[str]]:
    """Return the names of the statuses and of the indicators among the objects of facts."""
    values = list(things)
    statuses = {value.name for value in values if isinstance(value, Status)}
    return statuses, {value.name for value in values if isinstance(value, Indicator)}


def entity_order(identifier: str) -> tuple[str, str]:
    """Order entities by region, and by id in it."""
    return region_of_entity(identifier), identifier


def divisions_by_name(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the divisions whose full name is no other's, by name."""
    named = defaultdict(list)
    for entity in entities:
        if entity.kind is Kind.PLACE and entity.code is not None:
            named[entity.label].append(entity.id)
    return {name: identifiers[0] for name, identifiers in named.items() if len(identifiers) == 1}


def _documents(knowledge: KnowledgeGraph, say: Describer) -> Iterator[Said]:
    places = divisions_by_name(knowledge.entities)
    documents = say.papers.documents
    links = {doc: list(found) for doc, found in groupby(sorted(knowledge.links, key=link_order), _doc_of_link)}
    evidence = evidence_by_document(chain.from_iterable(fact.evidence for fact in knowledge.facts))
    for doc in sorted({*documents, *links, *evidence}):
        if doc in documents:
            yield from say.papers.say(doc, places)
        yield from evidence_chapter(evidence.get(doc, ()), links.get(doc, ()), say)


def _doc_of_link(link: Link) -> str:
    return link.mention.doc


def evidence_by_document(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    """Return evidence by the documents that it stands in."""
    documents: dict[str, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        documents[piece.doc].append(piece)
    return documents
