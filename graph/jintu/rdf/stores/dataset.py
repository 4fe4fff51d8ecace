"""Keep named graphs in an rdflib Dataset, whatever store lies below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import RdfFormat, Store, Triple
from rdflib import Dataset, URIRef
from rdflib.term import Node

from jintu.errors import GraphError
from jintu.rdf.files import join
from jintu.rdf.stores.snapshot import NamedGraph, Snapshot
from jintu.rdf.view import rdflib_term


@dataclass(frozen=True, slots=True)
class DatasetStore:
    """Keep named graphs in a Dataset of the user's; each snapshot is a copy in Oxigraph.

    >>> from jintu.rdf.terms import LABEL, term
    >>> from pyoxigraph import Literal
    >>> said = Triple(term("jt:某水库"), LABEL, Literal("锦凌水库", language="zh"))
    >>> store = DatasetStore()
    >>> store.replace([(term("jt:甲"), [said])])
    >>> store.snapshot().names, len(store.dataset)
    (('https://w3id.org/jintu/ontology#甲',), 1)
    """

    dataset: Dataset = field(default_factory=lambda: Dataset(default_union=True))

    def snapshot(self) -> Snapshot:
        """Copy the Dataset into memory."""
        store = Store()
        store.bulk_load(self.dataset.serialize(format="nquads", encoding="utf-8"), RdfFormat.N_QUADS)
        if not len(store):
            raise GraphError("the dataset holds no triples; name a graph that was built")
        join(store)
        return Snapshot(store)

    def triples(self) -> Iterator[Triple]:
        """Give each triple of the Dataset once."""
        return self.snapshot().triples()

    def replace(self, graphs: Iterable[NamedGraph]) -> None:
        """Replace graphs of the Dataset when all the new ones are there."""
        new = [(URIRef(name.value), [_nodes(triple) for triple in triples]) for name, triples in graphs]
        for name, triples in new:
            self.dataset.remove_graph(name)
            for triple in triples:
                self.dataset.graph(name).add(triple)


def _nodes(triple: Triple) -> tuple[Node, Node, Node]:
    subject, predicate, value = map(rdflib_term, triple)
    return subject, predicate, value
