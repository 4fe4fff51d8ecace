"""Write to a folder store until killed: what the tests start as a process of its own."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from jintu.rdf import FolderStore

DOCUMENTS = [NamedNode(f"http://example.org/document/{name}") for name in ("锦州市-2023", "黑山县-2023", "义县-2023")]
SIZE = 200  # triples of a document


def said(document: NamedNode, version: int) -> list[Triple]:
    """Say what a document says in a version; half of it is the same in all of them."""
    about = NamedNode("http://example.org/version")
    return [Triple(NamedNode(f"{document.value}#{n}"), about, Literal(version if n % 2 else 0)) for n in range(SIZE)]


def write(folder: Path, version: int, told: Connection) -> None:
    """Write version after version and tell each when it is there."""
    while True:
        FolderStore(folder).replace([(document, said(document, version)) for document in DOCUMENTS])
        told.send(version)
        version += 1
