"""Say knowledge as RDF: values in, triples out, grouped by subject in one fixed order.

A fact is always a statement resource with its evidence. A *stated* fact is a direct triple too; a
planned one is not, so that whoever follows ``jt:locatedIn`` or ``jt:status`` never takes a plan
for what is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from jintu.errors import GraphError
from jintu.model import (
    Entity,
    Evidence,
    Fact,
    Indicator,
    Link,
    Modality,
    Quantity,
    Status,
)
from jintu.rdf import terms as t
from jintu.rdf.literals import chinese, number, plain, word
from jintu.rdf.mint import Mint, indicator, key, status, unit
from jintu.rdf.papers import Papers, Said


@dataclass(frozen=True, slots=True)
class Describer:
    """Say single values as triples with the IRIs of one mint."""

    mint: Mint
    papers: Papers

    def entity(self, entity: Entity) -> Iterator[Said]:
        """Say an entity with its names."""
        node = self.mint.entity(entity.id)
        yield (node, t.A, word(entity.kind))
        yield (node, t.LABEL, chinese(entity.label))
        for alias in sorted(set(entity.aliases)):
            yield (node, t.ALIAS, chinese(alias))
        if entity.code is not None:
            yield (node, t.CODE, plain(entity.code))
        if entity.scope is not None:
            yield (node, t.SCOPE, self.mint.entity(entity.scope))
        for code in sorted(set(entity.identifiers)):
            yield (node, t.IDENTIFIER, plain(code))
        for iri in sorted(set(entity.same_as)):
            yield (node, t.SAME_AS, _elsewhere(entity, iri))

    def direct(self, facts: Iterable[Fact]) -> Iterator[Said]:
        """Say the stated facts about one subject as direct triples."""
        said = {(fact.relation, self.object(fact)): fact for fact in facts if fact.modality is Modality.STATED}
        for relation, value in sorted(said, key=lambda pair: (pair[0], pair[1].value)):
            yield (self.mint.entity(said[relation, value].subject), word(relation), value)

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

    def amount(self, fact: Fact) -> Iterator[Said]:
        """Say the quantity or observation that belongs to a fact alone."""
        match fact.object:
            case Quantity():
                yield from self.quantity(self.mint.quantity(fact), fact.object)
            case Indicator():
                yield from self.observation(fact, fact.object)

    def quantity(self, node: NamedNode, quantity: Quantity) -> Iterator[Said]:
        """Say an amount."""
        yield (node, t.A, t.QUANTITY)
        yield (node, t.LABEL, chinese(quantity.text))
        yield from figure(node, quantity)

    def observation(self, fact: Fact, of: Indicator) -> Iterator[Said]:
        """Say an indicator's figure as an observation of a data cube."""
        node = self.mint.observation(fact)
        yield (node, t.A, t.OBSERVATION)
        yield (node, t.LABEL, chinese(f"{of.name} {of.quantity.text}"))
        yield (node, t.CUBE, t.CUBE_OF_INDICATORS)
        yield (node, t.OF_ENTITY, self.mint.entity(fact.subject))
        yield (node, t.OF_INDICATOR, indicator(of.name))
        yield (node, t.MEASURE, word(of.measure))
        yield (node, t.MODALITY, word(fact.modality))
        if fact.year is not None:
            yield (node, t.YEAR, Literal(fact.year))
        yield from figure(node, of.quantity)

    def statement(self, fact: Fact) -> Iterator[Said]:
        """Say a fact as a statement that names its evidence."""
        node = self.mint.statement(fact)
        yield (node, t.A, t.STATEMENT)
        yield (node, t.SUBJECT, self.mint.entity(fact.subject))
        yield (node, t.PREDICATE, word(fact.relation))
        yield (node, t.OBJECT, self.object(fact))
        yield (node, t.MODALITY, word(fact.modality))
        if fact.year is not None:
            yield (node, t.YEAR, Literal(fact.year))
        for evidence in sorted(set(fact.evidence), key=evidence_order):
            yield (node, t.HAS_EVIDENCE, self.mint.evidence(evidence))

    def evidence(self, evidence: Evidence) -> Iterator[Said]:
        """Say the words that a statement was read from; the gazetteer's stand in no document."""
        node = self.mint.evidence(evidence)
        yield (node, t.A, t.EVIDENCE)
        if evidence.doc:
            yield (node, t.IN_DOCUMENT, self.mint.document(evidence.doc))
        yield (node, t.START, Literal(evidence.span.start))
        yield (node, t.END, Literal(evidence.span.end))
        yield (node, t.QUOTE, plain(evidence.quote))
        yield (node, t.RULE, plain(evidence.rule))
        yield (node, t.SCORE, number(evidence.score))
        yield from self.papers.standing(node, evidence)

    def link(self, link: Link) -> Iterator[Said]:
        """Say a mention and the entity that it names."""
        mention = link.mention
        node = self.mint.mention(mention)
        yield (node, t.A, t.MENTION)
        yield (node, t.IN_DOCUMENT, self.mint.document(mention.doc))
        yield (node, t.START, Literal(mention.span.start))
        yield (node, t.END, Literal(mention.span.end))
        yield (node, t.SURFACE, plain(mention.text))
        yield (node, t.KIND, word(mention.kind))
        if mention.nested:
            yield (node, t.NESTED, Literal(True))
        yield (node, t.RULE, plain(mention.rule))
        yield (node, t.SCORE, number(mention.score))
        yield (node, t.ENTITY, self.mint.entity(link.entity))
        yield (node, t.LINK_SCORE, number(link.score))
        yield (node, t.REASON, plain(link.reason))


