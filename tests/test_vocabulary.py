"""The vocabulary names everything that the values do, in two languages, aligned with what others use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from golden.knowledge import KNOWLEDGE
from jintu.model import Bound, Kind, Measure, Modality, Part, Relation
from jintu.ontology import load
from jintu.rdf import to_rdf
from jintu.rdf.terms import JT as BASE

JT = Namespace(BASE)
STATUSES = ("规划中", "前期", "签约", "开工", "在建", "竣工", "投用", "实施", "完成", "获批")
VOCABULARY = Graph().parse(load().path("vocabulary.ttl"))
OURS = sorted({URIRef(str(term)) for term in VOCABULARY.subjects(RDF.type) if str(term).startswith(BASE)})


def ours(kind: Node) -> set[str]:
    return {str(term).removeprefix(BASE) for term in VOCABULARY.subjects(RDF.type, kind)}


def test_every_kind_is_a_class() -> None:
    kinds = {str(kind).removeprefix(BASE) for kind in VOCABULARY.subjects(RDFS.subClassOf, JT.Entity)}
    assert kinds == {kind.value for kind in Kind} <= ours(OWL.Class)


def test_every_relation_is_a_property() -> None:
    assert ours(JT.Relation) == {relation.value for relation in Relation} <= ours(OWL.ObjectProperty)


@pytest.mark.parametrize(
    ("kind", "names"), [(JT.Modality, Modality), (JT.Bound, Bound), (JT.Measure, Measure), (JT.Part, Part)]
)
def test_every_choice_is_an_individual(kind: Node, names: type[Modality | Bound | Measure | Part]) -> None:
    assert ours(kind) == {name.value for name in names}


def test_the_ten_statuses_are_concepts() -> None:
    concepts = VOCABULARY.subjects(SKOS.inScheme, JT.Statuses)
    assert {str(concept).rpartition("/")[2] for concept in concepts} == set(STATUSES)
    assert set(VOCABULARY.objects(JT.Statuses, SKOS.hasTopConcept)) == set(
        VOCABULARY.subjects(SKOS.inScheme, JT.Statuses)
    )


@pytest.mark.parametrize("term", OURS, ids=lambda term: str(term).removeprefix(BASE))
def test_every_term_has_a_label_and_a_comment_in_both_languages(term: Node) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        said = [text for text in VOCABULARY.objects(term, predicate) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in said) == ["en", "zh"]
        assert all(said)


def test_no_two_terms_of_a_kind_share_a_label() -> None:
    for kind in (OWL.Class, JT.Relation, JT.Modality, JT.Bound, JT.Measure, JT.Part):
        for language in ("zh", "en"):
            labels = [x for term in VOCABULARY.subjects(RDF.type, kind) for x in VOCABULARY.objects(term, RDFS.label)]
            said = [str(x) for x in labels if isinstance(x, Literal) and x.language == language]
            assert len(set(said)) == len(said)


def test_every_class_stands_below_one_of_others() -> None:
    for name in sorted(ours(OWL.Class)):
        above = set(VOCABULARY.transitive_objects(URIRef(BASE + name), RDFS.subClassOf))
        assert [term for term in above if not str(term).startswith(BASE)], name


def test_the_vocabularies_that_people_know_are_used() -> None:
    text = load().text("vocabulary.ttl")
    for prefix in ("schema", "prov", "skos", "org", "geo", "qudt", "qb", "dcterms"):
        assert re.search(rf"[ ,;]{prefix}:\w+", text), prefix


def test_a_graph_uses_no_term_that_the_vocabulary_lacks() -> None:
    known = {str(term) for term in OURS}
    used = {str(term).strip("<>") for triple in to_rdf(KNOWLEDGE) for term in triple}
    assert {term for term in used if term.startswith(BASE)} <= known


def test_every_class_is_named_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "ontology" / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(ours(OWL.Class)) if f"`{name}`" not in readme] == []
