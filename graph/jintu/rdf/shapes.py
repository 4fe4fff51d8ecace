"""Validate a graph against the ontology's shapes, with pyshacl on a plain rdflib graph."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from jintu.errors import GraphError
from jintu.model import KnowledgeGraph
from jintu.ontology import Ontology, load
from jintu.rdf.answers import shown
from jintu.rdf.chapters import to_rdf
from jintu.rdf.proof import Violation
from jintu.rdf.stores import triples
from jintu.rdf.view import rdflib_term

Term = NamedNode | BlankNode | Literal | Triple


def check(
    graph: Path | KnowledgeGraph | Iterable[Triple | Quad], ontology: Ontology | None = None
) -> tuple[Violation, ...]:
    """Validate a file, a knowledge graph or triples; return what breaks a shape.

    Raises:
        GraphError: if the file cannot be read, or a blank node stands where a shape compares numbers.

    >>> check(KnowledgeGraph((), (), (), ()))
    ()
    """
    shapes = (ontology or load()).path("shapes.ttl")
    found = to_rdf(graph) if isinstance(graph, KnowledgeGraph) else triples(graph) if isinstance(graph, Path) else graph
    with _quiet():
        plain = _plain(found)
        try:
            _, report, _ = pyshacl.validate(plain, shacl_graph=_plain(triples(shapes)))
        except ReportableRuntimeError as error:
            raise GraphError(f"the shapes cannot be tried: {error.message}") from None
        return tuple(sorted(set(_violations(report, plain))))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: a violation says it in a line."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _plain(found: Iterable[Triple | Quad]) -> Graph:
    """Return the triples as an rdflib graph of its own; each term is made once."""
    graph, made = Graph(), dict[Term, Node]()

    def node(term: Term) -> Node:
        return made.get(term) or made.setdefault(term, rdflib_term(term))

    for subject, predicate, value, *_ in found:
        graph.add((node(subject), node(predicate), node(value)))
    return graph


def _violations(report: Graph, graph: Graph) -> Iterator[Violation]:
    for focus in sorted(set(report.objects(None, SH.focusNode)), key=str):
        # a literal, or a term that the graph says nothing of, is found by what it stands at
        where = [focus] if (focus, None, None) in graph else sorted(graph.subjects(None, focus), key=str)
        for found in report.subjects(SH.focusNode, focus):
            value = report.value(found, SH.value)
            said = str(report.value(found, SH.resultMessage))
            what = said if value is None else f"{said}, not {shown(_term(value))[:80]!r}"
            yield from (Violation(shown(_term(node)), what) for node in where)


def _term(node: object) -> NamedNode | Literal:
    return NamedNode(str(node)) if isinstance(node, URIRef) else Literal(str(node))
