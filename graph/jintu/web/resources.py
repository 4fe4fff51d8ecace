"""What a page says of one resource: where it is found, and the questions that gather what is known of it."""

from __future__ import annotations

from urllib.parse import quote, unquote

from jintu import rdf

ROOT = "https://w3id.org/jintu/"  # of the vocabulary, its concepts and, unless a build names another base, all else
SHOWN = 500  # statements about a resource that its page gives
TRIPLES = 40  # rows of a description that a statement with its evidence may take

# What a page shows is picked before it is sorted: things that are named ten thousand times have pages too.
FACTS = """SELECT ?statement ?subject ?subjectLabel ?relation ?object ?objectLabel ?modality ?year ?document ?title
  ?start ?end ?quote ?score {
  { SELECT DISTINCT ?statement { %(facts)s } LIMIT %(most)s }
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  OPTIONAL { ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?object rdfs:label|skos:prefLabel|jt:text ?objectLabel }
  OPTIONAL { ?statement jt:modality ?modality }
  OPTIONAL { ?statement jt:year ?year }
  OPTIONAL {
    ?statement jt:evidence ?seen .
    ?seen jt:document ?document ; jt:start ?start ; jt:end ?end ; jt:quote ?quote .
    OPTIONAL { ?seen jt:score ?score }
    OPTIONAL { ?document dcterms:title ?title }
  }
} ORDER BY ?relation ?subject ?object ?start"""
OUT = """SELECT ?relation ?object ?label {
  {
    SELECT DISTINCT ?relation ?object {
      { %(plain)s } UNION { SELECT ?relation ?object { %(iri)s ?relation ?object } LIMIT %(most)s }
    }
  }
  OPTIONAL { ?object rdfs:label|skos:prefLabel|dcterms:title ?label }
} ORDER BY ?relation ?object"""
INTO = """SELECT ?subject ?relation ?label {
  {
    SELECT ?subject ?relation {
      ?subject ?relation %(iri)s FILTER(?relation NOT IN (rdf:subject, rdf:object, rdf:predicate))
    } LIMIT %(most)s
  }
  OPTIONAL { ?subject rdfs:label|skos:prefLabel|dcterms:title ?label }
} ORDER BY ?relation ?subject"""
KNOWN = "ASK { { %(iri)s ?p ?o } UNION { ?s ?p %(iri)s } }"
WHOLE = """CONSTRUCT { %(iri)s ?relation ?object . ?statement ?r ?v . ?seen ?x ?y } WHERE {
  { %(plain)s } UNION { SELECT ?relation ?object { %(iri)s ?relation ?object } LIMIT %(most)s }
  UNION {
    { SELECT DISTINCT ?statement { %(facts)s } LIMIT %(most)s }
    { ?statement ?r ?v } UNION { ?statement jt:evidence ?seen . ?seen ?x ?y }
  }
}"""


def plain_of(iri: str) -> str:
    """Return the pattern of what a resource is and is called, which is said before all else."""
    plain = f"{iri} ?relation ?object FILTER(isLiteral(?object) || ?relation = rdf:type)"
    return f"SELECT ?relation ?object {{ {plain} }} LIMIT {SHOWN}"


def facts_of(iri: str) -> str:
    """Return the pattern of the statements about a resource, of a document's, or of the statement itself."""
    return (
        f"{{ ?statement rdf:subject {iri} }} UNION {{ ?statement rdf:object {iri} }} "
        f"UNION {{ ?statement jt:evidence/jt:document {iri} }} "
        f"UNION {{ {iri} rdf:subject ?any BIND({iri} AS ?statement) }}"
    )


def path_of(iri: str, base: str) -> str:
    """Return the path of a resource's page on this server.

    >>> path_of("https://w3id.org/jintu/id/division/210700", "https://w3id.org/jintu/id/")
    '/id/division/210700'
    >>> path_of("https://example.org/甲", "https://w3id.org/jintu/id/")
    '/resource?iri=https%3A//example.org/%E7%94%B2'
    """
    if iri.startswith(base):
        return "/id/" + quote(iri.removeprefix(base), safe="/:@!$&'()*+,;=-._~")
    if iri.startswith(ROOT + "ontology#"):
        return "/ontology#" + quote(iri.removeprefix(ROOT + "ontology#"))
    if iri.startswith((ROOT + "status/", ROOT + "indicator/", ROOT + "unit/")):
        return "/" + quote(iri.removeprefix(ROOT), safe="/:@!$&'()*+,;=-._~")
    return "/resource?iri=" + quote(iri)


def iris_of(path: str, raw_path: str, base: str) -> list[str]:
    """Return the IRIs that a path may stand for: as our links write it, and as the IRI itself is written.

    >>> iris_of("/id/honour/甲/乙", "/id/honour/%E7%94%B2%2F%E4%B9%99", "https://w3id.org/jintu/id/")[1]
    'https://w3id.org/jintu/id/honour/甲%2F乙'
    """
    written = "/".join(rdf.encode(unquote(part)) for part in raw_path.split("/"))
    return [base + one[4:] if one.startswith("/id/") else ROOT + one[1:] for one in dict.fromkeys((path, written))]
