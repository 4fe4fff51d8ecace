"""Tell which graphs of a store a query is asked of: what a protocol names, else its own FROM clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from jintu.errors import QueryError
from jintu.rdf.stores.snapshot import Snapshot
from jintu.rdf.terms import BASE, PREFIXES

_TOKEN = re.compile(
    r"""(?P<skip> \s+ | \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
    | (?P<text> \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*' )
    | (?P<variable> [?$]\w+ | @[A-Za-z-]+ | _:[\w.-]+ )
    | (?P<name> (?:[^\W\d_][\w.-]*)?:(?:[\w:.%-]|\\.)* )
    | (?P<word> \w+ )
    | (?P<other> . )""",
    re.X | re.S,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
Token = tuple[str, str]
Default = list[NamedNode | BlankNode | DefaultGraph]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Name the graphs that are joined to the default graph, and those that GRAPH sees; None leaves it to the query.

    >>> Dataset(default=("https://w3id.org/jintu/id/document/甲",)).named
    ()
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def of(self, store: Store) -> tuple[Store, Default, list[NamedNode | BlankNode]]:
        """Return the store to ask with the graphs to ask it of; the engine would count a triple of two graphs twice.

        Raises:
            QueryError: if one is no graph of the store.
        """
        default: Default = [_known(iri, store) for iri in self.default]
        named: list[NamedNode | BlankNode] = [_known(iri, store) for iri in self.named]
        if len(default) < 2:
            return store, default, named
        joined, held = Store(), Snapshot(store)
        joined.bulk_extend(Quad(*triple) for iri in self.default for triple in held.triples(iri))
        for node, iri in zip(named, self.named, strict=True):
            joined.bulk_extend(Quad(*triple, node) for triple in held.triples(iri))  # type: ignore[call-arg]  # a triple is three terms
        return joined, [DefaultGraph()], named


def dataset_of(sparql: str) -> Dataset | None:
    """Return the graphs that a query names in FROM clauses, None if it names none.

    >>> dataset_of('SELECT * #from\\n from <a> FROM named jt:b { ?s ?p "FROM <c>" }')
    Dataset(default=('https://w3id.org/jintu/id/a',), named=('https://w3id.org/jintu/ontology#b',))
    >>> dataset_of("ASK { ?from ?p ?o }")

    Raises:
        QueryError: if what stands behind FROM is no IRI.
    """
    tokens, base, prefixes = list(_tokens(sparql)), BASE, dict(PREFIXES)
    default, named = list[str](), list[str]()
    for place, (kind, said) in enumerate(tokens):
        word, following = said.upper() if kind == "word" else "", tokens[place + 1 : place + 3]
        if word == "BASE" and _kinds(following)[:1] == ["iri"]:
            base = _iri(following[0], base, prefixes)
        elif word == "PREFIX" and _kinds(following) == ["name", "iri"]:
            prefixes[following[0][1].removesuffix(":")] = _iri(following[1], base, prefixes)
        elif word == "FROM":
            only_named = bool(following) and following[0][1].upper() == "NAMED" and following[0][0] == "word"
            (named if only_named else default).append(_iri((following[only_named:] or [("", "")])[0], base, prefixes))
    return Dataset(tuple(default), tuple(named)) if default or named else None


def update_in(sparql: str) -> str | None:
    """Return the word that makes this an update, or None.

    >>> update_in("# 清空\\nPREFIX x: <http://e/> clear all")
    'CLEAR'
    """
    words = (said.upper() for kind, said in _tokens(sparql) if kind == "word")
    first = next((word for word in words if word not in ("PREFIX", "BASE", "VERSION")), None)
    return first if first in _UPDATES else None


def _tokens(sparql: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(sparql):
        if found.lastgroup and found.lastgroup != "skip":
            yield found.lastgroup, found.group()


def _kinds(tokens: list[Token]) -> list[str]:
    return [kind for kind, _ in tokens]


def _iri(token: Token, base: str, prefixes: dict[str, str]) -> str:
    kind, said = token
    if kind == "iri":
        plain = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), said[1:-1])
        return urljoin(base, plain)
    prefix, _, local = said.partition(":")
    if kind != "name" or prefix not in prefixes:
        raise QueryError(f"FROM {said}: no graph is named so; write the IRI of a graph of the store, or leave FROM out")
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _known(iri: str, store: Store) -> NamedNode:
    with suppress(ValueError):
        if store.contains_named_graph(node := NamedNode(iri)):
            return node
    raise QueryError(f"<{iri}>: no such graph in the store, and nothing is fetched; leave it out")
