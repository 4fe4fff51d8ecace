"""The values of a graph in any vocabulary, as the explorer shows it. This module imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """Hold one thing: its IRI (``_:b0``, ``_:b1`` where it has none), the IRI of its class or "", and its names."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """Hold a literal: its text, and the whole of it as N-Triples write it."""

    text: str
    term: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Hold one triple: the place of its subject, the IRI of its predicate, the place of its object or a literal."""

    subject: int
    predicate: str
    object: int | Writing


@dataclass(frozen=True, slots=True)
class ResourceGraph:
    """Hold the things of a graph and what it says of them, in its order.

    ``classes`` and ``predicates`` are (IRI, name), no two of a sort with the same name; ``left_out`` counts the
    things without an IRI that were too many to draw.
    """

    source: str
    resources: tuple[Resource, ...]
    ties: tuple[Tie, ...]
    classes: tuple[tuple[str, str], ...]
    predicates: tuple[tuple[str, str], ...]
    left_out: int = 0
