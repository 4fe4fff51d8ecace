"""Texts with their names marked, and what relaters read from them."""

from __future__ import annotations

import re

from jintu import divisions
from jintu.model import Claim, Document, Kind, Mention, Span
from jintu.ontology import load
from jintu.relate import Relater, surface
from jintu.relate.judge import Judge
from jintu.segment import segment

ONTOLOGY = load()
RELATER = Relater(ONTOLOGY, divisions=divisions.load(ONTOLOGY))
RULES_ALONE = Relater(ONTOLOGY, judge=Judge({}))
KNOWING = Relater(ONTOLOGY, divisions=divisions.load(ONTOLOGY), judge=Judge({}))  # the rules and the divisions

KINDS = {
    "P": Kind.PLACE,
    "I": Kind.INSTITUTION,
    "J": Kind.PROJECT,
    "G": Kind.PROGRAMME,
    "H": Kind.HONOUR,
    "E": Kind.EVENT,
    "N": Kind.PERSON,
}
MARK = re.compile(r"\[([PIJGHEN]) |\]")


def read(marked: str, *, place: str | None = "锦州市", year: int | None = 2024) -> tuple[Document, tuple[Mention, ...]]:
    """Read a text in which names stand as [P 黑山镇]; a name in a name is nested."""
    text, opened, mentions, end = "", [], [], 0
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        if mark[1]:
            opened.append((KINDS[mark[1]], len(text)))
        else:
            kind, start = opened.pop()
            span = Span(start, len(text))
            mentions.append(Mention("a", span, text[start:], kind, nested=bool(opened)))
    text += marked[end:]
    return Document("a", text, "", "", "", place=place, year=year), tuple(mentions)


def claims(marked: str, relater: Relater = RULES_ALONE, *, place: str | None = "锦州市") -> tuple[Claim, ...]:
    document, mentions = read(marked, place=place)
    return relater(document, segment(document), mentions)


def facts(marked: str, relater: Relater = RULES_ALONE, *, place: str | None = "锦州市") -> set[tuple[str, str, str]]:
    return {surface(claim) for claim in claims(marked, relater, place=place)}
