"""Readings made of names alone, and what linking makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from jintu.divisions import Divisions
from jintu.link import Linker
from jintu.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Kind,
    Link,
    Mention,
    Modality,
    Participant,
    Reading,
    Relation,
    Span,
    Value,
)

PLACE, BODY, WORKS, PLAN = Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME
Named = tuple[str, Kind]


def reading(
    doc: str, names: Sequence[Named], *, place: str | None = "锦州市", year: int = 2023, by: str = "；"
) -> Reading:
    """Make a reading of a text that holds the names, ``by`` between them."""
    mentions, text = [], ""
    for name, kind in names:
        mentions.append(Mention(doc, Span(len(text), len(text) + len(name)), name, kind))
        text += name + by
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Reading(Document(doc, text, doc, doc, digest, place, year), tuple(mentions), ())


def claiming(base: Reading, *claims: tuple[Participant, Relation, Participant | Value]) -> Reading:
    why = Evidence(base.document.id, Span(0, 2), base.document.text[:2], "test")
    stated = tuple(Claim(*claim, Modality.STATED, base.document.year, why) for claim in claims)
    return Reading(base.document, base.mentions, stated)


def ids(links: Sequence[Link]) -> dict[str, str]:
    return {link.mention.text: link.entity for link in links}


def one(divisions: Divisions, *readings: Reading) -> tuple[tuple[Entity, ...], dict[str, str]]:
    entities, links = Linker(divisions)(readings)
    return entities, ids(links)
