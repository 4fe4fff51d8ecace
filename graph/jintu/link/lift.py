"""Lift claims to facts: entities for mentions, one fact a statement with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from jintu.divisions import COUNTRY
from jintu.link.context import stem
from jintu.link.sightings import DIVISION, OBJECTS, SUBJECTS, own_id
from jintu.model import (
    Claim,
    Entity,
    Evidence,
    Fact,
    Kind,
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
KINDS = {**{kind.lower(): kind for kind in Kind}, DIVISION: Kind.PLACE}  # by what an entity's id begins with
Statement = tuple[str, Relation, str | Value, Modality, int | None]
Said = tuple[Statement, Evidence]


def lift(readings: Iterable[Reading], entities: Iterable[Entity], links: Iterable[Link]) -> tuple[Fact, ...]:
    """Return the facts that the claims state about entities, and where each division lies, sorted.

    A claim about a mention without a link, or about a thing and itself, states nothing.
    """
    known = tuple(entities)
    ids = {link.mention: link.entity for link in links}
    places = place_ids(known)
    said = (
        found
        for reading in readings
        for found in statements(reading.claims, ids, own_entity(reading.document.place, places))
    )
    return facts_of((*said, *chain_of(known)))


def statements(claims: Iterable[Claim], ids: Mapping[Mention, str], own: str) -> Iterator[Said]:
    """Yield what the claims of one document state; ``own`` is the entity of its own place.

    A claim that cannot be of things of these kinds was misread and states nothing.
    """
    for claim in claims:
        subject = _entity(claim.subject, ids, own)
        thing = claim.object
        object_ = _entity(thing, ids, own) if isinstance(thing, (Mention, OwnPlace)) else thing
        if subject is None or object_ is None or subject == object_:
            continue
        may = _may(claim.relation, SUBJECTS, subject) and _may(claim.relation, OBJECTS, object_)
        if may and not (claim.relation is Relation.LOCATED_IN and _misplaced(subject, str(object_), own)):
            yield (subject, claim.relation, object_, claim.modality, claim.year), claim.evidence


def _may(relation: Relation, allowed: Mapping[Relation, frozenset[Kind]], thing: str | Value) -> bool:
    if not isinstance(thing, str) or relation not in allowed:
        return True
    kind = KINDS.get(thing.partition("/")[0])
    return kind is None or kind in allowed[relation]


def _misplaced(subject: str, place: str, own: str) -> bool:
    """Tell whether a division is said to lie in what is no wider one: in a road, a park, another city.

    The document's own place may be a zone that is no division and yet holds counties.
    """
    inner, outer = _division(subject), _division(place)
    if not inner or not outer:
        return bool(inner) and place != own
    width = _width(outer)
    return inner[:width] != outer[:width]


def _division(identifier: str) -> str:
    """Return the code of a division's entity, nothing of another's."""
    family, _, code = identifier.partition("/")
    return code if family == DIVISION else ""


def facts_of(said: Iterable[Said]) -> tuple[Fact, ...]:
    """Make one fact of each statement with all its evidence, sorted."""
    evidence: dict[Statement, set[Evidence]] = defaultdict(set)
    for statement, piece in said:
        evidence[statement].add(piece)
    return tuple(
        Fact(*statement, tuple(sorted(evidence[statement], key=_rank))) for statement in sorted(evidence, key=_order)
    )


def said_of(fact: Fact) -> Iterator[Said]:
    """Yield what :func:`facts_of` made a fact of."""
    for piece in fact.evidence:
        yield (fact.subject, fact.relation, fact.object, fact.modality, fact.year), piece


def _entity(participant: Participant, ids: Mapping[Mention, str], own: str) -> str | None:
    return own if isinstance(participant, OwnPlace) else ids.get(participant)


def own_entity(place: str | None, places: Mapping[str, str]) -> str:
    """Return the entity of a document's own place by its name; ``places`` holds the divisions' ids."""
    return places.get(place, own_id(place)) if place else ""


def place_ids(entities: Iterable[Entity]) -> dict[str, str]:
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


def chain_of(entities: Iterable[Entity]) -> Iterator[Said]:
    """Yield that each division lies in the next wider one: its scope."""
    for entity in entities:
        if entity.code and entity.scope:
            yield (entity.id, Relation.LOCATED_IN, entity.scope, Modality.STATED, None), GAZETTEER


def _order(statement: Statement) -> tuple[str, str, bool, str, str, int]:
    subject, relation, thing, modality, year = statement
    return subject, relation.value, not isinstance(thing, str), str(thing), modality.value, year or 0


def _rank(evidence: Evidence) -> tuple[str, Span, str, float, str]:
    return evidence.doc, evidence.span, evidence.rule, evidence.score, evidence.quote
