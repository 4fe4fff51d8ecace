"""Write JSON-LD as it comes, with a context of our own: prefixed names and plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jintu.model import Relation
from jintu.rdf import terms as t
from jintu.rdf.terms import PREFIXES, term

Json = str | int | bool | list["Json"] | dict[str, "Json"]
Term = NamedNode | BlankNode | Literal | Triple

_IRIS = (
    *(term(f"jt:{relation}") for relation in Relation),
    *(t.SUBJECT, t.PREDICATE, t.OBJECT, t.MODALITY, t.HAS_EVIDENCE, t.IN_DOCUMENT, t.ENTITY, t.KIND, t.SCOPE),
    *(t.IN_UNIT, t.BOUND, t.OF_INDICATOR, t.OF_ENTITY, t.MEASURE, t.CUBE, t.SCHEME, t.SAME_AS, t.SPATIAL, t.PART),
)
_CHINESE = (t.LABEL, t.ALIAS, t.PREFERRED, t.TITLE)
_DECIMAL = (t.VALUE, t.SCORE, t.LINK_SCORE)
_INTEGER = term("xsd:integer").value
_BOOLEAN = term("xsd:boolean").value
_TEXT = term("xsd:string").value


def context(base: str) -> dict[str, Json]:
    """Return the context: the base, the prefixes, and how the values of each property are written."""
    kinds: dict[str, Json] = {
        **{_curie(iri): {"@type": "@id"} for iri in _IRIS},
        **{_curie(iri): {"@language": "zh"} for iri in _CHINESE},
        **{_curie(iri): {"@type": "xsd:decimal"} for iri in _DECIMAL},
    }
    return {"@base": base, "id": "@id", "type": "@type", **PREFIXES, **dict(sorted(kinds.items()))}


def opening(base: str) -> str:
    """Return what a document begins with, before any node.

    >>> opening(t.BASE)[-11:]
    '"@graph": ['
    """
    return f'{{"@context": {_dumped(context(base))},\n"@graph": ['


def nodes(triples: Iterable[Triple], base: str) -> Iterator[str]:
    """Give the nodes of a JSON-LD document, one a subject.

    >>> from pyoxigraph import Literal, Triple
    >>> list(nodes([Triple(term("jt:x"), t.LABEL, Literal("锦凌水库", language="zh"))], t.BASE))
    ['{"id": "jt:x", "rdfs:label": "锦凌水库"}']
    """
    for subject, said in groupby(triples, key=lambda triple: triple.subject):
        yield _dumped(_node(subject, said, base))


def _node(subject: Term, said: Iterable[Triple], base: str) -> dict[str, Json]:
    node: dict[str, list[Json]] = {}
    for triple in said:
        if triple.predicate == t.A:
            node.setdefault("type", []).append(_iri(triple.object, base))
        else:
            node.setdefault(_curie(triple.predicate), []).append(_value(triple.predicate, triple.object, base))
    return {"id": _iri(subject, base), **{name: found[0] if len(found) == 1 else found for name, found in node.items()}}


def _value(predicate: NamedNode, value: Term, base: str) -> Json:
    if not isinstance(value, Literal):
        return _iri(value, base) if predicate in _IRIS else {"id": _iri(value, base)}
    kind = value.datatype.value
    if value.language:
        return value.value if predicate in _CHINESE else {"@value": value.value, "@language": value.language}
    if kind == _INTEGER and value.value == str(int(value.value)):
        return int(value.value)
    if kind == _BOOLEAN and value.value in ("true", "false"):
        return value.value == "true"
    if kind == t.DECIMAL.value and predicate in _DECIMAL:
        return value.value
    return value.value if kind == _TEXT and predicate not in (*_IRIS, *_CHINESE, *_DECIMAL) else _typed(value)


def _typed(value: Literal) -> Json:
    return {"@value": value.value, "@type": value.datatype.value}


def _iri(term: Term, base: str) -> str:
    if not isinstance(term, NamedNode):
        return str(term)
    return term.value.removeprefix(base) if term.value.startswith(base) else _curie(term)


def _curie(iri: NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.value.startswith(namespace):
            return f"{prefix}:{iri.value.removeprefix(namespace)}"
    return iri.value


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
