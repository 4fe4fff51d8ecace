"""Say knowledge as RDF: values in, triples out, grouped by subject in one fixed order.

A fact is always a statement resource with its evidence. A *stated* fact is a direct triple too; a
planned one is not, so that whoever follows ``jt:locatedIn`` or ``jt:status`` never takes a plan
for what is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, Triple

from jintu.errors import GraphError
from jintu.model import (
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Modality,
    Quantity,
    Status,
)
from jintu.rdf import terms as t
from jintu.rdf.literals import chinese, number, plain, word
from jintu.rdf.mint import Mint, indicator, key, status, unit
from jintu.rdf.papers import Papers


def to_rdf(knowledge: KnowledgeGraph, *, base: str = t.BASE) -> Iterator[Triple]:
    """Give the triples of a knowledge graph, each once, subject by subject.

    >>> lake = Entity("place/210700/锦凌水库", Kind.PLACE, "锦凌水库")
    >>> [str(triple.object) for triple in to_rdf(KnowledgeGraph((), (lake,), (), ()))]
    ['<https://w3id.org/jintu/ontology#Place>', '"锦凌水库"@zh']
    """
    papers = Papers(Mint(base), {document.id: document for document in knowledge.documents})
    say = Describer(papers.mint, papers)
    facts = _by_subject(knowledge.facts)
    yield from papers.say(_divisions(knowledge.entities))
    for entity in sorted(knowledge.entities, key=lambda entity: entity.id):
        yield from say.entity(entity)
        yield from say.direct(facts.get(entity.id, ()))
    yield from say.values(knowledge.facts)
    yield from chain.from_iterable(
        map(say.statement, sorted(knowledge.facts, key=lambda f: say.mint.statement(f).value))
    )
    yield from chain.from_iterable(map(say.evidence, sorted(_evidence(knowledge.facts), key=evidence_order)))
    yield from chain.from_iterable(map(say.link, sorted(knowledge.links, key=link_order)))


def to_quads(knowledge: KnowledgeGraph, *, base: str = t.BASE) -> Iterator[Quad]:
    """Give the quads of a knowledge graph: each document's knowledge is a named graph of its own."""
    mint = Mint(base)
    for identifier, part in parts(knowledge):
        graph = mint.document(identifier)
        for subject, predicate, value in to_rdf(part, base=base):
            yield Quad(subject, predicate, value, graph)


def parts(knowledge: KnowledgeGraph) -> Iterator[tuple[str, KnowledgeGraph]]:
    """Part a knowledge graph by document: what each says, with the entities it speaks of.

    What no document says (the gazetteer's facts, entities that nothing names) comes under the empty id.
    """
    documents = {document.id: document for document in knowledge.documents}
    entities = {entity.id: entity for entity in knowledge.entities}
    links, facts = defaultdict(list), defaultdict(list)
    for link in knowledge.links:
        links[link.mention.doc].append(link)
    for fact in knowledge.facts:
        for doc, evidence in _by_document(fact.evidence).items():
            facts[doc].append(replace(fact, evidence=tuple(evidence)))
    named = {doc: _named(links[doc], facts[doc], entities) for doc in {*documents, *links, *facts}}
    spoken_of = set[str]().union(*(names for doc, names in named.items() if doc))
    named[""] = named.get("", set()) | entities.keys() - spoken_of
    for doc in sorted(named):
        paper = (documents[doc],) if doc in documents else ()
        things = tuple(entities[name] for name in sorted(named[doc] & entities.keys()))
        yield doc, KnowledgeGraph(paper, things, tuple(links[doc]), tuple(facts[doc]))


