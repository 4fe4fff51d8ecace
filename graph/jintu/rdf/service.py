"""Describe an endpoint, by the SPARQL 1.1 Service Description (2013)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from jintu.rdf.terms import A

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPH_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def service(address: str) -> Iterator[Triple]:
    """Say what the endpoint at an address can do.

    >>> [str(said.object) for said in service("http://127.0.0.1:8000/sparql")][2]
    '<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>'
    """
    endpoint, dataset, default = (NamedNode(address + part) for part in ("", "#dataset", "#default"))
    yield Triple(endpoint, A, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in (*_FORMATS, *_GRAPH_FORMATS):
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    yield Triple(endpoint, _sd("defaultDataset"), dataset)
    yield Triple(dataset, A, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, A, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
