"""Read the names that are known wherever they stand: those that an analyst wrote down or the document defines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jintu.model import Document, Kind, Mention, Span
from jintu.ontology import Ontology, choice, complain
from jintu.recognise.gazetteer import Gazetteer
from jintu.recognise.settle import Outer
from jintu.text.abbreviations import ABBREVIATION, definitions

NAMES = "gazetteers/names.tsv"
WRITTEN_DOWN = "names"


@dataclass(frozen=True)
class Known:
    """Hold names, in the order of the gazetteer, with their kinds and the rule that their mentions are read by.

    ``stands`` tells whether a span of a text may be a name at all, where not every one is.
    """

    kinds: tuple[Kind, ...]
    gazetteer: Gazetteer
    rule: str = WRITTEN_DOWN
    score: float = 1.0
    stands: Callable[[str, Span], bool] | None = None

    def __call__(self, document: Document, within: Span, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield ``mentions`` with the known names of a stretch: a known name gives way to a longer one alone."""
        found = tuple(self._found(document, within))
        if not found:
            yield from mentions
            return
        outer = Outer.of(mentions)
        names = [mention for mention in found if not outer.longer(mention.span)]
        gone = {span for name in names for span in outer.meeting(name.span)}
        yield from names
        for mention in mentions:
            if outer.holding(mention.span) not in gone:
                yield mention

    def _found(self, document: Document, within: Span) -> Iterator[Mention]:
        for start, end, number in self.gazetteer.find(within.of(document.text)).tolist():
            span = Span(within.start + start, within.start + end)
            if self.stands is None or self.stands(document.text, span):
                text, kind = span.of(document.text), self.kinds[number]
                yield Mention(document.id, span, text, kind, score=self.score, rule=self.rule)


def with_abbreviations(document: Document, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions with every place where a short name stands that the document defines.

    A short name is of the kind of the long one; where two long names share one, the first counts.
    """
    kinds: dict[str, Kind] = {}
    for found in definitions(document.text, mentions):
        kinds.setdefault(found.short.of(document.text), found.long.kind)
    if not kinds:
        return mentions
    gazetteer = Gazetteer(kinds)
    known = Known(tuple(kinds[name] for name in gazetteer.names), gazetteer, ABBREVIATION)
    return tuple(known(document, Span(0, len(document.text)), mentions))


def load_known(ontology: Ontology) -> Known:
    """Open the table of known names.

    Raises:
        OntologyError: with every row whose kind is none.
    """
    mistakes: list[str] = []
    kinds = {
        row["name"]: choice(row, "kind", [kind.value for kind in Kind], mistakes)
        for row in ontology.rows(NAMES, "name", "kind")
    }
    complain(mistakes)
    gazetteer = Gazetteer(kinds)
    return Known(tuple(Kind(kinds[name]) for name in gazetteer.names), gazetteer)