@dataclass(frozen=True, slots=True)
class Describer:
    """Say single values as triples with the IRIs of one mint."""

    mint: Mint
    papers: Papers

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """Say an entity with its names."""
        node = self.mint.entity(entity.id)
        yield Triple(node, t.A, word(entity.kind))
        yield Triple(node, t.LABEL, chinese(entity.label))
        for alias in sorted(set(entity.aliases)):
            yield Triple(node, t.ALIAS, chinese(alias))
        if entity.code is not None:
            yield Triple(node, t.CODE, plain(entity.code))
        if entity.scope is not None:
            yield Triple(node, t.SCOPE, self.mint.entity(entity.scope))
        for code in sorted(set(entity.identifiers)):
            yield Triple(node, t.IDENTIFIER, plain(code))
        for iri in sorted(set(entity.same_as)):
            yield Triple(node, t.SAME_AS, _elsewhere(entity, iri))

    def direct(self, facts: Iterable[Fact]) -> Iterator[Triple]:
        """Say the stated facts about one subject as direct triples."""
        said = {(fact.relation, self.object(fact)): fact for fact in facts if fact.modality is Modality.STATED}
        for relation, value in sorted(said, key=lambda pair: (pair[0], pair[1].value)):
            yield Triple(self.mint.entity(said[relation, value].subject), word(relation), value)

    def object(self, fact: Fact) -> NamedNode:
        """Return the node that a fact leads to."""
        match fact.object:
            case Status(name):
                return status(name)
            case Quantity():
                return self.mint.quantity(fact)
            case Indicator():
                return self.mint.observation(fact)
        return self.mint.entity(fact.object)

    def values(self, facts: Iterable[Fact]) -> Iterator[Triple]:
        """Say the statuses, indicators, quantities and observations that facts lead to, each once."""
        said: dict[str, tuple[Triple, ...]] = {}
        for fact in facts:
            for node, triples in self.value(fact):
                said.setdefault(node.value, tuple(triples))
        for node_iri in sorted(said):
            yield from said[node_iri]

    def value(self, fact: Fact) -> Iterator[tuple[NamedNode, Iterator[Triple]]]:
        """Give the nodes of a fact's value with what is to be said of each."""
        match fact.object:
            case Status(name):
                yield status(name), concept(status(name), name, t.STATUSES)
            case Quantity():
                node = self.mint.quantity(fact)
                yield node, self.quantity(node, fact.object)
            case Indicator(name):
                yield indicator(name), concept(indicator(name), name, t.INDICATORS)
                yield self.mint.observation(fact), self.observation(fact, fact.object)

    def quantity(self, node: NamedNode, quantity: Quantity) -> Iterator[Triple]:
        """Say an amount."""
        yield Triple(node, t.A, t.QUANTITY)
        yield Triple(node, t.LABEL, chinese(quantity.text))
        yield from figure(node, quantity)

    def observation(self, fact: Fact, of: Indicator) -> Iterator[Triple]:
        """Say an indicator's figure as an observation of a data cube."""
        node = self.mint.observation(fact)
        yield Triple(node, t.A, t.OBSERVATION)
        yield Triple(node, t.LABEL, chinese(f"{of.name} {of.quantity.text}"))
        yield Triple(node, t.CUBE, t.CUBE_OF_INDICATORS)
        yield Triple(node, t.OF_ENTITY, self.mint.entity(fact.subject))
        yield Triple(node, t.OF_INDICATOR, indicator(of.name))
        yield Triple(node, t.MEASURE, word(of.measure))
        yield Triple(node, t.MODALITY, word(fact.modality))
        if fact.year is not None:
            yield Triple(node, t.YEAR, Literal(fact.year))
        yield from figure(node, of.quantity)

    def statement(self, fact: Fact) -> Iterator[Triple]:
        """Say a fact as a statement that names its evidence."""
        node = self.mint.statement(fact)
        yield Triple(node, t.A, t.STATEMENT)
        yield Triple(node, t.SUBJECT, self.mint.entity(fact.subject))
        yield Triple(node, t.PREDICATE, word(fact.relation))
        yield Triple(node, t.OBJECT, self.object(fact))
        yield Triple(node, t.MODALITY, word(fact.modality))
        if fact.year is not None:
            yield Triple(node, t.YEAR, Literal(fact.year))
        for evidence in sorted(set(fact.evidence), key=evidence_order):
            yield Triple(node, t.HAS_EVIDENCE, self.mint.evidence(evidence))

    def evidence(self, evidence: Evidence) -> Iterator[Triple]:
        """Say the words that a statement was read from; the gazetteer's stand in no document."""
        node = self.mint.evidence(evidence)
        yield Triple(node, t.A, t.EVIDENCE)
        if evidence.doc:
            yield Triple(node, t.IN_DOCUMENT, self.mint.document(evidence.doc))
        yield Triple(node, t.START, Literal(evidence.span.start))
        yield Triple(node, t.END, Literal(evidence.span.end))
        yield Triple(node, t.QUOTE, plain(evidence.quote))
        yield Triple(node, t.RULE, plain(evidence.rule))
        yield Triple(node, t.SCORE, number(evidence.score))
        yield from self.papers.standing(node, evidence)

    def link(self, link: Link) -> Iterator[Triple]:
        """Say a mention and the entity that it names."""
        mention = link.mention
        node = self.mint.mention(mention)
        yield Triple(node, t.A, t.MENTION)
        yield Triple(node, t.IN_DOCUMENT, self.mint.document(mention.doc))
        yield Triple(node, t.START, Literal(mention.span.start))
        yield Triple(node, t.END, Literal(mention.span.end))
        yield Triple(node, t.SURFACE, plain(mention.text))
        yield Triple(node, t.KIND, word(mention.kind))
        if mention.nested:
            yield Triple(node, t.NESTED, Literal(True))
        yield Triple(node, t.RULE, plain(mention.rule))
        yield Triple(node, t.SCORE, number(mention.score))
        yield Triple(node, t.ENTITY, self.mint.entity(link.entity))
        yield Triple(node, t.LINK_SCORE, number(link.score))
        yield Triple(node, t.REASON, plain(link.reason))


