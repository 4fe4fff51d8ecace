"""Say knowledge as RDF and read it back; store, query, validate and prove it."""

from importlib import import_module
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from jintu.rdf.answers import Answer, query, short
from jintu.rdf.chapters import concept_names, divisions_by_name, to_rdf
from jintu.rdf.datasets import Dataset
from jintu.rdf.files import FORMATS, PARTS, WITH_GRAPHS, fragment, load, refuse_reifiers, save, write, written
from jintu.rdf.fragments import (
    Chapter,
    Direct,
    concepts_fragment,
    direct,
    direct_fragment,
    direct_triples,
    document_fragment,
    entities_fragment,
    head_fragment,
    quads_of,
    shapes_of,
    statements_fragment,
    tried,
)
from jintu.rdf.frames import frame
from jintu.rdf.layout import joined
from jintu.rdf.mint import Mint, encode
from jintu.rdf.misses import missed
from jintu.rdf.others import from_triples
from jintu.rdf.proof import Violation, prove, verify
from jintu.rdf.quads import around, to_graphs, to_quads
from jintu.rdf.recover import canonical, from_rdf
from jintu.rdf.service import service
from jintu.rdf.shipped import Question, named, questions, sparql
from jintu.rdf.stores import FileStore, FolderStore, GraphStore, NamedGraph, Snapshot, graphs, opened, read, triples
from jintu.rdf.terms import BASE, LABELS, PREFIXES, iri
from jintu.rdf.vocabulary import Word, vocabulary

if TYPE_CHECKING:
    from jintu.rdf.explanation import Explanation, explain
    from jintu.rdf.shapes import check
    from jintu.rdf.stores.dataset import DatasetStore
    from jintu.rdf.view import rdflib_graph

__all__ = [
    "BASE",
    "FORMATS",
    "LABELS",
    "PARTS",
    "PREFIXES",
    "WITH_GRAPHS",
    "Answer",
    "Chapter",
    "Dataset",
    "DatasetStore",
    "Direct",
    "Explanation",
    "FileStore",
    "FolderStore",
    "GraphStore",
    "Mint",
    "NamedGraph",
    "Quad",
    "Question",
    "Snapshot",
    "Store",
    "Violation",
    "Word",
    "around",
    "canonical",
    "check",
    "concept_names",
    "concepts_fragment",
    "direct",
    "direct_fragment",
    "direct_triples",
    "divisions_by_name",
    "document_fragment",
    "encode",
    "entities_fragment",
    "explain",
    "fragment",
    "frame",
    "from_rdf",
    "from_triples",
    "graphs",
    "head_fragment",
    "iri",
    "joined",
    "load",
    "missed",
    "named",
    "opened",
    "prove",
    "quads_of",
    "query",
    "questions",
    "rdflib_graph",
    "read",
    "refuse_reifiers",
    "save",
    "service",
    "shapes_of",
    "short",
    "sparql",
    "statements_fragment",
    "to_graphs",
    "to_quads",
    "to_rdf",
    "tried",
    "triples",
    "verify",
    "vocabulary",
    "write",
    "written",
]

_SLOW = {
    "DatasetStore": "jintu.rdf.stores.dataset",
    "Explanation": "jintu.rdf.explanation",
    "check": "jintu.rdf.shapes",
    "explain": "jintu.rdf.explanation",
    "rdflib_graph": "jintu.rdf.view",
}  # pyshacl and rdflib take half a second to import


def __getattr__(name: str) -> object:
    """Import what is slow to import when it is first asked for."""
    if name not in _SLOW:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_SLOW[name]), name)
