"""Reports of one city that plan and state, made of sentences of our own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from jintu.ledger import Entry, ledger
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Mention,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
)

CITY = Entity("division/210700", Kind.PLACE, "锦州市", code="210700")
PLANNED = Modality.PLANNED


@dataclass(frozen=True)
class Told:
    """Hold a figure as a report aims at it or states it."""

    value: str
    unit: str = "PERCENT"
    bound: Bound = Bound.EXACT
    measure: Measure = Measure.CHANGE
    due: int | None = None


@dataclass
class Reports:
    """Collect what the reports of one city say, each sentence behind the one before."""

    place: str = "锦州市"
    texts: dict[int, str] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=lambda: {CITY.id: CITY})
    links: list[Link] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def say(
        self,
        year: int,
        sentence: str,
        *said: tuple[str, str],
        planned: bool = False,
        kind: Kind = Kind.PROJECT,
        due: int | None = None,
        scope: str = "210700",
    ) -> None:
        """Let the report of a year say at which stage things are."""
        evidence = self._evidence(year, sentence)
        for name, stage in said:
            thing = self._name(year, name, kind, scope)
            self._fact(thing, Relation.STATUS, Status(stage), evidence, year, planned=planned, due=due)

    def name(self, year: int, sentence: str, name: str, *, kind: Kind = Kind.PROJECT) -> None:
        """Let the report of a year name a thing and say no more."""
        self._evidence(year, sentence)
        self._name(year, name, kind, "210700")

    def carry_out(self, year: int, sentence: str, name: str, *, planned: bool = False) -> None:
        thing = self._name(year, name, Kind.PROGRAMME, "210700")
        self._fact(CITY.id, Relation.IMPLEMENTS, thing, self._evidence(year, sentence), year, planned=planned)

    def win(self, year: int, sentence: str, name: str) -> None:
        thing = self._name(year, name, Kind.HONOUR, "210700")
        self._fact(CITY.id, Relation.RECEIVED, thing, self._evidence(year, sentence), year)

    def measure(self, year: int, sentence: str, name: str, told: Told, *, planned: bool = False) -> None:
        figure = Indicator(
            name, Quantity(told.value, told.value, "%", Decimal(told.value), told.unit, told.bound), told.measure
        )
        evidence = self._evidence(year, sentence)
        self._fact(CITY.id, Relation.INDICATOR, figure, evidence, year, planned=planned, due=told.due)

    def knowledge(self) -> KnowledgeGraph:
        documents = tuple(
            Document(f"{self.place}-{year}", text, "", f"{year}.txt", "0" * 64, place=self.place, year=year)
            for year, text in sorted(self.texts.items())
        )
        return KnowledgeGraph(documents, tuple(self.entities.values()), tuple(self.links), tuple(self.facts))

    def _evidence(self, year: int, sentence: str) -> Evidence:
        before = self.texts.get(year, "")
        self.texts[year] = before + sentence
        span = Span(len(before), len(before) + len(sentence))
        return Evidence(f"{self.place}-{year}", span, sentence, "test", 0.9)

    def _name(self, year: int, name: str, kind: Kind, scope: str) -> str:
        entity = Entity(f"{kind.value.lower()}/{scope}/{name}", kind, name, scope=f"division/{scope}")
        self.entities[entity.id] = entity
        mention = Mention(f"{self.place}-{year}", Span(0, len(name)), name, kind)
        self.links.append(Link(mention, entity.id, 1.0, "name"))
        return entity.id

    def _fact(
        self,
        subject: str,
        relation: Relation,
        what: str | Status | Indicator,
        evidence: Evidence,
        year: int,
        *,
        planned: bool = False,
        due: int | None = None,
    ) -> None:
        modality = PLANNED if planned else Modality.STATED
        holds = due or (year if planned else year - 1)
        self.facts.append(Fact(subject, relation, what, modality, holds, (evidence,)))


def only(entries: Iterable[Entry]) -> Entry:
    (entry,) = entries
    return entry


def outcome(reports: Reports) -> str:
    return only(ledger(reports.knowledge()).entries).outcome.value
