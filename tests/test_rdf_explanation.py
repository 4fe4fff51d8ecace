"""An explanation says what ran, what each pattern meets, and how much was found."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, Store

from golden.knowledge import KNOWLEDGE
from jintu.errors import QueryError
from jintu.ontology import Ontology
from jintu.rdf import explain, query, questions, to_rdf


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in to_rdf(KNOWLEDGE))
    return store


def test_each_pattern_is_named_with_what_it_meets(store: Store) -> None:
    made = explain(store, "SELECT ?p { ?p a jt:Project ; jt:status ?s FILTER NOT EXISTS { ?p jt:locatedIn ?w } }")
    met = dict(made.patterns)
    assert (met["?p rdf:type jt:Project"], met["?p jt:status ?s"], met["?p jt:locatedIn ?w"]) == (3, 1, 3)
    assert made.found == 0
    assert made.seconds > 0
    assert "Oxigraph" in made.engine


def test_patterns_of_every_part_are_found_and_paths_not_followed(store: Store) -> None:
    made = explain(
        store,
        """SELECT ?a { { SELECT ?a { ?a a jt:Place } } UNION { GRAPH ?g { ?a jt:hosts ?e } }
        OPTIONAL { ?a jt:locatedIn+/rdfs:label ?l } MINUS { ?a rdfs:label "锦州市"@zh } }""",
    )
    met = dict(made.patterns)
    assert met["?a rdf:type jt:Place"] == 3
    assert met["?a jt:hosts ?e"] == 1
    assert met['?a rdfs:label "锦州市"@zh'] == 1
    assert [n for pattern, n in made.patterns if "locatedIn+" in pattern] == [None]


def test_every_shipped_question_is_explained(store: Store, ontology: Ontology) -> None:
    for question in questions(ontology).values():
        made = explain(store, question.text)
        assert made.patterns
        assert made.found == len(query(store, question.text).rows)


def test_what_is_refused_is_refused_here_too(store: Store) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        explain(store, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
