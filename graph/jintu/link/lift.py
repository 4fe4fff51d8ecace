"""Lift claims to facts: entities for mentions, one fact a statement with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jintu.divisions import COUNTRY
from jintu.link.context import stem
from jintu.link.sightings import own_id
from jintu.model import (
    Claim,
    Entity,
    Evidence,
    Fact,
    Link,
    Mention,
    Modality,
    OwnPlace,
    Participant,
    Reading,
    Relation,
    Span,
    Value,
)

GAZETTEER = Evidence(doc="", span=Span(0, 0), quote="", rule="gazetteer:divisions")
Statement = tuple[str, Relation, str | Value, Modality, int | None]


def lift(readings: Iterable[Reading], entities: Iterable[Entity], links: Iterable[Link]) -> tuple[Fact, ...]:
    """Return the facts that the claims state about entities, and where each division lies, sorted.

    A claim about a mention without a link, or about a thing and itself, states nothing.
    """
    known = tuple(entities)
    ids = {link.mention: link.entity for link in links}
    places = _place_ids(known)
    evidence: dict[Statement, set[Evidence]] = defaultdict(set)
    for claim in (claim for reading in readings for claim in reading.claims):
        for statement in _statement(claim, ids, places):
            evidence[statement].add(claim.evidence)
    for statement in _chain(known):
        evidence[statement].add(GAZETTEER)
    return tuple(
        Fact(*statement, tuple(sorted(evidence[statement], key=_rank))) for statement in sorted(evidence, key=_order)
    )


def _statement(claim: Claim, ids: Mapping[Mention, str], places: Mapping[str, str]) -> Iterator[Statement]:
    subject = _entity(claim.subject, ids, places)
    thing = claim.object
    object_ = _entity(thing, ids, places) if isinstance(thing, (Mention, OwnPlace)) else thing
    if subject is not None and object_ is not None and subject != object_:
        yield subject, claim.relation, object_, claim.modality, claim.year


def _entity(participant: Participant, ids: Mapping[Mention, str], places: Mapping[str, str]) -> str | None:
    if isinstance(participant, OwnPlace):
        return places.get(participant.name, own_id(participant.name))
    return ids.get(participant)


def _place_ids(entities: Sequence[Entity]) -> dict[str, str]:
    """Return the divisions' ids by name: a label before an alias, the wider before the narrower."""
    divisions = sorted(
        (entity for entity in entities if entity.code), key=lambda entity: (_width(entity.code), entity.id)
    )
    ids: dict[str, str] = {}
    for entity in divisions:
        ids.setdefault(entity.label, entity.id)
    for entity in divisions:
        for alias in entity.aliases:
            ids.setdefault(alias, entity.id)
    return ids


def _width(code: str | None) -> int:
    """Count the digits of a code that name a level: 0 for the country, 2 for a province."""
    return 0 if code in (None, COUNTRY) else len(stem(code))


def _chain(entities: Sequence[Entity]) -> Iterator[Statement]:
    """Yield that each division lies in the next wider one: its scope."""
    for entity in entities:
        if entity.code and entity.scope:
            yield entity.id, Relation.LOCATED_IN, entity.scope, Modality.STATED, None


def _order(statement: Statement) -> tuple[str, str, bool, str, str, int]:
    subject, relation, thing, modality, year = statement
    return subject, relation.value, not isinstance(thing, str), str(thing), modality.value, year or 0


def _rank(evidence: Evidence) -> tuple[str, Span, str, float, str]:
    return evidence.doc, evidence.span, evidence.rule, evidence.score, evidence.quote
