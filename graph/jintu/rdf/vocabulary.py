"""Read the words of the vocabulary: its classes, properties and fixed values with their labels."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from jintu.ontology import Ontology
from jintu.rdf import terms as t
from jintu.rdf.files import load

Term = NamedNode | BlankNode | Literal | Triple

_COMMENT = t.term("rdfs:comment")
_SORTS: dict[Term, str] = {
    t.term("owl:Class"): "class",
    t.term("owl:ObjectProperty"): "property",
    t.term("owl:DatatypeProperty"): "property",
    t.term("owl:NamedIndividual"): "value",
}


@dataclass(frozen=True, slots=True)
class Word:
    """Hold a class, a property or a value, with its labels and what it means."""

    iri: str
    sort: str
    zh: str
    en: str
    about: str

    @property
    def name(self) -> str:
        """Return the name behind the prefix."""
        return self.iri.removeprefix(t.JT)


def vocabulary(ontology: Ontology) -> tuple[Word, ...]:
    """Return the classes, then the properties, then the values, sorted by their names.

    >>> from jintu.ontology import load
    >>> next(word.zh for word in vocabulary(load()) if word.name == "Programme")
    '计划行动'
    """
    store = load(ontology.path("vocabulary.ttl"))
    words = {
        said.subject: _word(store, said.subject, _SORTS[said.object])
        for said in store.quads_for_pattern(None, t.A, None)
        if isinstance(said.subject, NamedNode) and said.subject.value.startswith(t.JT) and said.object in _SORTS
    }
    return tuple(sorted(words.values(), key=lambda word: (word.sort, word.iri)))


def _word(store: Store, iri: NamedNode, sort: str) -> Word:
    labels = {language: _text(store, iri, t.LABEL, language) for language in ("zh", "en")}
    return Word(iri.value, sort, labels["zh"], labels["en"], _text(store, iri, _COMMENT, "zh"))


def _text(store: Store, iri: NamedNode, predicate: NamedNode, language: str) -> str:
    said = (quad.object for quad in store.quads_for_pattern(iri, predicate, None))
    return next((one.value for one in said if isinstance(one, Literal) and one.language == language), "")