def concept(node: NamedNode, name: str, scheme: NamedNode) -> Iterator[Triple]:
    """Say a concept of one of the vocabulary's schemes."""
    yield Triple(node, t.A, t.CONCEPT)
    yield Triple(node, t.PREFERRED, chinese(name))
    yield Triple(node, t.SCHEME, scheme)


def figure(node: NamedNode, quantity: Quantity) -> Iterator[Triple]:
    """Say a figure as written and as an exact number with its unit."""
    yield Triple(node, t.TEXT, plain(quantity.text))
    yield Triple(node, t.NUMBER, plain(quantity.number))
    yield Triple(node, t.WRITTEN_UNIT, plain(quantity.unit))
    yield Triple(node, t.VALUE, number(quantity.value))
    yield Triple(node, t.IN_UNIT, unit(quantity.measured_in))
    yield Triple(node, t.UNIT_CODE, plain(quantity.measured_in))
    yield Triple(node, t.BOUND, word(quantity.bound))


def _elsewhere(entity: Entity, iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise GraphError(
            f'entity {entity.id}: same_as "{iri}" is no IRI ({error}); correct it in the gazetteer'
        ) from None


def _by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    subjects = defaultdict(list)
    for fact in facts:
        subjects[fact.subject].append(fact)
    return subjects


def _divisions(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the divisions whose full name is no other's, by name."""
    named = defaultdict(list)
    for entity in entities:
        if entity.kind is Kind.PLACE and entity.code is not None:
            named[entity.label].append(entity.id)
    return {name: identifiers[0] for name, identifiers in named.items() if len(identifiers) == 1}


def _evidence(facts: Iterable[Fact]) -> set[Evidence]:
    return {evidence for fact in facts for evidence in fact.evidence}


def fact_order(fact: Fact) -> tuple[str, str, str, str, int]:
    """Order facts by subject, relation, object, modality and year."""
    return fact.subject, fact.relation, key(fact.object), fact.modality, -1 if fact.year is None else fact.year


def evidence_order(evidence: Evidence) -> tuple[str, int, int, str, float, str]:
    """Order evidence by document, place in it, rule and score."""
    return evidence.doc, evidence.span.start, evidence.span.end, evidence.rule, evidence.score, evidence.quote


def link_order(link: Link) -> tuple[str, int, int, str]:
    """Order links by document and the place of the mention."""
    return link.mention.doc, link.mention.span.start, link.mention.span.end, link.mention.kind


def _by_document(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    documents = defaultdict(list)
    for piece in evidence:
        documents[piece.doc].append(piece)
    return documents or {"": []}


def _named(links: Iterable[Link], facts: Iterable[Fact], entities: Mapping[str, Entity]) -> set[str]:
    """Return the ids that links and facts name, and the scopes around them."""
    ends = (end for fact in facts for end in (fact.subject, fact.object) if isinstance(end, str))
    names, around = set[str](), {link.entity for link in links} | set(ends)
    while around:
        names |= around
        scopes = {entities[name].scope for name in around if name in entities}
        around = {scope for scope in scopes if scope is not None} - names
    return names
