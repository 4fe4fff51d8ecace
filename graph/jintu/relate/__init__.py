"""Read relations between mentions: ``Relater(ontology)(document, sentences, mentions)`` gives claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jintu.divisions import Divisions
from jintu.model import Claim, Document, Mention, Part, Relation, Sentence
from jintu.ontology import Ontology
from jintu.recent import Recent
from jintu.relate.candidates import Candidate, accept
from jintu.relate.groups import outside_names
from jintu.relate.honours import read_aids, read_hosts, read_received
from jintu.relate.implements import read_implements
from jintu.relate.indicators import read_indicators
from jintu.relate.investment import read_investment
from jintu.relate.judge import Judge, read_judge
from jintu.relate.layout import lay_out
from jintu.relate.modality import read_mood, settle_mood
from jintu.relate.naming import read_naming
from jintu.relate.places import read_places
from jintu.relate.region import Region, region_of
from jintu.relate.rules import read_rules
from jintu.relate.status import read_status
from jintu.relate.surface import surface

__all__ = ["Relater", "surface"]

STANDING = (Relation.LOCATED_IN, Relation.PART_OF)  # so whatever the year


class Relater:
    """Read all nine relations with the rules of an ontology, each claim with its evidence.

    The modality is that of the headings, corrected by the words of the sentences; the year is the
    one that clause or sentence names, else the document's own for a plan and, in a report, the year
    before for what is done. Claims that need the report's own place are left out where it is not known. With
    ``divisions`` a place of another region is known as such.
    """

    def __init__(self, ontology: Ontology, *, divisions: Divisions | None = None, judge: Judge | None = None) -> None:
        self._divisions = divisions
        self._regions: Recent[tuple[str | None, int | None], Region] = Recent(16)
        self._rules = read_rules(ontology)
        self._naming = read_naming(ontology)
        self._mood = read_mood(ontology)
        self._judge = judge or read_judge(ontology)

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        """Read the claims of one document, in the order of the text, each once."""
        proposed = _outside_notes(document, self.propose(document, sentences, mentions))
        return tuple(sorted(accept(document, proposed, self._judge), key=_place))

    def propose(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[Candidate]:
        """Yield what the rules of all relations find in a document, likely or not."""
        ordered = sorted(sentences, key=lambda sentence: sentence.span.start)
        layout = lay_out(document, settle_mood(document, ordered, self._mood), mentions, self._rules.wished)
        figures = outside_names(layout)
        yield from read_places(layout, self._rules, self._region(document))
        yield from read_status(layout, self._rules)
        yield from read_implements(layout, self._rules)
        yield from read_received(layout, self._rules)
        yield from read_hosts(layout, self._rules)
        yield from read_aids(layout, self._rules)
        invested = tuple(read_investment(layout, figures))
        yield from invested
        spent = {id(candidate.object) for candidate in invested}
        rest = tuple(figure for figure in figures if id(figure.quantity) not in spent)
        yield from read_indicators(layout, rest, self._naming, self._rules.wished)

    def _region(self, document: Document) -> Region:
        key = document.place, document.year
        if key not in self._regions:
            self._regions[key] = region_of(*key, self._divisions)
        return self._regions[key]


def _outside_notes(document: Document, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leave out what the notes of a report say but where things are: they explain words, in no year and no mood."""
    if all(section.part is not Part.NOTES for section in document.sections):
        return iter(candidates)
    return (one for one in candidates if one.relation in STANDING or not _in_notes(document, one.span.start))


def _in_notes(document: Document, at: int) -> bool:
    section = document.section_at(at)
    return section is not None and section.part is Part.NOTES


def _place(claim: Claim) -> tuple[int, int]:
    return claim.evidence.span.start, claim.evidence.span.end
