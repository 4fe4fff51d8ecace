"""What every store of graphs can do, whatever it keeps them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

NamedGraph = tuple[NamedNode, Iterable[Triple]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold what a store held at one moment: named graphs, and all their triples once in the default graph.

    Nobody writes to ``store``; ``held`` keeps its files from being cleared away while the snapshot lives.
    """

    store: Store
    held: IO[bytes] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self.store.named_graphs()))

    def triples(self, name: str | None = None) -> Iterator[Triple]:
        """Give the triples of a named graph, or each triple of the store once."""
        graph = DefaultGraph() if name is None else NamedNode(name)
        return (quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph))


class GraphStore(Protocol):
    """Keep named graphs: read them from snapshots, replace some of them all at once.

    In Jintu each graph is what one document says, under the document's IRI.
    """

    def snapshot(self) -> Snapshot:
        """Return the store as it is now; what is written later does not change it.

        Raises:
            GraphError: if there is nothing to read.
        """
        ...

    def triples(self) -> Iterator[Triple]:
        """Give what the store says as it is now; a triple of two graphs may come twice.

        Raises:
            GraphError: if there is nothing to read.
        """
        ...

    def replace(self, graphs: Iterable[NamedGraph]) -> None:
        """Put graphs in the place of those of the same names, all or none; one without triples goes.

        Raises:
            GraphError: if the store cannot be written to.
        """
        ...
