"""Lay a knowledge graph out as rows: an indicator or a project a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jintu.divisions import COUNTRY
from jintu.ledger import Life, lives, stages_by_year
from jintu.model import Entity, Evidence, Fact, Indicator, Kind, KnowledgeGraph, Modality, Quantity, Relation

TARGET = "target"
YUAN = "CNY"
BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """Hold one figure of a place and year.

    ``number`` and ``unit`` are as written (14.6, 万亩), ``value`` is exact in ``unit_code`` (146000, MU).
    ``kind`` is target where a document plans it, else the same as ``measure``: level or change. The words are
    those of the first of ``sources`` places that give the figure.
    """

    indicator: str
    place: str
    place_code: str
    year: int | None
    kind: str
    number: str
    unit: str
    value: Decimal
    unit_code: str
    bound: str
    measure: str
    modality: str
    document: str
    quote: str
    start: int | None
    end: int | None
    score: float | None
    sources: int
    subject_id: str


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """Hold one project or programme, or a place or institution that has a status or an investment.

    ``stages`` has all its stages by year, planned ones in brackets; ``status`` the last that was stated.
    ``investment`` is exact and in yuan, empty where the sum is in another currency; ``investment_written`` is as
    written, ``investment_modality`` says whether it was stated or planned. The words are those of the status, else
    of the investment, else of anything else that is said of it.
    """

    name: str
    kind: str
    place: str
    place_code: str
    status: str
    status_year: int | None
    stages: str
    investment: Decimal | None
    investment_written: str
    investment_modality: str
    implementers: str
    honours: str
    mentions: int
    document: str
    quote: str
    start: int | None
    end: int | None
    score: float | None
    id: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Hold the rows of a knowledge graph: indicators by place, concept and year, projects by place and name."""

    indicators: tuple[IndicatorRow, ...]
    projects: tuple[ProjectRow, ...]


@dataclass(frozen=True)
class Shelf:
    """Hold a knowledge graph by what rows ask for."""

    entities: Mapping[str, Entity]
    about: Mapping[str, Sequence[Fact]]
    of: Mapping[str, Sequence[Fact]]
    lives: Mapping[str, Life]
    mentions: Mapping[str, int]


def tables(knowledge: KnowledgeGraph) -> Tables:
    """Return the indicators, projects and programmes of a knowledge graph as rows.

    >>> lake = Entity("project/210700/锦凌水库供水", Kind.PROJECT, "锦凌水库供水")
    >>> tables(KnowledgeGraph((), (lake,), (), ())).projects[0].name
    '锦凌水库供水'
    """
    shelf = _shelf(knowledge)
    indicators = [row for fact in knowledge.facts for row in _indicator(fact, shelf)]
    projects = [_project(entity, shelf) for entity in knowledge.entities if _is_carried_out(entity, shelf)]
    return Tables(tuple(sorted(indicators, key=_indicator_order)), tuple(sorted(projects, key=_project_order)))


def _is_carried_out(entity: Entity, shelf: Shelf) -> bool:
    """Tell whether an entity is a project or programme, or a thing that is built or paid for as one."""
    if entity.kind in (Kind.PROJECT, Kind.PROGRAMME):
        return True
    return any(fact.relation in (Relation.STATUS, Relation.INVESTMENT) for fact in shelf.about.get(entity.id, ()))


def _shelf(knowledge: KnowledgeGraph) -> Shelf:
    about: defaultdict[str, list[Fact]] = defaultdict(list)
    of: defaultdict[str, list[Fact]] = defaultdict(list)
    mentions: defaultdict[str, int] = defaultdict(int)
    for fact in knowledge.facts:
        about[fact.subject].append(fact)
        if isinstance(fact.object, str):
            of[fact.object].append(fact)
    for link in knowledge.links:
        mentions[link.entity] += 1
    return Shelf({entity.id: entity for entity in knowledge.entities}, about, of, lives(knowledge), mentions)


def _indicator(fact: Fact, shelf: Shelf) -> Iterator[IndicatorRow]:
    if not isinstance(fact.object, Indicator):
        return
    figure, measure = fact.object.quantity, fact.object.measure.value
    evidence = _first(fact.evidence)
    yield IndicatorRow(
        indicator=fact.object.name,
        place=_label(fact.subject, shelf),
        place_code=_code(fact.subject, shelf),
        year=fact.year,
        kind=TARGET if fact.modality is Modality.PLANNED else measure,
        number=figure.number,
        unit=figure.unit,
        value=figure.value,
        unit_code=figure.measured_in,
        bound=figure.bound.value,
        measure=measure,
        modality=fact.modality.value,
        document=evidence.doc if evidence else "",
        quote=evidence.quote if evidence else "",
        start=evidence.span.start if evidence else None,
        end=evidence.span.end if evidence else None,
        score=evidence.score if evidence else None,
        sources=len(fact.evidence),
        subject_id=fact.subject,
    )


