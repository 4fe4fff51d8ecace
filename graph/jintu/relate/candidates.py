"""Propose claims, weigh them and keep the likely ones: the one place where a claim is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import intern

from jintu.model import Claim, Document, Evidence, Mention, Modality, Participant, Relation, Span, Struct, Value
from jintu.relate.judge import Judge
from jintu.text import Years
from jintu.text.dates import day_of

THRESHOLD = 0.5
LOOKS_BACK = re.compile(r"报告|公报|执行情况|总结|简报|白皮书|年报|决算|人民代表大会|各位代表")
HEAD, FIRST_LINES, LONGEST_LINE = 800, 12, 60  # where a report says that it is one
PART_OF_YEAR = re.compile(
    r"[上下]半年|季度|\d月份|\d[-—–~至]\d{1,2}月"
)  # what a title names that speaks of the own year
NEWS = re.compile(r"\d月\d{1,2}日|本报讯|[讯电](?=[\s（(])")
DATELINE = 60  # characters in which news say that they are
RUNNING = re.compile(r"[，,。]")  # what a title has that is but the beginning of a text


class Candidate(Struct, frozen=True, gc=False):
    """Hold a claim that a rule proposes, with what speaks for and against it.

    ``likely`` is what the rule alone would say, for a decision without weights. Of the candidates
    that share a ``choice`` only the surest is kept. ``dated`` is the part of the span that names the year, if not all.
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
    dated: Span | None = None


def accept(document: Document, candidates: Iterable[Candidate], judge: Judge) -> Iterator[Claim]:
    """Yield the claims that the judge finds likely, one for each choice."""
    calendar = Calendar(document)
    best: dict[tuple[int, int], tuple[float, Candidate]] = {}
    for candidate in candidates:
        score = judge(candidate.decision, candidate.features, candidate.likely)
        if score < THRESHOLD:
            continue
        if candidate.choice is None:
            yield claim_of(document, candidate, score, calendar)
        elif candidate.choice not in best or score > best[candidate.choice][0]:
            best[candidate.choice] = (score, candidate)
    yield from (claim_of(document, candidate, score, calendar) for score, candidate in best.values())


def claim_of(document: Document, candidate: Candidate, score: float, calendar: Calendar) -> Claim:
    """Make the claim that a candidate stands for, as sure as it is itself and as its names are."""
    quote, rule = intern(candidate.span.of(document.text)), intern(candidate.rule)  # many claims share them
    score *= candidate.subject.score if isinstance(candidate.subject, Mention) else 1.0
    score *= candidate.object.score if isinstance(candidate.object, Mention) else 1.0
    evidence = Evidence(document.id, candidate.span, quote, rule, round(score, 3))
    year = calendar(candidate.dated or candidate.span, candidate.modality)
    return Claim(candidate.subject, candidate.relation, candidate.object, candidate.modality, year, evidence)


class Calendar:
    """Tell in which year a claim of a document holds: the one that its words name, else the report's own or the last.

    A plan is of the report's own year. What is stated is of the year before, on which a report looks
    back, but for news and notices of a day, which speak of their own year.
    """

    def __init__(self, document: Document) -> None:
        """Find the years that a document names, once for all its claims."""
        looks_back = _looks_back(document)
        self._years = Years(document.text, now=None if looks_back else document.year)
        self._planned = document.year
        self._stated = document.year - looks_back if document.year is not None else None

    def __call__(self, span: Span, modality: Modality) -> int | None:
        """Return the year of what is said in a span."""
        named = self._years.of(span.start, span.end)
        return named or (self._planned if modality is Modality.PLANNED else self._stated)


def _looks_back(document: Document) -> bool:
    """Tell a report, or a stretch of which nothing but a year is known, from what speaks of its own year."""
    if PART_OF_YEAR.search(document.title):
        return False
    lines = (document.title, *document.text[:HEAD].splitlines()[:FIRST_LINES])
    if any(LOOKS_BACK.search(line) for line in lines if len(line) <= LONGEST_LINE):
        return True
    names_year = f"{document.year}年" in document.title and not RUNNING.search(document.title)
    head = document.text[:DATELINE]
    is_news = document.date is not None or day_of(head) is not None or NEWS.search(head) is not None
    return not is_news and not names_year
