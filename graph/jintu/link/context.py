"""Know where and when a document speaks: its own place with all it lies in, and its year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jintu.divisions import COUNTRY, Division, Divisions, Level, standing
from jintu.model import Document
from jintu.regions import NATION, NOWHERE


@dataclass(frozen=True)
class Context:
    """Hold a document's own place and those it lies in, the nearest first, and its year."""

    chain: tuple[Division, ...]
    year: int | None

    @cached_property
    def own(self) -> Division | None:
        """Return the document's own place, if it is a division."""
        return self.chain[0] if self.chain else None

    @cached_property
    def scope(self) -> str:
        """Return the scope of names that hold no place."""
        return scope_of(self.own) if self.own else NOWHERE

    @cached_property
    def province(self) -> Division | None:
        """Return the province the document's place is or lies in."""
        return next((place for place in self.chain if place.level is Level.PROVINCE), None)


def context_of(document: Document, divisions: Divisions) -> Context:
    """Return the context of a document; a place of an ambiguous name is none.

    >>> from jintu.ontology import load as ontology
    >>> from jintu.divisions import load
    >>> report = Document("a", "", "", "", "", place="锦州市", year=2023)
    >>> [place.short for place in context_of(report, load(ontology())).chain]
    ['锦州', '辽宁', '中国']
    """
    own = own_division(document, divisions)
    return Context(divisions.chain(own.code, year=document.year) if own else (), document.year)


def own_division(document: Document, divisions: Divisions) -> Division | None:
    """Return the widest division that bears the name of the document's place, if one alone does."""
    if not document.place:
        return None
    named = divisions.located(document.place, year=document.year)
    found = (standing(named, document.year) if document.year else named) or divisions.located(document.place)
    widest = [place for place in found if place.level == found[0].level]
    return widest[0] if len({place.code for place in widest}) == 1 else None


def stem(code: str) -> str:
    """Return the digits of a code with which the codes of all that lies in the place begin.

    >>> stem("210000"), stem("210700"), stem("210726")
    ('21', '2107', '210726')
    """
    return code.removesuffix("00").removesuffix("00")


def scope_of(place: Division) -> str:
    """Return the scope of names that hold a place: its code, or ``cn`` for the country."""
    return NATION if place.code == COUNTRY else place.code
