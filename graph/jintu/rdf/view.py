"""Show a store as the rdflib graph that people know; its string queries run inside Oxigraph."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from jintu.rdf.terms import PREFIXES

__all__ = ["Graph", "rdflib_graph"]


def rdflib_graph(store: Store) -> Graph:
    """Return an rdflib graph on the same data as ``store``: a Dataset where it has named graphs.

    >>> len(rdflib_graph(Store()))
    0
    """
    named = next(iter(store.named_graphs()), None) is not None
    below = OxigraphStore(store=store)
    graph = Dataset(store=below) if named else Graph(store=below, identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph
