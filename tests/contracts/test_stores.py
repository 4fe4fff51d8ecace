"""One contract for every store of graphs: a file, a folder of Oxigraph's, an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import Dataset

from golden.knowledge import KNOWLEDGE
from jintu.errors import GraphError
from jintu.rdf import (
    DatasetStore,
    FileStore,
    FolderStore,
    GraphStore,
    NamedGraph,
    Snapshot,
    canonical,
    from_rdf,
    query,
    to_graphs,
    to_rdf,
)

Maker = Callable[[Path], GraphStore]
MAKERS: Mapping[str, Maker] = {
    "trig": lambda folder: FileStore(folder / "graph.trig"),
    "nq": lambda folder: FileStore(folder / "graph.nq"),
    "folder": lambda folder: FolderStore(folder / "store"),
    "dataset": lambda _: DatasetStore(),
    "dataset in parts": lambda _: DatasetStore(Dataset()),
}
NAMES = [NamedNode(f"http://example.org/{name}") for name in ("甲", "乙", "丙")]
TRIPLES = [Triple(NAMES[0], NAMES[1], Literal(text, language="zh")) for text in ("锦州", "黑山", "“引号”\n\\", "义县")]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(params=MAKERS)
def maker(request: pytest.FixtureRequest) -> Maker:
    return MAKERS[request.param]


@pytest.fixture
def store(maker: Maker, tmp_path: Path) -> GraphStore:
    return maker(tmp_path)


def held(snapshot: Snapshot) -> dict[str, set[Triple]]:
    return {name: set(snapshot.triples(name)) for name in snapshot.names}


def test_what_was_put_is_there_by_name_and_in_all(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:2]), (NAMES[1], TRIPLES[1:])])
    snapshot = store.snapshot()
    assert held(snapshot) == {NAMES[0].value: set(TRIPLES[:2]), NAMES[1].value: set(TRIPLES[1:])}
    assert sorted(map(str, snapshot.triples())) == sorted(map(str, TRIPLES))


def test_all_that_is_said_can_be_read_at_once(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:2]), (NAMES[1], TRIPLES[1:])])
    assert set(store.triples()) == set(TRIPLES)


def test_a_triple_of_two_graphs_counts_once(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES), (NAMES[1], TRIPLES)])
    assert query(store.snapshot().store, COUNT).table() == (("4",),)


def test_replacing_takes_away_what_no_other_graph_says(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:3]), (NAMES[1], TRIPLES[2:])])
    store.replace([(NAMES[0], TRIPLES[:1])])
    snapshot = store.snapshot()
    assert set(snapshot.triples()) == {TRIPLES[0], TRIPLES[2], TRIPLES[3]}
    assert held(snapshot) == {NAMES[0].value: {TRIPLES[0]}, NAMES[1].value: set(TRIPLES[2:])}


def test_a_graph_without_triples_goes(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:2]), (NAMES[1], TRIPLES[1:])])
    store.replace([(NAMES[1], []), (NAMES[2], [])])
    assert store.snapshot().names == (NAMES[0].value,)
    assert set(store.snapshot().triples()) == set(TRIPLES[:2])


def test_a_snapshot_stays_as_it_is(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:1])])
    before = store.snapshot()
    for triple in TRIPLES[1:]:
        store.replace([(NAMES[0], [triple])])
    assert set(before.triples()) == {TRIPLES[0]}
    assert set(store.snapshot().triples()) == {TRIPLES[3]}


def test_a_writer_that_fails_changes_nothing(store: GraphStore) -> None:
    store.replace([(NAMES[0], TRIPLES[:1])])

    def broken() -> Iterator[NamedGraph]:
        yield NAMES[0], TRIPLES[1:]
        yield NAMES[1], TRIPLES
        raise GraphError("stopped")

    with pytest.raises(GraphError, match="stopped"):
        store.replace(broken())
    assert held(store.snapshot()) == {NAMES[0].value: {TRIPLES[0]}}


def test_a_store_without_graphs_is_named_in_one_line(store: GraphStore) -> None:
    with pytest.raises(GraphError) as caught:
        store.snapshot()
    assert "\n" not in str(caught.value)


def test_knowledge_comes_back_from_its_parts(store: GraphStore) -> None:
    store.replace(to_graphs(KNOWLEDGE))
    snapshot = store.snapshot()
    assert from_rdf(snapshot.triples()) == canonical(KNOWLEDGE)
    assert len(list(snapshot.triples())) == len(list(to_rdf(KNOWLEDGE)))
    asked = "SELECT ?name { GRAPH <document/黑山县-2023> { ?p a jt:Project ; rdfs:label ?name } } ORDER BY ?name"
    assert query(snapshot.store, asked).table() == (("绕阳河生态治理项目",), ("锦凌水库扩建工程",))


FRESH = count()
GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(TRIPLES)), max_size=3)


@settings(max_examples=15)
@given(changes=st.lists(GRAPHS, min_size=1, max_size=4))
def test_any_changes_leave_what_a_dictionary_would_hold(
    changes: list[dict[NamedNode, set[Triple]]], maker: Maker, tmp_path: Path
) -> None:
    folder = tmp_path / str(next(FRESH))
    folder.mkdir()
    store = maker(folder)
    store.replace([(NAMES[0], TRIPLES[3:])])
    wanted: dict[str, Iterable[Triple]] = {NAMES[0].value: set(TRIPLES[3:])}
    for change in changes:
        store.replace(change.items())
        wanted |= {name.value: triples for name, triples in change.items()}
        wanted = {name: triples for name, triples in wanted.items() if triples}
        if wanted:
            assert held(store.snapshot()) == wanted
            assert set(store.snapshot().triples()) == set[Triple]().union(*wanted.values())
        else:
            with pytest.raises(GraphError):
                store.snapshot()
            break
