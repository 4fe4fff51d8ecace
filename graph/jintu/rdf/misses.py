"""Say what a graph knows instead of what a question asked for and did not find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Store

from jintu.errors import nearest
from jintu.rdf.answers import query
from jintu.rdf.shipped import Question
from jintu.rdf.terms import JT

KNOWN = {
    "place": ("places", "?s a jt:Place ; rdfs:label ?known"),
    "programme": ("programmes", "?s rdf:predicate jt:implements ; rdf:object/rdfs:label ?known"),
    "section": ("sections", "?s a jt:Section ; dcterms:title ?known"),
    "status": ("stages", "?s rdf:predicate jt:status ; rdf:object/skos:prefLabel ?known"),
    "name": ("names", "?s rdfs:label|skos:prefLabel ?known FILTER NOT EXISTS { ?s jt:value ?figure }"),
}  # by a parameter's name, else its type: what its values are called, and where a graph has them


def missed(store: Store, asked: Question, values: Mapping[str, str]) -> str:
    """Say in one line that nothing matches the values of a question, and what the graph knows that is most like them.

    Raises:
        QueryError: if the question has no parameter of a name.

    >>> from jintu.rdf.shipped import question
    >>> asked = question("q", "# param: place name\\nSELECT * { VALUES ?place { UNDEF } }")
    >>> missed(Store(), asked, {"place": "锦州市"})
    'no rows; the graph holds no document that jintu read, so ask it in SPARQL of its own words'
    """
    if not store.query(f"ASK {{ ?document a <{JT}Document> }}"):
        return "no rows; the graph holds no document that jintu read, so ask it in SPARQL of its own words"
    given = ", ".join(f'{name} "{value}"' for name, value in values.items())
    return "; ".join((f"nothing matches {given}" if given else "no rows", *_known(store, asked, values)))


def _known(store: Store, asked: Question, values: Mapping[str, str]) -> Iterator[str]:
    for name, value in values.items():
        parameter = asked.parameter(name)
        what, pattern = KNOWN.get(name) or KNOWN.get(parameter.type) or ("", "")
        known = {row[0] for row in query(store, f"SELECT DISTINCT ?known {{ {pattern} }}").table()} if what else {value}
        if (plain := parameter.plain(value)) not in known:
            yield f"of {what} the graph knows {nearest(plain, known)}"
