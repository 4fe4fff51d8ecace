"""Propose claims, weigh them and keep the likely ones: the one place where a claim is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from sys import intern
from typing import NamedTuple

from jintu.model import Claim, Document, Evidence, Mention, Modality, Participant, Relation, Span, Value
from jintu.relate.judge import Judge
from jintu.text import year_of

THRESHOLD = 0.5


class Candidate(NamedTuple):
    """Hold a claim that a rule proposes, with what speaks for and against it.

    ``likely`` is what the rule alone would say, for a decision without weights. Of the candidates
    that share a ``choice`` only the surest is kept.
    """

    decision: str
    features: tuple[str, ...]
    subject: Participant
    relation: Relation
    object: Participant | Value
    span: Span
    modality: Modality
    rule: str
    likely: bool = True
    choice: tuple[int, int] | None = None


def accept(document: Document, candidates: Iterable[Candidate], judge: Judge) -> Iterator[Claim]:
    """Yield the claims that the judge finds likely, one for each choice."""
    best: dict[tuple[int, int], tuple[float, Candidate]] = {}
    for candidate in candidates:
        score = judge(candidate.decision, candidate.features, candidate.likely)
        if score < THRESHOLD:
            continue
        if candidate.choice is None:
            yield claim_of(document, candidate, score)
        elif candidate.choice not in best or score > best[candidate.choice][0]:
            best[candidate.choice] = (score, candidate)
    yield from (claim_of(document, candidate, score) for score, candidate in best.values())


def claim_of(document: Document, candidate: Candidate, score: float) -> Claim:
    """Make the claim that a candidate stands for, as sure as it is itself and as its names are."""
    quote, rule = intern(candidate.span.of(document.text)), intern(candidate.rule)  # many claims share them
    for participant in (candidate.subject, candidate.object):
        score *= participant.score if isinstance(participant, Mention) else 1.0
    evidence = Evidence(document.id, candidate.span, quote, rule, round(score, 3))
    year = _year(document, quote, candidate.modality)
    return Claim(candidate.subject, candidate.relation, candidate.object, candidate.modality, year, evidence)


def _year(document: Document, quote: str, modality: Modality) -> int | None:
    """Return the year that the words name, else the report's own for a plan and the one before for a review."""
    given = document.year
    named = year_of(quote)
    return named if named is not None or given is None else given - (modality is Modality.STATED)
