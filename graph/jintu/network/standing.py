"""Measure how things stand in a network: degree, PageRank and community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jintu.model import Entity, Fact, KnowledgeGraph
from jintu.network.communities import communities

DAMPING = 0.85  # Brin and Page 1998
ROUNDS = 100  # the error shrinks by DAMPING a round: 0.85^100 is 1e-7
Tie = tuple[int, int]  # from and to, as places in a list of nodes


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what an entity's edges say of it.

    ``degree`` counts the facts with other entities, ``pagerank`` sums to 1 over the graph,
    ``community`` numbers communities from 0, the largest first.
    """

    entity: Entity
    degree: int
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Hold the standing of every entity, in the order of the knowledge graph's entities."""

    standings: tuple[Standing, ...]

    @property
    def communities(self) -> int:
        """Count the communities."""
        return 1 + max((standing.community for standing in self.standings), default=-1)

    def most_connected(self, count: int = 10) -> tuple[Standing, ...]:
        """Return the ``count`` entities with the most facts, the higher PageRank first among equals."""
        ranked = sorted(self.standings, key=lambda s: (-s.degree, -s.pagerank, s.entity.id))
        return tuple(standing for standing in ranked[:count] if standing.degree)


def from_documents(fact: Fact) -> bool:
    """Tell whether a document states a fact; the others are the gazetteer's."""
    return any(evidence.doc for evidence in fact.evidence)


def measures(knowledge: KnowledgeGraph) -> Measures:
    """Measure how entities stand in what the documents state; the gazetteer's own facts do not count.

    Without that rule every province would outrank the city that the report is about.
    """
    places = {entity.id: number for number, entity in enumerate(knowledge.entities)}
    ties = [
        (places[fact.subject], places[fact.object])
        for fact in knowledge.facts
        if isinstance(fact.object, str) and from_documents(fact)
    ]
    count = len(places)
    degrees, ranks, groups = degree(count, ties), pagerank(count, ties), communities(count, ties)
    return Measures(tuple(map(Standing, knowledge.entities, degrees, ranks, groups)))


def degree(count: int, ties: Sequence[Tie]) -> list[int]:
    """Count the ties of each of ``count`` nodes; one to itself counts twice.

    >>> degree(3, [(0, 1), (0, 0)])
    [3, 1, 0]
    """
    return [int(number) for number in np.bincount(_ends(ties).ravel(), minlength=count)]


def pagerank(count: int, ties: Sequence[Tie]) -> list[float]:
    """Return PageRank by power iteration; networkx's own needs scipy.

    >>> pagerank(2, [(0, 1)])
    [0.350877193, 0.649122807]
    """
    if not count:
        return []
    source, target = _ends(sorted(ties)).T
    out = np.bincount(source, minlength=count).astype(float)
    rank = np.full(count, 1 / count)
    for _ in range(ROUNDS):
        share = rank / np.where(out, out, 1)
        lost = rank[out == 0].sum() / count  # nodes without a tie out give their rank to all alike
        rank = (1 - DAMPING) / count + DAMPING * (np.bincount(target, share[source], count) + lost)
    return [round(float(value), 9) for value in rank]


def _ends(ties: Sequence[Tie]) -> NDArray[np.int64]:
    return np.array(ties, dtype=np.int64).reshape(-1, 2)
