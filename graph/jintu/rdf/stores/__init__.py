"""Stores of named graphs behind one Protocol: files, a folder of Oxigraph's, an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Triple

from jintu.model import KnowledgeGraph
from jintu.rdf.files import is_parted, quads
from jintu.rdf.recover import from_rdf
from jintu.rdf.stores.file import FileStore
from jintu.rdf.stores.folder import FolderStore
from jintu.rdf.stores.snapshot import GraphStore, NamedGraph, Snapshot

__all__ = ["FileStore", "FolderStore", "GraphStore", "NamedGraph", "Snapshot", "graphs", "opened", "read", "triples"]


def opened(path: Path) -> GraphStore:
    """Return the store that a path names: a folder store, an RDF file or a folder of such in N-Quads.

    >>> opened(Path("锦州.ttl"))
    FileStore(path=PosixPath('锦州.ttl'))
    """
    return FolderStore(path) if path.is_dir() and not is_parted(path) else FileStore(path)


def triples(path: Path) -> Iterator[Triple]:
    """Give what a store says: of a folder store each triple once, of files all as they come, whatever their graphs.

    Raises:
        GraphError: if there is no such graph, it is no RDF or holds nothing.
    """
    return opened(path).triples()


def graphs(path: Path) -> Iterator[tuple[str | None, Iterator[Triple]]]:
    """Give each graph of a store under its name, sorted by it, and under None what is in no named graph.

    Raises:
        GraphError: if there is no such graph, it is no RDF or holds nothing.
    """
    kept = opened(path)
    snapshot = kept.snapshot()
    for name in snapshot.names:
        yield name, snapshot.triples(name)
    if not snapshot.names:
        yield None, snapshot.triples()
    elif isinstance(kept, FileStore):  # whose triples a snapshot joins; in a folder store all are in named graphs
        yield None, (quad.triple for quad in quads(path) if isinstance(quad.graph_name, DefaultGraph))


def read(path: Path, *, base: str | None = None) -> KnowledgeGraph:
    """Read a knowledge graph from a store, or from a file of any RDF format that was written here.

    Raises:
        GraphError: if there is no such graph, it is no RDF or holds nothing.
    """
    return from_rdf(triples(path), base=base)
