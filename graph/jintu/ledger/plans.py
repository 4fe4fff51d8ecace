"""Follow what a report plans for projects and programmes into the next report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.ledger.entries import Answer, Entry, Outcome, Promise
from jintu.ledger.names import Likeness
from jintu.ledger.reports import Report, Turn
from jintu.ledger.stages import CARRIED_OUT, RUNNING, WON, rank
from jintu.ledger.things import Forms, Things, Told, names_of
from jintu.model import Entity, Evidence, Fact, Kind, KnowledgeGraph, Modality, Relation, Status

PLANNED_KINDS = (Kind.PROJECT, Kind.PROGRAMME, Kind.PLACE, Kind.INSTITUTION)
NAMED_KINDS = (*PLANNED_KINDS, Kind.HONOUR)


@dataclass(frozen=True, slots=True)
class Saying:
    """Hold that a document says at which stage a thing is or shall be."""

    thing: str
    stage: str
    modality: Modality
    year: int | None
    evidence: Evidence


@dataclass(frozen=True)
class Record:
    """Hold what each document says of things: sayings, and for each thing it names a quote that names it."""

    entities: Mapping[str, Entity]
    names: Mapping[str, Forms]
    sayings: Mapping[str, Sequence[Saying]]
    named: Mapping[str, Mapping[str, Evidence]]


def record(knowledge: KnowledgeGraph) -> Record:
    """Sort what a knowledge graph says of things by document."""
    known = {entity.id: entity for entity in knowledge.entities}
    entities = {key: entity for key, entity in known.items() if entity.kind in NAMED_KINDS}
    sayings: defaultdict[str, list[Saying]] = defaultdict(list)
    for fact in knowledge.facts:
        for saying in _sayings(fact):
            if saying.thing in entities:
                sayings[saying.evidence.doc].append(saying)
    return Record(entities, names_of(entities, known), sayings, _named(knowledge, entities))


def follow(turn: Turn, found: Record) -> Iterator[Entry]:
    """Yield an entry for each thing of which the report of a turn plans a stage, in the order of the text."""
    said = _by_thing(turn.answer, found)
    things = _things(turn.answer, found, said)
    for promise in _promises(turn.plan, found):
        match = things.find(found.entities[promise.entity])
        outcome, answer = _judge(promise, match, turn, found, said)
        yield Entry(turn.plan.place, turn.plan.year, promise, turn.answer.year, outcome, answer)


def _sayings(fact: Fact) -> Iterator[Saying]:
    thing, stage = "", ""
    if isinstance(fact.object, Status):
        thing, stage = fact.subject, fact.object.name
    elif isinstance(fact.object, str) and fact.relation is Relation.IMPLEMENTS:
        thing, stage = fact.object, CARRIED_OUT
    elif isinstance(fact.object, str) and fact.relation is Relation.RECEIVED:
        thing, stage = fact.object, WON
    for evidence in fact.evidence if thing else ():
        yield Saying(thing, stage, fact.modality, fact.year, evidence)


def _named(knowledge: KnowledgeGraph, entities: Mapping[str, Entity]) -> dict[str, dict[str, Evidence]]:
    """Return for each document and thing the first words that name it: of a fact about it, else the name alone."""
    named: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
    for thing, evidence in _quotes(knowledge):
        if thing in entities and evidence.doc:
            first = named[evidence.doc].setdefault(thing, evidence)
            if evidence.span < first.span:
                named[evidence.doc][thing] = evidence
    for link in knowledge.links:
        mention = link.mention
        if link.entity in entities and not mention.nested:
            alone = Evidence(mention.doc, mention.span, mention.text, mention.rule, mention.score)
            named[mention.doc].setdefault(link.entity, alone)
    return named


def _quotes(knowledge: KnowledgeGraph) -> Iterator[tuple[str, Evidence]]:
    for fact in knowledge.facts:
        for thing in (fact.subject, fact.object):
            if isinstance(thing, str):
                yield from ((thing, evidence) for evidence in fact.evidence)


def _promises(report: Report, found: Record) -> Iterator[Promise]:
    """Yield the furthest stage that a report plans for each thing; carrying it out counts where no other is named."""
    planned: defaultdict[str, list[Saying]] = defaultdict(list)
    for saying in (saying for doc in report.docs for saying in found.sayings.get(doc, ())):
        if saying.modality is Modality.PLANNED and found.entities[saying.thing].kind in PLANNED_KINDS:
            planned[saying.thing].append(saying)
    furthest = [min(sayings, key=_furthest) for sayings in planned.values()]
    for saying in sorted(furthest, key=lambda saying: (saying.evidence.doc, saying.evidence.span, saying.thing)):
        thing = found.entities[saying.thing]
        due = saying.year if saying.year is not None else report.year
        yield Promise(thing.id, thing.label, thing.kind, Status(saying.stage), due, saying.evidence)


def _furthest(saying: Saying) -> tuple[int, str, str, int, int, str]:
    span = saying.evidence.span
    return -rank(saying.stage), saying.stage, saying.evidence.doc, span.start, span.end, saying.evidence.rule


def _by_thing(report: Report, found: Record) -> Mapping[str, list[Saying]]:
    said: defaultdict[str, list[Saying]] = defaultdict(list)
    for doc in report.docs:
        for saying in found.sayings.get(doc, ()):
            said[saying.thing].append(saying)
    return said


def _things(report: Report, found: Record, said: Mapping[str, Sequence[Saying]]) -> Things:
    told = {thing: Told.NAMED for doc in report.docs for thing in found.named.get(doc, ())}
    for thing, sayings in said.items():
        is_stated = any(saying.modality is Modality.STATED for saying in sayings)
        told[thing] = Told.STATED if is_stated else Told.PLANNED
    return Things(told, found.entities, found.names)


def _judge(
    promise: Promise,
    match: tuple[str, Likeness] | None,
    turn: Turn,
    found: Record,
    said: Mapping[str, Sequence[Saying]],
) -> tuple[Outcome, Answer | None]:
    if match is None:
        return (Outcome.NOT_DUE if promise.due >= turn.answer.year else Outcome.NOT_MENTIONED), None
    thing, like = match
    sayings = said.get(thing, ())
    stated = [s for s in sayings if s.modality is Modality.STATED and (s.year is None or s.year >= turn.plan.year)]
    again = [s for s in sayings if s.modality is Modality.PLANNED]
    assert isinstance(promise.what, Status)
    outcome, saying = outcome_of(promise.what.name, stated, again)
    outcome = Outcome.UNDER_WAY if like.is_part and outcome is Outcome.DONE else outcome
    evidence = saying.evidence if saying else _quote(thing, turn.answer, found)
    what = Status(saying.stage) if saying else None
    label = found.entities[thing].label
    return outcome, Answer(thing, label, what, evidence, like.score, like.reason)


def outcome_of(promised: str, stated: Sequence[Saying], again: Sequence[Saying]) -> tuple[Outcome, Saying | None]:
    """Return what became of a promised stage, and the saying that tells it.

    What was stated counts before what is planned again; of each the furthest stage.

    >>> from jintu.model import Span
    >>> why = Evidence("锦州市-2023", Span(0, 9), "锦凌水库加快建设。", "status")
    >>> built = Saying("project/210700/水库", "在建", Modality.STATED, 2022, why)
    >>> str(outcome_of("开工", [built], [])[0]), str(outcome_of("竣工", [built], [])[0])
    ('done', 'under way')
    """
    best = min(stated, key=_furthest, default=None)
    later = min(again, key=_furthest, default=None)
    is_running = promised in RUNNING
    if best and (best.stage == WON or rank(best.stage) >= rank(promised)):
        return (Outcome.UNDER_WAY if is_running and best.stage in RUNNING else Outcome.DONE), best
    if best and (later is None or is_running or rank(later.stage) < rank(promised)):
        return Outcome.UNDER_WAY, best
    if later is None:
        return Outcome.MENTIONED, None
    if not best and rank(later.stage) > rank(promised):
        return Outcome.UNDER_WAY, later
    return (Outcome.PLANNED_AGAIN if is_running else Outcome.POSTPONED), later


def _quote(thing: str, report: Report, found: Record) -> Evidence:
    return next(named[thing] for doc in report.docs if thing in (named := found.named.get(doc, {})))
