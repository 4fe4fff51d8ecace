"""Write a claim as the triple of the annotation format."""

from __future__ import annotations

from jintu.model import Claim, Indicator, Mention, Modality, OwnPlace, Participant, Quantity, Status


def surface(claim: Claim) -> tuple[str, str, str]:
    """Return subject, relation and object as gold files write them.

    A planned status and a planned indicator carry 计划; an indicator is ``name|value|unit|kind``.

    >>> from jintu.model import Evidence, Relation, Span
    >>> why = Evidence("a", Span(0, 4), "水库开工", "status")
    >>> surface(Claim(OwnPlace("a", "锦州市"), Relation.STATUS, Status("开工"), Modality.PLANNED, 2024, why))
    ('锦州市', 'status', '计划开工')
    """
    planned = "计划" if claim.modality is Modality.PLANNED else ""
    thing = claim.object
    if isinstance(thing, Status):
        written = planned + thing.name
    elif isinstance(thing, Indicator):
        figure = thing.quantity
        written = f"{thing.name}|{figure.number}|{figure.unit}|{planned}{thing.measure}"
    elif isinstance(thing, Quantity):
        written = thing.number + thing.unit
    else:
        written = _name(thing)
    return _name(claim.subject), str(claim.relation), written


def _name(participant: Participant) -> str:
    if isinstance(participant, OwnPlace):
        return participant.name
    assert isinstance(participant, Mention)
    return participant.text
