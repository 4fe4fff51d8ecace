"""Show our terms and stores as the rdflib terms and graphs that people know."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from rdflib import BNode, Dataset, Graph, URIRef
from rdflib import Literal as Text
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from jintu.errors import GraphError
from jintu.rdf.terms import PREFIXES

__all__ = ["Dataset", "Graph", "rdflib_graph", "rdflib_term"]


def rdflib_graph(store: Store) -> Graph:
    """Return an rdflib graph on the same data as ``store``: a Dataset where it has named graphs.

    Its string queries run inside Oxigraph.

    >>> len(rdflib_graph(Store()))
    0
    """
    named = next(iter(store.named_graphs()), None) is not None
    below = OxigraphStore(store=store)
    graph = Dataset(store=below) if named else Graph(store=below, identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def rdflib_term(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    """Return a term as rdflib's, as it was written.

    Raises:
        GraphError: if it is a triple, which rdflib does not know.

    >>> rdflib_term(Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))).n3()
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    match term:
        case NamedNode():
            return URIRef(term.value)
        case BlankNode():
            return BNode(term.value)
        case Literal():
            datatype = None if term.language else URIRef(term.datatype.value)
            return Text(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise GraphError(f"{term}: rdflib knows no triple inside a triple; write the graph without reifiers")