def concepts(statuses: Iterable[str], indicators: Iterable[str]) -> Iterator[Said]:
    """Say statuses and indicators, each once."""
    for name in sorted(set(indicators)):
        yield from concept(indicator(name), name, t.INDICATORS)
    for name in sorted(set(statuses)):
        yield from concept(status(name), name, t.STATUSES)


def concept(node: NamedNode, name: str, scheme: NamedNode) -> Iterator[Said]:
    """Say a concept of one of the vocabulary's schemes."""
    yield (node, t.A, t.CONCEPT)
    yield (node, t.PREFERRED, chinese(name))
    yield (node, t.SCHEME, scheme)


def figure(node: NamedNode, quantity: Quantity) -> Iterator[Said]:
    """Say a figure as written and as an exact number with its unit."""
    yield (node, t.TEXT, plain(quantity.text))
    yield (node, t.NUMBER, plain(quantity.number))
    yield (node, t.WRITTEN_UNIT, plain(quantity.unit))
    yield (node, t.VALUE, number(quantity.value))
    yield (node, t.IN_UNIT, unit(quantity.measured_in))
    yield (node, t.UNIT_CODE, plain(quantity.measured_in))
    yield (node, t.BOUND, word(quantity.bound))


def _elsewhere(entity: Entity, iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise GraphError(
            f'entity {entity.id}: same_as "{iri}" is no IRI ({error}); correct it in the gazetteer'
        ) from None


def fact_order(fact: Fact) -> tuple[str, str, str, str, int]:
    """Order facts by subject, relation, object, modality and year."""
    return fact.subject, fact.relation, key(fact.object), fact.modality, -1 if fact.year is None else fact.year


def evidence_order(evidence: Evidence) -> tuple[str, int, int, str, float, str]:
    """Order evidence by document, place in it, rule and score."""
    return evidence.doc, evidence.span.start, evidence.span.end, evidence.rule, evidence.score, evidence.quote


def link_order(link: Link) -> tuple[str, int, int, str]:
    """Order links by document and the place of the mention."""
    return link.mention.doc, link.mention.span.start, link.mention.span.end, link.mention.kind
