"""Name the vocabulary's terms and the prefixes under which files show them."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from jintu.model import Leaf

JT = "https://w3id.org/jintu/ontology#"
BASE = "https://w3id.org/jintu/id/"
STATUS = "https://w3id.org/jintu/status/"
INDICATOR = "https://w3id.org/jintu/indicator/"
UNIT = "https://w3id.org/jintu/unit/"  # units that QUDT does not know

PREFIXES = {
    "cur": "http://qudt.org/vocab/currency/",
    "dcterms": "http://purl.org/dc/terms/",
    "indicator": INDICATOR,
    "jt": JT,
    "jtunit": UNIT,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "status": STATUS,
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_CALLED = re.compile("[sS](?=(?i:ervice))")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')


def term(name: str) -> NamedNode:
    """Return the IRI of a prefixed name.

    >>> term("jt:Place").value
    'https://w3id.org/jintu/ontology#Place'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def uncalled(term: str) -> str:
    """Escape in a SPARQL term the word that could call another server: a query with it is refused, a name may hold it.

    >>> uncalled('"政务 Service 中心"')
    '"政务 \\\\u0053ervice 中心"'
    """
    return _CALLED.sub(lambda s: f"\\u{ord(s.group()):04X}", term)


def iri(text: str) -> str | None:
    """Write an IRI as a SPARQL term that can only be a term, None where it is no IRI.

    >>> iri("https://w3id.org/jintu/id/division/210700")
    '<https://w3id.org/jintu/id/division/210700>'
    >>> iri("x> ?p ?o } DROP ALL #")
    """
    return uncalled(f"<{text}>") if _IRI.fullmatch(text) else None


A = term("rdf:type")
SUBJECT, PREDICATE, OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
LABEL, ALIAS, SAME_AS = term("rdfs:label"), term("skos:altLabel"), term("skos:exactMatch")
CONCEPT, PREFERRED, SCHEME = term("skos:Concept"), term("skos:prefLabel"), term("skos:inScheme")
IDENTIFIER, TITLE, SOURCE = term("dcterms:identifier"), term("dcterms:title"), term("dcterms:source")
PART_OF, SPATIAL, ISSUED = term("dcterms:isPartOf"), term("dcterms:spatial"), term("dcterms:issued")
DECIMAL, DATE, CUBE = term("xsd:decimal"), term("xsd:date"), term("qb:dataSet")

DOCUMENT, SECTION, MENTION = term("jt:Document"), term("jt:Section"), term("jt:Mention")
STATEMENT, EVIDENCE = term("jt:Statement"), term("jt:Evidence")
QUANTITY, OBSERVATION = term("jt:Quantity"), term("jt:Observation")
STATUSES, INDICATORS, CUBE_OF_INDICATORS = term("jt:Statuses"), term("jt:Indicators"), term("jt:observations")

IN_DOCUMENT, START, END = term("jt:document"), term("jt:start"), term("jt:end")
QUOTE, RULE, SCORE = term("jt:quote"), term("jt:rule"), term("jt:score")
SURFACE, KIND, NESTED = term("jt:surface"), term("jt:kind"), term("jt:nested")
ENTITY, LINK_SCORE, REASON = term("jt:entity"), term("jt:linkScore"), term("jt:reason")
SCOPE, CODE = term("jt:scope"), term("jt:divisionCode")
DIGEST, ISSUER, PLACE_NAME, WHY = term("jt:digest"), term("jt:issuer"), term("jt:placeName"), term("jt:why")
DEPTH, PART, WITHIN, IN_SECTION = term("jt:depth"), term("jt:part"), term("jt:within"), term("jt:section")
LEAVES = {leaf: term(f"jt:{leaf}") for leaf in Leaf}
STARTS = {leaf: term(f"jt:{leaf}Starts") for leaf in Leaf}
MODALITY, YEAR, HAS_EVIDENCE = term("jt:modality"), term("jt:year"), term("jt:evidence")
TEXT, NUMBER, WRITTEN_UNIT = term("jt:text"), term("jt:number"), term("jt:writtenUnit")
VALUE, IN_UNIT, UNIT_CODE, BOUND = term("jt:value"), term("jt:unit"), term("jt:unitCode"), term("jt:bound")
OF_INDICATOR, OF_ENTITY, MEASURE = term("jt:ofIndicator"), term("jt:ofEntity"), term("jt:measure")

LABELS = frozenset(term.value for term in (LABEL, PREFERRED, TITLE))  # what a resource is called
