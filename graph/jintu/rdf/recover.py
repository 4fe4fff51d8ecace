"""Read knowledge back from RDF; what we did not write is passed over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from jintu.errors import GraphError
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Mention,
    Modality,
    Paging,
    Part,
    Quantity,
    Relation,
    Section,
    Span,
    Status,
    Value,
    replace,
)
from jintu.rdf import terms as t
from jintu.rdf.describe import evidence_order, fact_order, link_order
from jintu.rdf.mint import Mint, decode
from jintu.rdf.papers import starts

Name = TypeVar("Name", bound=StrEnum)
Term = NamedNode | BlankNode | Literal | Triple

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")  # xsd:decimal, xsd:integer and xsd:double
_KINDS = {t.term(f"jt:{kind}"): kind for kind in Kind}


def from_rdf(triples: Iterable[Triple | Quad], *, base: str | None = None) -> KnowledgeGraph:
    """Make a knowledge graph of the triples that :func:`to_rdf` gave, or of quads, whose graphs are joined.

    Documents come back without their text. ``base`` is found from the documents where it is not given.

    Raises:
        GraphError: if a resource of the vocabulary lacks what it needs.

    >>> from jintu.rdf import to_rdf
    >>> lake = Entity("place/210700/锦凌水库", Kind.PLACE, "锦凌水库")
    >>> from_rdf(to_rdf(KnowledgeGraph((), (lake,), (), ()))).entities[0].label
    '锦凌水库'
    """
    nodes = _nodes(triples)
    types = _types(nodes)
    reader = Reader(nodes, types, Mint(base or _base(types.get(t.DOCUMENT, ()))))
    sections = reader.sections()
    return canonical(
        KnowledgeGraph(
            tuple(reader.document(node, sections[node.iri]) for node in reader.of(t.DOCUMENT)),
            tuple(reader.entity(node, kind) for term, kind in _KINDS.items() for node in reader.of(term)),
            tuple(map(reader.link, reader.of(t.MENTION))),
            tuple(map(reader.fact, reader.of(t.STATEMENT))),
        )
    )


def canonical(knowledge: KnowledgeGraph) -> KnowledgeGraph:
    """Sort a knowledge graph and all inside it, join what stands twice, leave the texts out: what RDF keeps of it."""
    return KnowledgeGraph(
        tuple(sorted({_bare(document) for document in knowledge.documents}, key=lambda document: document.id)),
        tuple(sorted({_sorted_names(entity) for entity in knowledge.entities}, key=lambda entity: entity.id)),
        tuple(sorted(set(knowledge.links), key=link_order)),
        tuple(sorted(_joined(knowledge.facts), key=fact_order)),
    )


@dataclass(frozen=True, slots=True)
class Node:
    """Hold one resource with its properties, and say what it lacks."""

    iri: NamedNode
    properties: dict[NamedNode, list[Term]]

    def maybe(self, predicate: NamedNode) -> Term | None:
        """Return the one value of a property, or None."""
        values = self.properties.get(predicate, [None])
        if any(value != values[0] for value in values[1:]):
            raise self.wrong(predicate, f"{len(set(values))} values where one belongs")
        return values[0]

    def one(self, predicate: NamedNode) -> NamedNode:
        """Return the one IRI that a property leads to."""
        value = self.maybe(predicate)
        if not isinstance(value, NamedNode):
            raise self.wrong(predicate, "no IRI" if value is None else f"{value} where an IRI belongs")
        return value

    def written(self, predicate: NamedNode) -> str:
        """Return the text of a property that must be there."""
        value = self.maybe(predicate)
        if not isinstance(value, Literal):
            raise self.wrong(predicate, "no value" if value is None else f"{value} where a literal belongs")
        return value.value

    def perhaps(self, predicate: NamedNode) -> str | None:
        """Return the text of a property that may be there."""
        return self.written(predicate) if predicate in self.properties else None

    def all(self, predicate: NamedNode) -> tuple[str, ...]:
        """Return the texts or IRIs of a property."""
        found = self.properties.get(predicate, ())
        return tuple(value.value for value in found if isinstance(value, NamedNode | Literal))

    def number(self, predicate: NamedNode) -> Decimal:
        """Return the exact number of a property."""
        written = self.written(predicate)
        if not _NUMBER.fullmatch(written):
            raise self.wrong(predicate, f'"{written}" is no number')
        return Decimal(written)

    def span(self) -> Span:
        """Return the characters that the resource stands for."""
        return Span(int(self.number(t.START)), int(self.number(t.END)))

    def year(self) -> int | None:
        """Return the year, where one is said."""
        return int(self.number(t.YEAR)) if t.YEAR in self.properties else None

    def choice(self, names: type[Name], predicate: NamedNode) -> Name:
        """Return the value of a property that must be one of the vocabulary's names."""
        local = self.one(predicate).value.removeprefix(t.JT)
        if local not in [name.value for name in names]:
            raise self.wrong(predicate, f"{local} is none of {', '.join(names)}")
        return names(local)

    def wrong(self, predicate: NamedNode, what: str) -> GraphError:
        """Say what is wrong with a property of the resource."""
        return GraphError(f"<{self.iri.value}>: {what} at jt:{predicate.value.removeprefix(t.JT)}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Make values of resources; ``nodes`` are all resources by IRI, ``types`` the IRIs of each class."""

    nodes: Mapping[NamedNode, Node]
    types: Mapping[NamedNode, list[NamedNode]]
    mint: Mint

    def of(self, kind: NamedNode) -> Iterator[Node]:
        """Give the resources of a class."""
        return (self.nodes[iri] for iri in self.types.get(kind, ()))

    def sections(self) -> Mapping[NamedNode, list[Section]]:
        """Return the sections of each document."""
        found: defaultdict[NamedNode, list[Section]] = defaultdict(list)
        for node in self.of(t.SECTION):
            section = Section(
                span=node.span(),
                title=node.written(t.TITLE),
                modality=node.choice(Modality, t.MODALITY),
                level=int(node.number(t.DEPTH)) if t.DEPTH in node.properties else 1,
                part=node.choice(Part, t.PART) if t.PART in node.properties else Part.OTHER,
            )
            found[node.one(t.PART_OF)].append(section)
        return found

    def document(self, node: Node, sections: Iterable[Section]) -> Document:
        """Return a document without its text."""
        return Document(
            id=self.mint.document_id(node.iri),
            text="",
            title=node.written(t.TITLE),
            source=node.written(t.SOURCE),
            digest=node.written(t.DIGEST),
            place=node.perhaps(t.PLACE_NAME),
            year=node.year(),
            why=node.perhaps(t.WHY) or "",
            sections=tuple(sections),
            issuer=node.perhaps(t.ISSUER),
            date=node.perhaps(t.ISSUED),
            paging=self.paging(node),
        )

    def paging(self, node: Node) -> Paging | None:
        """Return where the pages or paragraphs of a document's file start, where that is said."""
        said = ((leaf, node.perhaps(predicate)) for leaf, predicate in t.STARTS.items())
        return next((Paging(leaf, starts(written)) for leaf, written in said if written is not None), None)

    def entity(self, node: Node, kind: Kind) -> Entity:
        """Return an entity."""
        return Entity(
            id=self.mint.entity_id(node.iri),
            kind=kind,
            label=node.written(t.LABEL),
            aliases=node.all(t.ALIAS),
            scope=self.mint.entity_id(node.one(t.SCOPE)) if t.SCOPE in node.properties else None,
            code=node.perhaps(t.CODE),
            same_as=node.all(t.SAME_AS),
            identifiers=node.all(t.IDENTIFIER),
        )

    def link(self, node: Node) -> Link:
        """Return a mention with the entity that it names."""
        mention = Mention(
            doc=self.mint.document_id(node.one(t.IN_DOCUMENT)),
            span=node.span(),
            text=node.written(t.SURFACE),
            kind=node.choice(Kind, t.KIND),
            nested=node.perhaps(t.NESTED) in ("true", "1"),
            score=float(node.number(t.SCORE)),
            rule=node.written(t.RULE),
        )
        entity, score = self.mint.entity_id(node.one(t.ENTITY)), float(node.number(t.LINK_SCORE))
        return Link(mention, entity, score, node.written(t.REASON))

    def fact(self, node: Node) -> Fact:
        """Return the fact of a statement."""
        return Fact(
            subject=self.mint.entity_id(node.one(t.SUBJECT)),
            relation=node.choice(Relation, t.PREDICATE),
            object=self.object(node.one(t.OBJECT)),
            modality=node.choice(Modality, t.MODALITY),
            year=node.year(),
            evidence=tuple(map(self.evidence, node.properties.get(t.HAS_EVIDENCE, ()))),
        )

    def object(self, iri: NamedNode) -> str | Value:
        """Return what a fact leads to: a value, or the id of an entity."""
        node = self.nodes.get(iri, Node(iri, {}))
        types = node.properties.get(t.A, ())
        if iri.value.startswith(t.STATUS):
            return Status(decode(iri.value.removeprefix(t.STATUS)))
        if t.QUANTITY in types:
            return self.quantity(node)
        if t.OBSERVATION in types:
            name = decode(node.one(t.OF_INDICATOR).value.removeprefix(t.INDICATOR))
            return Indicator(name, self.quantity(node), node.choice(Measure, t.MEASURE))
        return self.mint.entity_id(iri)

    def quantity(self, node: Node) -> Quantity:
        """Return a figure."""
        return Quantity(
            text=node.written(t.TEXT),
            number=node.written(t.NUMBER),
            unit=node.written(t.WRITTEN_UNIT),
            value=node.number(t.VALUE),
            measured_in=node.written(t.UNIT_CODE),
            bound=node.choice(Bound, t.BOUND),
        )

    def evidence(self, iri: Term) -> Evidence:
        """Return a piece of evidence; the gazetteer's names no document."""
        node = self.nodes.get(iri) if isinstance(iri, NamedNode) else None
        if node is None:
            raise GraphError(f"{iri}: named as evidence, but the graph says nothing of it")
        doc = self.mint.document_id(node.one(t.IN_DOCUMENT)) if t.IN_DOCUMENT in node.properties else ""
        return Evidence(doc, node.span(), node.written(t.QUOTE), node.written(t.RULE), float(node.number(t.SCORE)))


def _nodes(triples: Iterable[Triple | Quad]) -> dict[NamedNode, Node]:
    nodes: dict[NamedNode, Node] = {}
    for subject, predicate, value, *_ in triples:
        if isinstance(subject, NamedNode):
            node = nodes.get(subject) or nodes.setdefault(subject, Node(subject, {}))
            node.properties.setdefault(predicate, []).append(value)
    return nodes


def _types(nodes: Mapping[NamedNode, Node]) -> dict[NamedNode, list[NamedNode]]:
    types: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for iri, node in nodes.items():
        for kind in dict.fromkeys(node.properties.get(t.A, ())):
            if isinstance(kind, NamedNode):
                types[kind].append(iri)
    return types


def _base(documents: Iterable[NamedNode]) -> str:
    bases = (iri.value.rpartition("/")[0].removesuffix("document") for iri in documents)
    return next(bases, t.BASE)


def _bare(document: Document) -> Document:
    return replace(document, text="", sections=tuple(sorted(set(document.sections))))


def _sorted_names(entity: Entity) -> Entity:
    return replace(
        entity,
        aliases=tuple(sorted(set(entity.aliases))),
        same_as=tuple(sorted(set(entity.same_as))),
        identifiers=tuple(sorted(set(entity.identifiers))),
    )


def _joined(facts: Iterable[Fact]) -> Iterator[Fact]:
    evidence: defaultdict[Fact, set[Evidence]] = defaultdict(set)
    for fact in facts:
        evidence[replace(fact, evidence=())].update(fact.evidence)
    for fact, pieces in evidence.items():
        yield replace(fact, evidence=tuple(sorted(pieces, key=evidence_order)))
