"""A graph opens from a file, a folder store or an rdflib Dataset, and is the same in each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib import Dataset

import jintu
from golden.knowledge import KNOWLEDGE, TEXTS
from jintu import graphs, rdf
from jintu.errors import GraphError, QueryError
from jintu.model import replace

JT = rdflib.Namespace(rdf.PREFIXES["jt"])


def filled(store: rdf.GraphStore) -> None:
    store.replace(rdf.to_graphs(KNOWLEDGE))


def a_file(folder: Path) -> graphs.Graph:
    rdf.write(KNOWLEDGE, folder / "graph.ttl")
    return jintu.open(folder / "graph.ttl")


def a_folder(folder: Path) -> graphs.Graph:
    filled(rdf.FolderStore(folder / "store"))
    return jintu.open(str(folder / "store"))


def a_dataset(_: Path) -> graphs.Graph:
    dataset = Dataset()
    filled(rdf.DatasetStore(dataset))
    return jintu.open(dataset)


@pytest.fixture(params=[a_file, a_folder, a_dataset], ids=lambda make: make.__name__)
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> graphs.Graph:
    make: Callable[[Path], graphs.Graph] = request.param
    return make(tmp_path)


def test_it_answers_shipped_questions(graph: graphs.Graph) -> None:
    assert graph.query("projects", place="锦州市", min="1亿元").table()[0][0] == "锦凌水库扩建工程"
    assert graph.query("honours", year=2022).table() == (("2022", "全国双拥模范城", "锦州市"),)
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?s a jt:Place }").table() == (("3",),)
    with pytest.raises(QueryError, match="it has place, status, year, min"):
        graph.query("projects", where="锦州市")


def test_it_is_our_values_again(graph: graphs.Graph) -> None:
    assert graph.knowledge == rdf.canonical(KNOWLEDGE)
    assert set(graph.networkx.nodes) >= {entity.id for entity in KNOWLEDGE.entities}


def test_rdflib_sees_it_and_its_string_queries_run_in_the_engine(graph: graphs.Graph) -> None:
    seen = graph.rdflib
    assert (None, rdflib.RDF.type, JT.Honour) in seen
    (row,) = seen.query("SELECT (COUNT(*) AS ?n) { ?s a jt:Place }")
    assert str(row[0]) == "3"  # type: ignore[index]  # rdflib types a row loosely


def test_a_frame_holds_numbers(graph: graphs.Graph) -> None:
    assert list(graph.frame("projects-by-investment")["yuan"]) == [320_000_000]


def test_a_notebook_shows_its_name_and_counts(graph: graphs.Graph) -> None:
    shown = graph._repr_html_()
    assert "<td>Place</td><td>3</td>" in shown
    assert Path(graph.name).name in shown


def test_a_graph_stays_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    graph = a_folder(tmp_path)
    asked = "SELECT (COUNT(*) AS ?n) { ?d a jt:Document }"
    assert graph.query(asked).table() == (("2",),)
    rdf.FolderStore(tmp_path / "store").replace([(rdf.Mint().document("黑山县-2023"), [])])
    assert graph.query(asked).table() == (("2",),)
    assert jintu.open(tmp_path / "store").query(asked).table() == (("1",),)


def test_what_is_no_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is no store; make one"):
        jintu.open(tmp_path).query("projects")
    with pytest.raises(GraphError, match="holds no triples"):
        jintu.open(Dataset()).query("projects")


@pytest.mark.parametrize("name", ["gone.ttl", "gone"])
def test_a_graph_that_is_not_there_is_refused_at_once(name: str, tmp_path: Path) -> None:
    for path in (tmp_path / name, str(tmp_path / name)):
        with pytest.raises(GraphError, match=f"{name}: no such file"):
            jintu.open(path)


CITY, COUNTY = "锦州市-2023", "黑山县-2023"
CHANGED = {**TEXTS, CITY: TEXTS[CITY].replace("那曲市。", "拉萨市。")}


def kept_in(folder: Path, texts: dict[str, str]) -> Path:
    """Write texts into a folder, each under its document's name."""
    folder.mkdir(parents=True)
    for doc, text in texts.items():
        (folder / f"{doc}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("named", [True, False], ids=["sources", "kept texts"])
def test_a_source_that_was_edited_has_changed_and_only_what_it_no_longer_says_is_unproved(
    named: bool, tmp_path: Path
) -> None:
    rdf.write(KNOWLEDGE, tmp_path / "graph.ttl")
    folder = kept_in(tmp_path / ("in" if named else "sources/graph"), CHANGED)
    changed, *misquoted = graphs.verify(tmp_path / "graph.ttl", [str(folder)] if named else []).mistakes
    assert changed == f"{CITY}: the source has changed since the graph was built; build again"
    assert misquoted
    assert all(CITY in line and "那曲市" in line and "拉萨市" in line for line in misquoted)


def test_a_text_under_another_name_is_no_changed_source(tmp_path: Path) -> None:
    rdf.write(KNOWLEDGE, tmp_path / "graph.ttl")
    texts = {"moved": TEXTS[CITY], CITY: "凌海市水厂投用。", COUNTY: TEXTS[COUNTY]}
    assert graphs.verify(tmp_path / "graph.ttl", [str(kept_in(tmp_path / "in", texts))]).mistakes == ()
    (gone,) = graphs.verify(tmp_path / "graph.ttl", [str(tmp_path / "in/moved.txt")]).mistakes
    assert gone.startswith(f"{COUNTY}: the source {COUNTY}.txt is gone")


def test_a_source_that_was_not_named_is_not_gone(tmp_path: Path) -> None:
    folder = kept_in(tmp_path / "in", TEXTS)
    documents = tuple(replace(found, source=str(folder / f"{found.id}.txt")) for found in KNOWLEDGE.documents)
    rdf.write(replace(KNOWLEDGE, documents=documents), tmp_path / "graph.ttl")
    (said,) = graphs.verify(tmp_path / "graph.ttl", [str(folder / f"{CITY}.txt")]).mistakes
    assert said.startswith(f"{COUNTY}: the source {folder}/{COUNTY}.txt was not named, so that its ")
    assert said.endswith("; name it too")
    (folder / f"{COUNTY}.txt").unlink()
    (said,) = graphs.verify(tmp_path / "graph.ttl", [str(folder)]).mistakes
    assert "is gone" in said
