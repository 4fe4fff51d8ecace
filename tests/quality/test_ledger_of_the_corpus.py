"""What the ledger says of two reports of one city, against a hundred plans judged by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from jintu import pipeline
from jintu.ledger import Entry, ledger
from jintu.model import Evidence, Indicator, KnowledgeGraph, Span

REPORTS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"
TABLE = Path(__file__).parent / "ledger.tsv"
PLANNED, ANSWERED = "锦州市-2022", "锦州市-2023"
PAIRS, VERDICTS = 0.90, 0.80  # floors of precision: of what is taken for an answer, and of the outcomes
FEWEST = 60  # judged plans that must be found, so that the floors mean something
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the corpus of reports is not beside this checkout")


@dataclass(frozen=True)
class Judged:
    """Hold one plan as judged by hand: where it stands, where it is answered, which outcomes hold."""

    kind: str
    plan: tuple[Span, ...]
    answer: tuple[Span, ...]
    outcomes: tuple[str, ...]


def judged() -> Iterator[Judged]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    for line in lines[1:]:
        kind, plan, answer, outcomes = line.split("\t")
        yield Judged(kind, _spans(plan), _spans(answer), tuple(outcomes.split("|")))


def _spans(cell: str) -> tuple[Span, ...]:
    return () if cell == "-" else tuple(Span(*map(int, span.split("-"))) for span in cell.split())


@cache
def knowledge() -> KnowledgeGraph:
    return pipeline.build([str(REPORTS / f"{name}.txt") for name in (PLANNED, ANSWERED)]).knowledge


@cache
def found() -> tuple[tuple[Judged, Entry], ...]:
    """Return the judged plans with the entries of the ledger that are about them."""
    entries, named = ledger(knowledge()).entries, _names(knowledge())
    return tuple((plan, entry) for plan in judged() for entry in entries if _is_about(entry, plan, named))


def _names(known: KnowledgeGraph) -> Mapping[tuple[str, str], Sequence[Span]]:
    names: dict[tuple[str, str], list[Span]] = {}
    for link in known.links:
        names.setdefault((link.mention.doc, link.entity), []).append(link.mention.span)
    return names


def _is_about(entry: Entry, plan: Judged, named: Mapping[tuple[str, str], Sequence[Span]]) -> bool:
    evidence, what = entry.promise.evidence, entry.promise.what
    spans = [span for span in plan.plan if evidence.span.covers(span)]
    if isinstance(what, Indicator) != (plan.kind == "figure"):
        return False
    if isinstance(what, Indicator):
        return any(_is_figure(what, evidence, span) for span in spans)
    names = named.get((PLANNED, entry.promise.entity), ())
    return any(_is_name(name, span) for name in names for span in spans)


def _is_figure(what: Indicator, evidence: Evidence, digits: Span) -> bool:
    at = digits.start - evidence.span.start
    return evidence.quote[at : at + digits.end - digits.start] == what.quantity.number


def _is_name(name: Span, judged_name: Span) -> bool:
    """Tell whether two spans share at least half of what both cover."""
    shared = min(name.end, judged_name.end) - max(name.start, judged_name.start)
    return 2 * shared >= max(name.end, judged_name.end) - min(name.start, judged_name.start)


def _is_right_answer(plan: Judged, entry: Entry) -> bool:
    return entry.answer is not None and any(entry.answer.evidence.span.meets(span) for span in plan.answer)


def test_enough_of_the_judged_plans_are_found() -> None:
    assert len({plan.plan for plan, _ in found()}) >= FEWEST


def test_what_is_taken_for_an_answer_is_one() -> None:
    answered = [(plan, entry) for plan, entry in found() if entry.answer]
    wrong = [_shown(entry) for plan, entry in answered if not _is_right_answer(plan, entry)]
    assert 1 - len(wrong) / len(answered) >= PAIRS, wrong


def test_outcomes_are_what_a_reader_says() -> None:
    wrong = [_shown(entry) for plan, entry in found() if entry.outcome.value not in plan.outcomes]
    assert 1 - len(wrong) / len(found()) >= VERDICTS, wrong


def _shown(entry: Entry) -> tuple[str, str, str]:
    return entry.promise.label, entry.outcome.value, entry.answer.label if entry.answer else "-"


def report() -> str:
    """Say the figures in one line: ``python tests/quality/test_ledger_of_the_corpus.py``."""
    pairs = [(plan, entry) for plan, entry in found() if entry.answer]
    right = sum(_is_right_answer(plan, entry) for plan, entry in pairs)
    wanted = [plan for plan, _ in found() if plan.answer]
    verdicts = sum(entry.outcome.value in plan.outcomes for plan, entry in found())
    return (
        f"{len({plan.plan for plan, _ in found()})} of {len(list(judged()))} judged plans found;"
        f" answers {right}/{len(pairs)} right = {right / len(pairs):.3f},"
        f" recall {right}/{len(wanted)} = {right / len(wanted):.3f};"
        f" outcomes {verdicts}/{len(found())} = {verdicts / len(found()):.3f}"
    )


if __name__ == "__main__":
    print(report())
    for plan, entry in found():
        if entry.outcome.value not in plan.outcomes or (entry.answer and not _is_right_answer(plan, entry)):
            print(*_shown(entry), "|".join(plan.outcomes), sep="  ")
