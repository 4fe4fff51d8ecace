"""Hold what a plan promised and what the next report says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jintu.model import Evidence, Indicator, Kind, Status


class Outcome(StrEnum):
    """What became of a plan, as far as the next report says."""

    DONE = "done"  # the promised stage, or a later one, was reached
    UNDER_WAY = "under way"  # it goes on, or has come nearer
    POSTPONED = "postponed"  # what was to be begun or finished is planned again
    PLANNED_AGAIN = "planned again"  # what was to go on is planned again, and no more is said
    MENTIONED = "mentioned"  # the report names it, but does not say how far it is
    NOT_MENTIONED = "not mentioned"
    NOT_DUE = "not due"  # not mentioned, and planned for a year that the report does not look back on
    REACHED = "reached"  # the figure is what was aimed at, or better
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Promise:
    """Hold one plan of a report: a stage for a thing, or a figure for a place."""

    entity: str
    label: str
    kind: Kind
    what: Status | Indicator
    due: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what the next report says: of which entity, what, where, and why it is taken for the one planned."""

    entity: str
    label: str
    what: Status | Indicator | None
    evidence: Evidence
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the ledger: a promise of a place's report, and the outcome in the next one."""

    place: str
    planned: int
    promise: Promise
    answered: int
    outcome: Outcome
    answer: Answer | None
