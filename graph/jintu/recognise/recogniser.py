"""From the sentences of a document to the names in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from importlib.util import find_spec
from typing import Literal

import numpy as np

from jintu.divisions import Divisions
from jintu.model import Document, Kind, Mention, Sentence, Span
from jintu.ontology import Ontology
from jintu.recognise.decision import Decision, Models, decide, shipped
from jintu.recognise.edges import closed, opened, parts, rejoined, whole
from jintu.recognise.known import load_known, with_abbreviations
from jintu.recognise.marked import marked
from jintu.recognise.names import balanced, stretches
from jintu.recognise.people import TITLES, People
from jintu.recognise.reading import Reader, Reading
from jintu.recognise.settle import fitted, settle

Tagger = Literal["full", "fast"]

ABBREVIATIONS, NETWORK = "abbreviations", "network"  # sources beside those that the random field weighs
DIGITS = 3  # of a score: other processors differ only beyond them
BATCH = 100_000  # characters recognised at a time, so that memory stays flat in the length of a document


def available() -> Tagger:
    """Name the best tier that is installed."""
    return "full" if find_spec("onnxruntime") else "fast"


class Recogniser:
    """Find the names of a document; make one a process. ``divisions`` are read anew where none are given."""

    def __init__(self, ontology: Ontology, tagger: Tagger = "full", *, divisions: Divisions | None = None) -> None:
        """Open the tables and the shipped weights."""
        self.tagger = tagger
        self.models = shipped(ontology, tagger)
        self._without: str | None = None
        self._read = Reader(ontology, divisions)
        self._known = load_known(ontology)
        self._people = People(ontology, self._read.tokens.tag)

    def deciding_by(self, models: Models, *, without: str | None = None) -> Recogniser:
        """Return one with the same tables that decides by other models, and leaves a source out."""
        other = copy(self)
        other.models, other._without = models, without
        return other

    @property
    def places(self) -> frozenset[str]:
        """Return the places whose annotated documents the weights learned from."""
        return self.places_of_network.union(self.models.outer.places, self.models.inner.places)

    @property
    def places_of_network(self) -> frozenset[str]:
        """Return the places whose annotated documents the network learned from."""
        return self.models.network.places if self.models.network else frozenset()

    @property
    def sources(self) -> tuple[str, ...]:
        """Return what names are found by."""
        return (*self.models.outer.sources, ABBREVIATIONS, TITLES, *([NETWORK] if self.models.network else []))

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Return the names in ``sentences``, in the order of the text, those inside others marked nested."""
        found = [mention for batch in batches(sentences) for mention in self._mentions(document, batch)]
        once = list(_once(found))
        named = once if self._without == ABBREVIATIONS else with_abbreviations(document, once)
        named = named if self._without == TITLES else self._people.met_again(document, named)
        return tuple(sorted(named, key=lambda mention: (mention.span.start, -mention.span.end, mention.nested)))

    def _mentions(self, document: Document, sentences: Sequence[Sentence]) -> Iterator[Mention]:
        reading = self._read(document, sentences)
        outer, inner = decide(reading, self.models)
        within = Span(sentences[0].span.start, sentences[-1].span.end)
        settled = settle(_mentions(document, reading, outer, nested=False))
        begun = opened(rejoined(settled, document.text), document.text, self._read.tokens.tag)
        names = tuple(marked(document, within, tuple(begun)))
        names = names if self._without == TITLES else tuple(self._people(document, within, names))
        inside = fitted(_mentions(document, reading, inner, nested=True), names)
        return self._known(document, within, (*names, *inside))


def _once(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Keep the surest of mentions of one kind at one place: a name and the name inside it may be the same."""
    best: dict[tuple[Span, Kind], Mention] = {}
    for mention in mentions:
        kept = best.setdefault((mention.span, mention.kind), mention)
        if (not mention.nested, mention.score) > (not kept.nested, kept.score):
            best[mention.span, mention.kind] = mention
    yield from best.values()


def _mentions(document: Document, reading: Reading, decision: Decision, *, nested: bool) -> Iterator[Mention]:
    """Yield the names of a decision, each as sure as its least sure word."""
    first, after, kinds = stretches(decision.labels)
    if not len(first):
        return
    sure = np.minimum.reduceat(decision.sure, np.stack([first, after], axis=1).ravel())[::2]
    layout, kind_of = reading.layout, [Kind(kind) for kind in decision.kinds]
    for start, end, kind, score, support in zip(
        layout.starts[first].tolist(),
        layout.ends[after - 1].tolist(),
        kinds.tolist(),
        sure.tolist(),
        reading.support(first, after),
        strict=True,
    ):
        span = closed(balanced(Span(start, end), document.text), document.text)
        for part in parts(span, document.text) if nested else whole(span, document.text):
            text = part.of(document.text)
            yield Mention(document.id, part, text, kind_of[kind], nested, round(score, DIGITS), support)


def batches(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Yield sentences in groups of about 100,000 characters."""
    start = size = 0
    for number, sentence in enumerate(sentences):
        size += len(sentence.text)
        if size >= BATCH or number + 1 == len(sentences):
            yield sentences[start : number + 1]
            start, size = number + 1, 0
