"""Explain how a query is answered: what runs, how many triples each of its patterns meets, how long it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyoxigraph import Store
from rdflib import Graph, URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from jintu.rdf.answers import query
from jintu.rdf.terms import BASE, PREFIXES

Pattern = tuple[Any, Any, Any]  # rdflib's terms, a path in the middle perhaps


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the SPARQL that ran, its patterns with the triples that each meets by itself, what it gave and how fast.

    A pattern's number is None where it is a path: following all of it may take longer than the query.
    """

    sparql: str
    patterns: tuple[tuple[str, int | None], ...]
    found: int
    seconds: float
    engine: str = f"Oxigraph of pyoxigraph {pyoxigraph.__version__}"


def explain(store: Store, sparql: str) -> Explanation:
    """Run a query and say how it was answered; the engine starts from the patterns that meet least.

    Raises:
        QueryError: if the query is wrong, would change something or reach the network.

    >>> explain(Store(), "SELECT * { ?place a jt:Place ; jt:locatedIn+ ?area }").patterns
    (('?place rdf:type jt:Place', 0), ('?place jt:locatedIn+ ?area', None))
    """
    start = time.perf_counter()
    answer = query(store, sparql)
    seconds = time.perf_counter() - start
    found = {"rows": len(answer.rows), "graph": len(answer.triples), "truth": 1}[answer.form]
    patterns = dict.fromkeys(_patterns(prepareQuery(sparql, initNs=PREFIXES, base=BASE).algebra))
    return Explanation(sparql, tuple((_short(pattern), _met(store, pattern)) for pattern in patterns), found, seconds)


def _patterns(part: Any) -> Iterator[Pattern]:
    """Give the triple patterns of a part of a query, in the order of the algebra."""
    if isinstance(part, CompValue):
        for name, value in part.items():
            if name == "triples":  # lists of three terms, or of several triples on end
                terms = [term for triple in value for term in triple]
                yield from zip(terms[::3], terms[1::3], terms[2::3], strict=True)
            else:
                yield from _patterns(value)
    elif isinstance(part, list | tuple):
        yield from (found for each in part for found in _patterns(each))


def _met(store: Store, pattern: Pattern) -> int | None:
    if isinstance(pattern[1], Path):
        return None
    written = " ".join(term.n3() if not isinstance(term, URIRef) else f"<{term}>" for term in pattern)
    return int(query(store, f"SELECT (COUNT(*) AS ?number) {{ {written} }}").table()[0][0])


def _short(pattern: Pattern) -> str:
    names = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        names.bind(prefix, iri)
    return " ".join(term.n3(names.namespace_manager) for term in pattern)
