"""Write plain values as RDF terms: text, names, numbers, and the vocabulary's words."""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from jintu.model import Bound, Kind, Measure, Modality, Part, Relation
from jintu.rdf import terms as t
from jintu.rdf.mint import decimal

_SURROGATE = re.compile(r"[\ud800-\udfff]")  # RDF text cannot hold one that stands alone
_WORDS = {
    name.value: t.term(f"jt:{name}") for names in (Kind, Relation, Modality, Bound, Measure, Part) for name in names
}


def word(name: str) -> NamedNode:
    """Return the vocabulary's term of a kind, relation, modality, bound, measure or part."""
    return _WORDS[name]


def plain(text: str) -> Literal:
    """Return text as a literal; a lone surrogate becomes U+FFFD, since RDF cannot hold it."""
    return Literal(storable(text))


def chinese(text: str) -> Literal:
    """Return a name as a literal in Chinese."""
    return Literal(storable(text), language="zh")


def storable(text: str) -> str:
    """Return text as RDF can hold it.

    >>> storable("锦凌水库") == "锦凌水库", storable("锦" + chr(0xD800)) == "锦" + chr(0xFFFD)
    (True, True)
    """
    return _SURROGATE.sub("\ufffd", text)


def number(value: Decimal | float) -> Literal:
    """Return a number as an exact decimal literal."""
    return Literal(decimal(value), datatype=t.DECIMAL)