def _project(entity: Entity, shelf: Shelf) -> ProjectRow:
    life = shelf.lives.get(entity.id, Life(entity.id, ()))
    invested = _investment(entity, shelf)
    sum_ = invested.object if invested and isinstance(invested.object, Quantity) else None
    evidence = _evidence(entity, life, invested, shelf)
    place = _place(entity, shelf)
    return ProjectRow(
        name=entity.label,
        kind=entity.kind.value,
        place=_label(place, shelf) if place else "",
        place_code=_code(place, shelf) if place else "",
        status=life.latest.stage if life.latest else "",
        status_year=life.latest.year if life.latest else None,
        stages=stages_by_year(life),
        investment=sum_.value if sum_ and sum_.measured_in == YUAN else None,
        investment_written=sum_.text if sum_ else "",
        investment_modality=invested.modality.value if invested else "",
        implementers=_labels((f.subject for f in shelf.of[entity.id] if f.relation is Relation.IMPLEMENTS), shelf),
        honours=_labels((str(f.object) for f in shelf.about[entity.id] if f.relation is Relation.RECEIVED), shelf),
        mentions=shelf.mentions[entity.id],
        document=evidence.doc if evidence else "",
        quote=evidence.quote if evidence else "",
        start=evidence.span.start if evidence else None,
        end=evidence.span.end if evidence else None,
        score=evidence.score if evidence else None,
        id=entity.id,
    )


def _investment(entity: Entity, shelf: Shelf) -> Fact | None:
    """Return the sum that counts: what was stated before what was planned, the latest, then the largest."""
    sums = [fact for fact in shelf.about[entity.id] if fact.relation is Relation.INVESTMENT]
    return min(sums, key=_investment_order, default=None)


def _investment_order(fact: Fact) -> tuple[bool, int, Decimal, str]:
    value = fact.object.value if isinstance(fact.object, Quantity) else Decimal(0)
    return fact.modality is Modality.PLANNED, -(fact.year or 0), -value, str(fact.object)


def _evidence(entity: Entity, life: Life, invested: Fact | None, shelf: Shelf) -> Evidence | None:
    if life.latest:
        return life.latest.evidence
    facts = (*([invested] if invested else ()), *shelf.about[entity.id], *shelf.of[entity.id])
    return next((found for fact in facts if (found := _first(fact.evidence))), None)


def _first(evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the first words of a document, by document and place; the gazetteer's are none."""
    of_documents = [piece for piece in evidence if piece.doc]
    return min(of_documents, key=lambda piece: (piece.doc, piece.span, piece.rule), default=None)


def _place(entity: Entity, shelf: Shelf) -> str | None:
    """Return the narrowest division a thing lies in, else another place, else its scope; none outside its scope."""
    found = [
        shelf.entities[fact.object]
        for fact in shelf.about[entity.id]
        if fact.relation is Relation.LOCATED_IN and isinstance(fact.object, str) and fact.object in shelf.entities
    ]
    scope = _stem(_code(entity.scope or "", shelf))
    inside = [place for place in found if _code(place.id, shelf).startswith(scope)]
    nearest = min(inside, key=lambda place: (-len(_stem(place.code or "")), place.id), default=None)
    return nearest.id if nearest else entity.scope


def _stem(code: str) -> str:
    """Return the digits that the codes of all divisions inside begin with; the country's are none."""
    return "" if code == COUNTRY else code.removesuffix("00").removesuffix("00")


def _code(place: str, shelf: Shelf) -> str:
    """Return the code of a division, or of the one that another thing lies in."""
    entity = shelf.entities.get(place)
    scope = shelf.entities.get(entity.scope or "") if entity else None
    return (entity.code if entity else None) or (scope.code if scope else None) or ""


def _label(thing: str, shelf: Shelf) -> str:
    return shelf.entities[thing].label if thing in shelf.entities else thing


def _labels(things: Iterator[str], shelf: Shelf) -> str:
    return BETWEEN.join(sorted({_label(thing, shelf) for thing in things}))


def _indicator_order(row: IndicatorRow) -> tuple[str, str, str, int, str, str, int, str]:
    year, start = row.year or 0, row.start or 0
    return row.place_code, row.place, row.indicator, year, row.kind, row.document, start, repr(row)


def _project_order(row: ProjectRow) -> tuple[str, str, str, str]:
    return row.place_code, row.kind, row.name, row.id
