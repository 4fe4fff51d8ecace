"""Keep named graphs in an RDF file, or read them from a folder of such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from jintu.errors import GraphError
from jintu.rdf.files import WITH_GRAPHS, load, quads, save
from jintu.rdf.stores.snapshot import NamedGraph, Snapshot


@dataclass(frozen=True, slots=True)
class FileStore:
    """Read a file of any RDF format, or a folder of N-Quads; replace graphs in a file of a format that names them.

    >>> from pyoxigraph import Literal
    >>> from tempfile import TemporaryDirectory
    >>> city = NamedNode("https://w3id.org/jintu/id/division/210700")
    >>> named = Triple(city, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("锦州市", language="zh"))
    >>> with TemporaryDirectory() as folder:
    ...     store = FileStore(Path(folder) / "graph.trig")
    ...     store.replace([(NamedNode("https://w3id.org/jintu/id/document/甲"), [named])])
    ...     store.snapshot().names
    ('https://w3id.org/jintu/id/document/甲',)
    """

    path: Path

    def snapshot(self) -> Snapshot:
        """Load it into memory."""
        return Snapshot(load(self.path))

    def triples(self) -> Iterator[Triple]:
        """Give the triples in their order."""
        return (quad.triple for quad in quads(self.path))

    def replace(self, graphs: Iterable[NamedGraph]) -> None:
        """Write the file again with other graphs in it, sorted by their names."""
        format = self.path.suffix.lstrip(".").lower()
        if format not in WITH_GRAPHS:
            raise GraphError(f"{self.path}: its format names no graphs; write to one of {', '.join(WITH_GRAPHS)}")
        kept: dict[NamedNode | None, list[Triple]] = {}
        for quad in quads(self.path) if self.path.exists() else ():
            kept.setdefault(_name(quad), []).append(quad.triple)
        kept.update((name, list(triples)) for name, triples in graphs)
        save(_sorted(kept), self.path, format=format)


def _name(quad: Quad) -> NamedNode | None:
    if isinstance(quad.graph_name, DefaultGraph):
        return None
    if isinstance(quad.graph_name, NamedNode):
        return quad.graph_name
    raise GraphError(f"{quad.graph_name}: a blank node names a graph; name it with an IRI")


def _sorted(graphs: dict[NamedNode | None, list[Triple]]) -> Iterator[Quad]:
    for name in sorted(graphs, key=lambda name: name.value if name else ""):
        for triple in graphs[name]:
            yield Quad(triple.subject, triple.predicate, triple.object, name or DefaultGraph())
