"""Read a graph in any vocabulary as things, their names, and the ties between them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jintu.rdf.terms import PREFIXES, A
from jintu.resources import Resource, ResourceGraph, Tie, Writing

MOST_NAMELESS = 2000  # things without an IRI that are drawn; lists and restrictions of large ontologies have thousands
MOST_ALIASES = 12  # names of one thing beside its label that can be searched for

# What names a thing, the surest first; the last are other names beside it.
NAMING = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://xmlns.com/foaf/0.1/name",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://schema.org/alternateName",
    "https://schema.org/alternateName",
    "http://xmlns.com/foaf/0.1/nick",
)
FIRST_ALIAS = NAMING.index("http://www.w3.org/2004/02/skos/core#altLabel")
# Classes that say little of a thing beside another one.
GENERAL = (PREFIXES["owl"] + "Thing", PREFIXES["owl"] + "NamedIndividual", PREFIXES["rdfs"] + "Resource")
LANGUAGES = ("zh", "", "en")  # in which a name is looked for first; then any, in the order of their tags
Node = NamedNode | BlankNode


def from_triples(said: Iterable[Triple], *, source: str) -> ResourceGraph:
    """Make things and ties of triples, in their order.

    >>> lake, name = NamedNode("http://example.org/lake"), NamedNode("http://xmlns.com/foaf/0.1/name")
    >>> from_triples([Triple(lake, name, Literal("青湖"))], source="lake.ttl").resources[0].label
    '青湖'
    """
    ordered = tuple(dict.fromkeys(triple for triple in said if not isinstance(triple.subject, Triple)))
    things, left_out = _things(ordered)
    kinds, names = _kinds(ordered), _names(ordered)
    places = {node: number for number, node in enumerate(things)}
    ties = tuple(_ties(ordered, places))
    return ResourceGraph(
        source,
        tuple(_resource(node, number, kinds.get(node, ""), names) for node, number in places.items()),
        ties,
        _apart((kinds[node] for node in places if node in kinds), names),
        _apart((tie.predicate for tie in ties), names),
        left_out,
    )


def _things(said: Iterable[Triple]) -> tuple[list[Node], int]:
    """Return what to draw in the order in which it is met, and how many nameless things that leaves out.

    What only ever stands as a class is no thing.
    """
    subjects: dict[Node, None] = {}
    objects: dict[Node, None] = {}
    for subject, predicate, value in said:
        subjects.setdefault(subject)
        if predicate != A and isinstance(value, NamedNode | BlankNode):
            objects.setdefault(value)
    met = list(subjects | objects)
    nameless = [node for node in met if isinstance(node, BlankNode)]
    left_out = set(nameless[MOST_NAMELESS:])
    return [node for node in met if node not in left_out], len(left_out)


def _kinds(said: Iterable[Triple]) -> dict[Node, str]:
    """Choose one class of each thing: the first that says something."""
    kinds: dict[Node, str] = {}
    for subject, predicate, value in said:
        if predicate == A and isinstance(value, NamedNode) and kinds.get(subject, GENERAL[0]) in GENERAL:
            kinds[subject] = value.value
    return kinds


def _names(said: Iterable[Triple]) -> dict[str, list[str]]:
    """Return the names of each thing, the best first: by language, then by predicate."""
    found: dict[str, list[tuple[bool, int, int, str, str]]] = defaultdict(list)
    for subject, predicate, value in said:
        if predicate.value in NAMING and isinstance(value, Literal) and value.value.strip():
            language = (value.language or "").partition("-")[0].lower()
            preferred = LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)
            order = NAMING.index(predicate.value)
            standing = order >= FIRST_ALIAS, preferred, order, language, value.value
            found[_key(subject)].append(standing)
    return {key: list(dict.fromkeys(text for *_, text in sorted(all_))) for key, all_ in found.items()}


def _resource(node: Node, number: int, kind: str, names: Mapping[str, list[str]]) -> Resource:
    """Return a thing with its best name, else the tail of its IRI, and its other names."""
    iri = node.value if isinstance(node, NamedNode) else f"_:b{number}"
    own = tail(iri) if isinstance(node, NamedNode) else f"〔{tail(kind) or '无名'}〕"
    label, *aliases = names.get(_key(node), [own])
    return Resource(iri, kind, label, tuple(aliases[:MOST_ALIASES]))


def _apart(iris: Iterable[str], names: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """Name each IRI by its best name or its tail, with more of it where two would be alike."""
    named = {iri: names.get(iri, [tail(iri)])[0] for iri in iris}
    longer = {iri: f"{name} ({urlsplit(iri).netloc})" for iri, name in named.items()}
    once, twice = Counter(named.values()), Counter(longer.values())
    return tuple(
        (iri, name if once[name] == 1 else longer[iri] if twice[longer[iri]] == 1 else iri)
        for iri, name in named.items()
    )


def tail(iri: str) -> str:
    """Return the last part of an IRI, for people.

    >>> tail("http://example.org/地点#%E9%9D%92%E6%B9%96"), tail("http://example.org/")
    ('青湖', 'example.org')
    """
    parts = [part for part in re.split(r"[/#]", iri) if part]
    last = unquote(parts[-1]) if parts else iri
    return last.rpartition(":")[2] or last


def _key(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


def _ties(said: Iterable[Triple], places: Mapping[Node, int]) -> Iterator[Tie]:
    """Give the triples between things that are drawn, and those that lead to literals; classes are kinds, not ties."""
    for subject, predicate, value in said:
        if subject in places and isinstance(value, Literal):
            yield Tie(places[subject], predicate.value, Writing(value.value, str(value)))
        elif subject in places and predicate != A and value in places:
            yield Tie(places[subject], predicate.value, places[value])
