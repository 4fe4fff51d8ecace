"""Put the stages of a project's or programme's life in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from jintu.model import Evidence, Fact, KnowledgeGraph, Modality, Relation, Status

# How far each status of the vocabulary goes. 获批 comes before the first sod; 完成 and 竣工 differ in the word alone.
RANKS = {"规划中": 0, "前期": 1, "签约": 2, "获批": 2, "开工": 3, "在建": 4, "实施": 4, "完成": 5, "竣工": 5, "投用": 6}
RUNNING = ("在建", "实施")
CARRIED_OUT = "实施"  # what a place that implements a programme says of it
WON = "获批"  # what a place that received a title says of the drive for it


@dataclass(frozen=True, slots=True)
class Step:
    """Hold that a thing was, or shall be, at a stage in a year, and where that is said."""

    year: int | None
    stage: str
    modality: Modality
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Life:
    """Hold the steps of one thing, stated and planned, by year and stage."""

    thing: str
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Step | None:
        """Return the last step that was stated, the furthest of its year."""
        return next((step for step in reversed(self.steps) if step.modality is Modality.STATED), None)


def lives(knowledge: KnowledgeGraph) -> Mapping[str, Life]:
    """Return the life of each thing that has a status, by its entity's id, sorted.

    >>> from jintu.model import Span
    >>> said = Evidence("锦州市-2023", Span(0, 7), "锦凌水库开工。", "status")
    >>> fact = Fact("project/210700/水库", Relation.STATUS, Status("开工"), Modality.STATED, 2022, (said,))
    >>> life = lives(KnowledgeGraph((), (), (), (fact,)))["project/210700/水库"]
    >>> life.latest.year, life.latest.stage
    (2022, '开工')
    """
    steps: defaultdict[str, set[Step]] = defaultdict(set)
    for fact in knowledge.facts:
        if isinstance(fact.object, Status) and fact.relation is Relation.STATUS:
            steps[fact.subject].update(_steps(fact, fact.object.name))
    return {thing: Life(thing, tuple(sorted(steps[thing], key=_order))) for thing in sorted(steps)}


def rank(stage: str) -> int:
    """Return how far a stage goes; a status that the vocabulary does not know says nothing: -1.

    >>> rank("开工") < rank("在建") < rank("竣工") < rank("投用")
    True
    """
    return RANKS.get(stage, -1)


def _steps(fact: Fact, stage: str) -> tuple[Step, ...]:
    return tuple(Step(fact.year, stage, fact.modality, evidence) for evidence in fact.evidence)


def _order(step: Step) -> tuple[int, bool, int, str, str, int, int, str]:
    """Sort by year; what was stated stands before what was planned for the year."""
    evidence, planned = step.evidence, step.modality is Modality.PLANNED
    span = evidence.span
    return step.year or 0, planned, rank(step.stage), step.stage, evidence.doc, span.start, span.end, evidence.rule
