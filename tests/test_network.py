"""The network of a knowledge graph: attributes, GraphML, measures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from networkx.algorithms.link_analysis import pagerank_alg

from jintu.errors import JintuError
from jintu.model import Entity, Kind, KnowledgeGraph, Relation, replace
from jintu.network import measures, to_networkx, write_graphml
from knowledge_samples import grown, hostile, jinzhou

EMPTY = KnowledgeGraph((), (), (), ())
RESERVOIR = "place/210700/锦凌水库"


def test_entities_are_nodes_and_facts_between_them_are_edges() -> None:
    knowledge = jinzhou()
    network = to_networkx(knowledge)
    assert sorted(network) == [entity.id for entity in knowledge.entities]
    assert network.number_of_edges() == sum(isinstance(fact.object, str) for fact in knowledge.facts)
    assert network.nodes[RESERVOIR]["label"] == "锦凌水库"
    assert network.nodes["division/210711"]["code"] == "210711"
    (edge,) = network.get_edge_data(RESERVOIR, "division/210711").values()
    assert edge["label"] == "locatedIn"
    assert "锦凌水库位于太和区境内" in edge["quotes"]
    assert (edge["documents"], edge["year"], edge["modality"]) == ("report", 2022, "stated")


def test_values_are_attributes_of_their_subject() -> None:
    network = to_networkx(jinzhou())
    airport = network.nodes["project/210700/锦州湾国际机场改扩建项目"]
    assert airport["investment"] == "18亿元 [2023, planned]"
    assert "造林 14.6万亩 (level) [2022]" in network.nodes["division/210700"]["indicator"]
    assert "≥2.5万余人" in network.nodes["division/210700"]["indicator"]


def test_graphml_reads_back_as_the_same_network(tmp_path: Path) -> None:
    knowledge = jinzhou()
    path = write_graphml(knowledge, tmp_path / "new" / "样例.graphml")
    again, network = nx.read_graphml(path, force_multigraph=True), to_networkx(knowledge)
    assert list(again.nodes(data=True)) == list(network.nodes(data=True))
    assert sorted(map(str, again.edges(data=True))) == sorted(map(str, network.edges(data=True)))
    assert [other.name for other in path.parent.iterdir()] == ["样例.graphml"]


def test_graphml_replaces_what_xml_cannot_hold(tmp_path: Path) -> None:
    path = write_graphml(hostile(("零\x00\x0b宽", "孤\ud800代", '</data><x a="', "\u202e右")), tmp_path / "a.graphml")
    tree = ElementTree.parse(path)
    labels = [node.text for node in tree.iter("{http://graphml.graphdrawing.org/xmlns}data")]
    assert {"零\ufffd\ufffd宽", "孤\ufffd代", '</data><x a="', "\u202e右"} <= set(labels)


def test_a_failed_write_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.graphml"
    target.mkdir()
    with pytest.raises(JintuError, match=r"a\.graphml: cannot be written \(Is a directory\)"):
        write_graphml(EMPTY, target)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_bytes_and_measures_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path) -> None:
    code = (
        "import sys; from knowledge_samples import jinzhou; from jintu.network import measures, write_graphml;"
        "write_graphml(jinzhou(), sys.argv[1]);"
        "print([(s.community, s.pagerank) for s in measures(jinzhou()).standings])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "other.graphml")],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.strip() == str([(s.community, s.pagerank) for s in measures(jinzhou()).standings])
    assert (tmp_path / "other.graphml").read_bytes() == write_graphml(jinzhou(), tmp_path / "a.graphml").read_bytes()


def test_pagerank_agrees_with_networkx() -> None:
    knowledge = grown(200)
    by_hand = pagerank_alg._pagerank_python  # type: ignore[attr-defined]  # not in the stubs; the public one needs scipy
    expected = by_hand(to_networkx(knowledge), tol=1e-10, max_iter=200)
    found = {standing.entity.id: standing.pagerank for standing in measures(knowledge).standings}
    assert found == pytest.approx(expected, abs=1e-7)


def test_the_reports_city_is_the_most_connected() -> None:
    found = measures(jinzhou())
    first, second = found.most_connected(2)
    assert first.entity.label == "锦州市"
    assert first.degree > second.degree > 1
    assert sum(standing.pagerank for standing in found.standings) == pytest.approx(1, abs=1e-6)


def test_the_gazetteers_facts_do_not_count() -> None:
    knowledge = jinzhou()
    province = next(s for s in measures(knowledge).standings if s.entity.label == "辽宁省")
    assert province.degree == 0
    assert to_networkx(knowledge).degree("division/210000") == 3


def test_entities_that_are_tied_closely_share_a_community() -> None:
    entities = tuple(Entity(f"e{n}", Kind.PLACE, f"地{n}") for n in range(8))
    fact = next(fact for fact in jinzhou().facts if fact.evidence[0].doc)
    ties = [(a, b) for group in (range(4), range(4, 8)) for a in group for b in group if a < b] + [(0, 4)]
    facts = (replace(fact, subject=f"e{a}", relation=Relation.AIDS, object=f"e{b}") for a, b in ties)
    found = measures(KnowledgeGraph((), entities, (), tuple(facts)))
    assert [standing.community for standing in found.standings] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.communities == 2


def test_empty_and_single_graphs_are_measured() -> None:
    one = KnowledgeGraph((), (Entity("e", Kind.PLACE, "某地"),), (), ())
    assert measures(EMPTY).standings == ()
    assert measures(EMPTY).communities == 0
    assert measures(one).most_connected() == ()
    assert measures(one).standings[0].pagerank == 1
    assert len(to_networkx(EMPTY)) == 0
