"""Public clients work unchanged."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from web.conftest import Served

NAMES = 'SELECT ?place ?name { ?place rdfs:label ?name FILTER(?name IN ("锦州市"@zh, "黑山县"@zh)) } ORDER BY ?place'
PLACES = ["https://w3id.org/jintu/id/division/210700", "https://w3id.org/jintu/id/division/210726"]


@pytest.mark.parametrize(("method", "encoding"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_every_way(method: str, encoding: str, sample: Served) -> None:
    client = SPARQLWrapper(f"{sample.url}/sparql")
    client.setMethod(method)
    client.setRequestMethod(encoding)
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    found: Any = client.query().convert()
    assert [row["place"]["value"] for row in found["results"]["bindings"]] == PLACES
    client.setReturnFormat(CSV)
    said = client.query().convert()
    assert isinstance(said, bytes)
    assert said.decode().splitlines()[1] == f"{PLACES[0]},锦州市"
    client.setReturnFormat(XML)
    assert "黑山县" in client.query().convert().toxml()  # type: ignore[union-attr]  # XML comes as a document


def test_sparqlwrapper_reads_graphs_and_errors(sample: Served) -> None:
    client = SPARQLWrapper(f"{sample.url}/sparql")
    client.setQuery(f"DESCRIBE <{PLACES[0]}>")
    client.setReturnFormat(TURTLE)
    described = rdflib.Graph().parse(data=client.query().convert(), format="turtle")  # type: ignore[arg-type]  # Turtle comes as bytes
    assert (rdflib.URIRef(PLACES[0]), rdflib.RDFS.label, rdflib.Literal("锦州市", lang="zh")) in described
    client.setQuery("SELECT nothing")
    with pytest.raises(QueryBadFormed, match="the query is wrong"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_a_remote_store(method: Any, sample: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{sample.url}/sparql", method=method))
    assert [str(row[0]) for row in graph.query(NAMES)] == PLACES  # type: ignore[index]  # rows of a SELECT
    label = graph.value(rdflib.URIRef(PLACES[1]), rdflib.RDFS.label)
    assert label == rdflib.Literal("黑山县", lang="zh")


def test_comunica_asks_the_endpoint(sample: Served) -> None:
    program = shutil.which("comunica-sparql")
    if program is None:
        pytest.skip("no Comunica on this machine: npm install @comunica/query-sparql@4.5.0, its .bin in the PATH")
    query = f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {NAMES}"
    for source in (f"sparql@{sample.url}/sparql", f"{sample.url}/sparql"):  # told what it is, and finding out
        ran = subprocess.run(
            [program, source, query, "-t", "application/sparql-results+json"],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        found = json.loads(ran.stdout)["results"]["bindings"]
        assert [row["place"]["value"] for row in found] == PLACES
        assert [row["name"]["value"] for row in found] == ["锦州市", "黑山县"]
