"""Lay sentences out with all that gazetteers and taggers say of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jintu.divisions import Divisions, load
from jintu.model import Document, Sentence
from jintu.ontology import Ontology
from jintu.recognise.columns import Coded, Index, Layout
from jintu.recognise.counties import Counties
from jintu.recognise.gazetteer import Gazetteer, known_names
from jintu.recognise.layout import lay_out
from jintu.recognise.lexicon import Attribute, Lexicon, load_lexicon
from jintu.recognise.lists import Lists, load_lists
from jintu.segment import Tokenizer, tokenizer

GAZETTEER = "gazetteer"  # the source that gives a column of its own
RULES = ("tagger", "tagger+quotes", "tagger+gazetteer", "tagger+quotes+gazetteer")  # by what speaks for a name


@dataclass(frozen=True)
class Reading:
    """Hold the words of sentences in rows, a column a source of what it says of them, and the document's text.

    ``generic`` are the phrases that are no names, ``counties`` the names of what lies in the document's own place.
    """

    layout: Layout
    marks: Mapping[str, Coded]
    text: str
    generic: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()

    def support(self, first: Index, after: Index) -> list[str]:
        """Say which sources speak for names: those with a mark at its first word, or quotes around it."""
        quotes = self.layout.column(Attribute.QUOTE)
        quoted = (quotes[first - 1] % 2 == 1) & (quotes[np.minimum(after, len(quotes) - 1)] > 0)
        known = self.marks[GAZETTEER].codes[first] > 0 if GAZETTEER in self.marks else np.zeros(len(first), np.bool_)
        return [RULES[number] for number in (quoted + 2 * known).tolist()]


class Reader:
    """Lay documents out; make one a process."""

    def __init__(self, ontology: Ontology, divisions: Divisions | None = None) -> None:
        self.tokens: Tokenizer = tokenizer()
        self.lists: Lists = load_lists(ontology)
        self.lexicon: Lexicon = load_lexicon(ontology, self.tokens.tag, self.lists)
        places = divisions or load(ontology)
        self.gazetteer: Gazetteer = known_names(ontology, places)
        self.counties = Counties(places)

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        """Return the words of sentences in rows, and what the gazetteer says of each."""
        layout = lay_out(sentences, self.lexicon, self.tokens.cut)
        marks = {GAZETTEER: self.gazetteer.mark(document.text, layout)}
        return Reading(layout, marks, document.text, self.lists.generic, self.counties(document))
