"""Compare the figures that a report aims at with those that the next report states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jintu.ledger.entries import Answer, Entry, Outcome, Promise
from jintu.ledger.reports import Report, Turn
from jintu.ledger.words import words
from jintu.link.naming import plain
from jintu.model import Bound, Entity, Evidence, Indicator, KnowledgeGraph, Measure, Modality


class Concept(NamedTuple):
    """Hold what two figures must have in common to be compared; a sum of several years is no year's figure."""

    place: str
    name: str
    unit: str
    measure: Measure
    is_summed: bool

    def otherwise(self) -> Concept:
        """Return the same as a change for a level, as a level for a change: 新增企业5家, 企业达到5家."""
        return self._replace(measure=Measure.LEVEL if self.measure is Measure.CHANGE else Measure.CHANGE)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure that a document states or aims at, and for which year."""

    concept: Concept
    indicator: Indicator
    modality: Modality
    year: int | None
    evidence: Evidence


def figures(knowledge: KnowledgeGraph) -> Mapping[str, Sequence[Figure]]:
    """Sort the figures of a knowledge graph by document, each in the order of the text."""
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for fact in knowledge.facts:
        if isinstance(fact.object, Indicator):
            name, unit = concept_name(fact.object.name), fact.object.quantity.measured_in
            for evidence in fact.evidence:
                is_summed = bool(words().sums.search(evidence.quote))
                concept = Concept(fact.subject, name, unit, fact.object.measure, is_summed)
                found[evidence.doc].append(Figure(concept, fact.object, fact.modality, fact.year, evidence))
    return {doc: sorted(found[doc], key=_order) for doc in sorted(found)}


def concept_name(name: str) -> str:
    """Return the name of a concept as it is compared: without light words, one way of writing, in any order.

    >>> concept_name("全年完成规上工业增加值") == concept_name("规模以上工业增加值")
    True
    >>> concept_name("工业增加值") == concept_name("规模以上工业增加值")
    False
    """
    form = plain(name)
    known = words()
    bare = form[found.end() :] if (found := known.light.match(form)) else form
    for written, meant in known.same.items():
        bare = bare.replace(plain(written), meant)
    return "".join(sorted(bare or form))


def compare(turn: Turn, found: Mapping[str, Sequence[Figure]], entities: Mapping[str, Entity]) -> Iterator[Entry]:
    """Yield an entry for each figure that the report of a turn aims at, in the order of the text."""
    stated = _by_concept(turn.answer, found, Modality.STATED)
    for (concept, due), aims in _by_year(_by_concept(turn.plan, found, Modality.PLANNED), turn.plan.year).items():
        aim, entity = aims[0], entities[concept.place]
        promise = Promise(entity.id, aim.indicator.name, entity.kind, aim.indicator, due, aim.evidence)
        told = [figure for figure in stated.get(concept, ()) if figure.year in (None, due)]
        near = [figure for figure in stated.get(concept.otherwise(), ()) if figure.year in (None, due)]
        outcome, answer = _judge(aims, told, near, is_due=due < turn.answer.year)
        yield Entry(turn.plan.place, turn.plan.year, promise, turn.answer.year, outcome, answer)


def _by_concept(
    report: Report, found: Mapping[str, Sequence[Figure]], modality: Modality
) -> Mapping[Concept, list[Figure]]:
    by_concept: defaultdict[Concept, list[Figure]] = defaultdict(list)
    for figure in (figure for doc in report.docs for figure in found.get(doc, ())):
        if figure.modality is modality:
            by_concept[figure.concept].append(figure)
    return by_concept


def _by_year(by_concept: Mapping[Concept, Iterable[Figure]], given: int) -> Mapping[tuple[Concept, int], list[Figure]]:
    """Part the figures of a concept by the year they are aimed at, the report's own where none is named."""
    by_year: defaultdict[tuple[Concept, int], list[Figure]] = defaultdict(list)
    for concept, aims in by_concept.items():
        for figure in aims:
            by_year[concept, given if figure.year is None else figure.year].append(figure)
    return by_year


def _judge(
    aims: Sequence[Figure], told: Sequence[Figure], near: Sequence[Figure], *, is_due: bool
) -> tuple[Outcome, Answer | None]:
    if not told and near:
        reason = f"planned as a {aims[0].concept.measure}, stated as a {near[0].concept.measure}; not compared"
        return Outcome.MENTIONED, _answer(near[0], 0.5, reason)
    if not told:
        return (Outcome.NOT_MENTIONED if is_due else Outcome.NOT_DUE), None
    several = [len({figure.indicator.quantity.value for figure in side}) for side in (aims, told)]
    first, aim = told[0], aims[0]
    if several != [1, 1]:
        reason = f"{several[0]} figures planned and {several[1]} stated under one name; not compared"
        return Outcome.MENTIONED, _answer(first, 0.5, reason)
    exact = plain(first.indicator.name) == plain(aim.indicator.name)
    reason = "place, name, unit and measure agree" if exact else "place, unit and measure agree, the name but for words"
    outcome = Outcome.REACHED if reached(aim.indicator, first.indicator) else Outcome.MISSED
    return outcome, _answer(first, 1.0 if exact else 0.9, reason)


def reached(aim: Indicator, told: Indicator) -> bool:
    """Tell whether a figure is what was aimed at or better: below it where the aim is a ceiling or a fall.

    >>> from decimal import Decimal
    >>> from jintu.model import Quantity
    >>> def rate(name, number):
    ...     return Indicator(name, Quantity(number, number, "%", Decimal(number), "PERCENT"), Measure.LEVEL)
    >>> reached(rate("失业率", "5.5"), rate("失业率", "4.9")), reached(rate("覆盖率", "95"), rate("覆盖率", "94.8"))
    (True, False)
    """
    wanted, got = aim.quantity, told.quantity
    is_ceiling = aim.measure is Measure.LEVEL and words().ceilings.search(aim.name)
    if wanted.bound is Bound.UPPER or is_ceiling or (aim.measure is Measure.CHANGE and wanted.value < 0):
        return got.value <= wanted.value
    return got.value > wanted.value or (got.value == wanted.value and got.bound is not Bound.UPPER)


def _answer(figure: Figure, score: float, reason: str) -> Answer:
    return Answer(figure.concept.place, figure.indicator.name, figure.indicator, figure.evidence, score, reason)


def _order(figure: Figure) -> tuple[str, int, int, str, str]:
    evidence = figure.evidence
    return evidence.doc, evidence.span.start, evidence.span.end, figure.indicator.name, str(figure.indicator)
