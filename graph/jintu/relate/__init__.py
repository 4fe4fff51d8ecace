"""Read relations between mentions: ``Relater(ontology)(document, sentences, mentions)`` gives claims."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from jintu.model import Claim, Document, Mention, Sentence
from jintu.ontology import Ontology
from jintu.relate.honours import read_aids, read_hosts, read_received
from jintu.relate.implements import read_implements
from jintu.relate.indicators import outside_names, read_indicators
from jintu.relate.investment import read_investment
from jintu.relate.judge import read_judge
from jintu.relate.layout import lay_out
from jintu.relate.modality import read_mood, settle_mood
from jintu.relate.naming import read_naming
from jintu.relate.places import read_places
from jintu.relate.rules import read_rules
from jintu.relate.status import read_status
from jintu.relate.surface import surface

__all__ = ["Relater", "surface"]


class Relater:
    """Read all nine relations with the rules of an ontology, each claim with its evidence.

    The modality is that of the headings, corrected by the words of the sentences; the year is the one the clause names, else the report's own year
    for a plan and the year before for what is done. Claims that need the report's own place are
    left out where it is not known.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._rules = read_rules(ontology)
        self._judge = read_judge(ontology)
        self._mood = read_mood(ontology)
        self._naming = read_naming(ontology)

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        """Read the claims of one document, in the order of the text."""
        ordered = sorted(sentences, key=lambda sentence: sentence.span)
        layout = lay_out(document, settle_mood(document.text, ordered, self._mood), mentions)
        rules, judge = self._rules, self._judge
        figures = outside_names(layout)
        claims = chain(
            read_places(layout, rules, judge),
            read_status(layout, rules, judge),
            read_implements(layout, rules, judge),
            read_received(layout, rules, judge),
            read_hosts(layout, rules, judge),
            read_aids(layout, rules),
            read_investment(layout, figures),
            read_indicators(layout, figures, self._naming, judge),
        )
        return tuple(sorted(claims, key=_place))


def _place(claim: Claim) -> tuple[int, int, tuple[str, str, str], str]:
    return (claim.evidence.span.start, claim.evidence.span.end, surface(claim), claim.evidence.rule)
