"""Keep the ledger: what reports planned, what the next ones say, and the lives of things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jintu.errors import JintuError, nearest
from jintu.ledger.entries import Entry
from jintu.ledger.plans import follow, record
from jintu.ledger.reports import turns
from jintu.ledger.stages import Life, lives
from jintu.ledger.targets import compare, figures
from jintu.model import Entity, Evidence, Indicator, KnowledgeGraph, Modality, Status
from jintu.sheets import csv_text

COLUMNS = (
    "place",
    "planned_in",
    "thing",
    "kind",
    "promise",
    "due",
    "outcome",
    "answered_in",
    "said",
    "said_of",
    "score",
    "reason",
    "plan_document",
    "plan_start",
    "plan_end",
    "plan_quote",
    "answer_document",
    "answer_start",
    "answer_end",
    "answer_quote",
)
SHORT = ("place", "planned_in", "thing", "promise", "outcome", "answered_in", "said", "said_of")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold the entries by place and year, plans before figures, and the lives of the things of the graph."""

    entries: tuple[Entry, ...]
    lives: tuple[tuple[Entity, Life], ...]


def ledger(knowledge: KnowledgeGraph, *, place: str | None = None) -> Ledger:
    """Set against each other what each report plans and what the next one of its place says.

    ``place`` keeps the reports of one place alone (锦州市).

    Raises:
        JintuError: if no document of the graph is a report of that place.

    >>> ledger(KnowledgeGraph((), (), (), ()))
    Ledger(entries=(), lives=())
    """
    places = {document.place for document in knowledge.documents if document.place}
    if place is not None and place not in places:
        raise JintuError(f'no document of the graph is a report of "{place}"; it holds {nearest(place, places)}')
    entities = {entity.id: entity for entity in knowledge.entities}
    said, stated = record(knowledge), figures(knowledge)
    entries: list[Entry] = []
    for turn in turns(knowledge.documents, place=place):
        entries += [*follow(turn, said), *compare(turn, stated, entities)]
    return Ledger(tuple(entries), tuple(_lives(knowledge, place)))


def rows(kept: Ledger) -> Iterator[tuple[str, ...]]:
    """Yield the entries as rows of ``COLUMNS``, numbers as written out in full."""
    for entry in kept.entries:
        promise, answer = entry.promise, entry.answer
        yield (
            entry.place,
            str(entry.planned),
            promise.label,
            promise.kind.value,
            written(promise.what),
            str(promise.due),
            entry.outcome.value,
            str(entry.answered),
            written(answer.what) if answer and answer.what else "",
            answer.label if answer else "",
            f"{answer.score:.2f}" if answer else "",
            answer.reason if answer else "",
            *_place_of(promise.evidence),
            *(_place_of(answer.evidence) if answer else ("", "", "", "")),
        )


def life_rows(kept: Ledger) -> Iterator[tuple[str, str, str]]:
    """Yield the things that were spoken of in two years or more: name, kind, stages by year.

    A stage that was planned stands in brackets.
    """
    for entity, life in kept.lives:
        if len({step.year for step in life.steps}) > 1:
            yield entity.label, entity.kind.value, stages_by_year(life)


def stages_by_year(life: Life) -> str:
    """Write a life in one line: the stages of each year, planned ones in brackets.

    >>> stages_by_year(Life("project/210700/水库", ()))
    ''
    """
    by_year: dict[int | None, dict[str, None]] = {}
    for step in life.steps:
        stage = f"（{step.stage}）" if step.modality is Modality.PLANNED else step.stage
        by_year.setdefault(step.year, {}).setdefault(stage)
    return "；".join(f"{year or '-'} {'、'.join(stages)}" for year, stages in by_year.items())


def written(what: Status | Indicator) -> str:
    """Write a stage or a figure in short.

    >>> written(Status("开工"))
    '开工'
    """
    if isinstance(what, Status):
        return what.name
    return f"{what.quantity.number}{what.quantity.unit} {what.measure.value}"


def to_csv(kept: Ledger) -> str:
    """Write the entries as CSV, the first line naming the columns."""
    return csv_text(COLUMNS, rows(kept))


def to_json(kept: Ledger) -> str:
    """Write entries and lives as JSON."""
    entries = [dict(zip(COLUMNS, row, strict=True)) for row in rows(kept)]
    steps = [_life(entity, life) for entity, life in kept.lives]
    return json.dumps({"entries": entries, "lives": steps}, ensure_ascii=False, indent=1) + "\n"


def short_rows(kept: Ledger) -> Sequence[tuple[str, ...]]:
    """Return the entries as rows of ``SHORT``, for people."""
    at = [COLUMNS.index(column) for column in SHORT]
    return [tuple(row[index] for index in at) for row in rows(kept)]


def _life(entity: Entity, life: Life) -> dict[str, Any]:
    steps = [
        {
            "year": step.year,
            "stage": step.stage,
            "modality": step.modality.value,
            "document": step.evidence.doc,
            "start": step.evidence.span.start,
            "end": step.evidence.span.end,
            "quote": step.evidence.quote,
        }
        for step in life.steps
    ]
    return {"id": entity.id, "thing": entity.label, "kind": entity.kind.value, "steps": steps}


def _place_of(evidence: Evidence) -> tuple[str, str, str, str]:
    return evidence.doc, str(evidence.span.start), str(evidence.span.end), evidence.quote


def _lives(knowledge: KnowledgeGraph, place: str | None) -> Iterator[tuple[Entity, Life]]:
    """Yield the lives of things as the reports of one place tell them, or all reports."""
    entities = {entity.id: entity for entity in knowledge.entities}
    docs = {document.id for document in knowledge.documents if place in (None, document.place)}
    for thing, life in lives(knowledge).items():
        steps = tuple(step for step in life.steps if step.evidence.doc in docs)
        if thing in entities and steps:
            yield entities[thing], Life(thing, steps)
