"""Make claims with their evidence and the year they hold for."""

from __future__ import annotations

from jintu.model import Claim, Evidence, Modality, OwnPlace, Participant, Relation, Span, Value
from jintu.relate.layout import Layout
from jintu.text import year_of


def own_place(layout: Layout) -> OwnPlace | None:
    """Return the report's own place, or None where it is not known."""
    document = layout.document
    return OwnPlace(document.id, document.place) if document.place else None


def claim(  # noqa: PLR0913 - a claim has that many parts
    layout: Layout,
    subject: Participant,
    relation: Relation,
    thing: Participant | Value,
    *,
    span: Span,
    rule: str,
    modality: Modality = Modality.STATED,
    score: float = 1.0,
) -> Claim:
    """Make a claim read from a span of the document."""
    document = layout.document
    quote = span.of(document.text)
    evidence = Evidence(document.id, span, quote, rule, round(score, 4))
    return Claim(subject, relation, thing, modality, _year(layout, quote, modality), evidence)


def _year(layout: Layout, quote: str, modality: Modality) -> int | None:
    """Return the year a claim holds for: the one its words name; else a report plans its own year and reviews the last."""
    given = layout.document.year
    if given is None:
        return year_of(quote)
    return year_of(quote) or (given if modality is Modality.PLANNED else given - 1)
