"""Read the words of the vocabulary: its classes and properties with their labels."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from jintu.ontology import Ontology
from jintu.rdf import terms as t
from jintu.rdf.files import load

_COMMENT = t.term("rdfs:comment")


@dataclass(frozen=True, slots=True)
class Word:
    """Hold a class or a property, with its labels and what it means."""

    iri: str
    zh: str
    en: str
    about: str
    is_class: bool

    @property
    def name(self) -> str:
        """Return the name behind the prefix."""
        return self.iri.removeprefix(t.JT)


def vocabulary(ontology: Ontology) -> tuple[Word, ...]:
    """Return the classes, then the properties, sorted by their names.

    >>> from jintu.ontology import load
    >>> next(word.zh for word in vocabulary(load()) if word.name == "Programme")
    '计划行动'
    """
    store = load(ontology.path("vocabulary.ttl"))
    words = {
        said.subject: _word(store, said.subject, said.object.value.endswith("Class"))
        for said in store.quads_for_pattern(None, t.A, None)
        if isinstance(said.subject, NamedNode) and isinstance(said.object, NamedNode)
        if said.subject.value.startswith(t.JT) and said.object.value.endswith(("Class", "Property"))
    }
    return tuple(sorted(words.values(), key=lambda word: (not word.is_class, word.iri)))


def _word(store: Store, iri: NamedNode, is_class: bool) -> Word:
    labels = {language: _text(store, iri, t.LABEL, language) for language in ("zh", "en")}
    return Word(iri.value, labels["zh"], labels["en"], _text(store, iri, _COMMENT, "zh"), is_class)


def _text(store: Store, iri: NamedNode, predicate: NamedNode, language: str) -> str:
    said = (quad.object for quad in store.quads_for_pattern(iri, predicate, None))
    return next((one.value for one in said if isinstance(one, Literal) and one.language == language), "")
