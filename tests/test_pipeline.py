"""From sources to a knowledge graph, and from a graph to files."""

import json
import threading
from pathlib import Path
from threading import Event

import pytest

import jintu
from jintu import pipeline, publish
from jintu.errors import EvidenceError, JintuError
from jintu.model import Document, Kind, KnowledgeGraph, Modality, Relation, Status, replace
from jintu.pipeline import Failure, Settings

FAST = Settings(tagger="fast")
REPORT = (
    "锦州市政府工作报告\n——2023年1月4日\n一、2022年工作回顾\n锦州医科大学新校区开工建设。"
    "锦州海洋生态保护修复项目总投资5.32亿元，已经全面实施。二、2023年工作安排\n推动锦凌水库供水工程竣工。\n"
)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    path = tmp_path_factory.mktemp("report") / "锦州市-2023.txt"
    path.write_text(REPORT, encoding="utf-8")
    return jintu.build(path, settings=FAST)


def test_every_link_and_every_quote_is_true(knowledge: KnowledgeGraph) -> None:
    texts = {document.id: document.text for document in knowledge.documents}
    assert knowledge.links
    assert all(link.mention.span.of(texts[link.mention.doc]) == link.mention.text for link in knowledge.links)
    quotes = [evidence for fact in knowledge.facts for evidence in fact.evidence if evidence.doc]
    assert quotes
    assert all(evidence.span.of(texts[evidence.doc]) == evidence.quote for evidence in quotes)


def test_what_is_planned_is_not_stated(knowledge: KnowledgeGraph) -> None:
    labels = {entity.id: entity.label for entity in knowledge.entities}
    status = {
        (labels[fact.subject], fact.object.name, fact.modality)
        for fact in knowledge.facts
        if isinstance(fact.object, Status)
    }
    assert ("锦州医科大学新校区", "开工", Modality.STATED) in status
    assert ("锦凌水库供水工程", "竣工", Modality.PLANNED) in status


def test_money_is_an_exact_number(knowledge: KnowledgeGraph) -> None:
    (money,) = {fact.object for fact in knowledge.facts if fact.relation is Relation.INVESTMENT}
    assert str(money.value) == "532000000"  # type: ignore[union-attr]  # investment's objects are quantities
    assert money.text == "5.32亿元"  # type: ignore[union-attr]


def test_divisions_stand_in_their_chain(knowledge: KnowledgeGraph) -> None:
    places = {entity.id: entity for entity in knowledge.entities if entity.kind is Kind.PLACE}
    assert places["division/210700"].label == "锦州市"
    chain = {(fact.subject, fact.object) for fact in knowledge.facts if fact.relation is Relation.LOCATED_IN}
    assert ("division/210700", "division/210000") in chain


def test_two_reports_of_a_place_give_one_entity_for_a_thing(tmp_path: Path) -> None:
    for year in (2022, 2023):
        text = f"锦州市政府工作报告\n——{year}年1月4日\n锦州医科大学新校区加快建设。\n"
        (tmp_path / f"锦州市-{year}.txt").write_text(text, encoding="utf-8")
    built = jintu.build(tmp_path, settings=FAST)
    assert [entity.label for entity in built.entities].count("锦州医科大学新校区") == 1
    assert len(built.documents) == 2


def test_a_graph_that_cannot_be_proved_is_not_written(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    (document,) = knowledge.documents
    changed = replace(document, text=document.text.replace("开工", "竣工"))
    with pytest.raises(EvidenceError, match="nothing was written"):
        publish.publish(replace(knowledge, documents=(changed,)), tmp_path / "out", name="a")
    assert not (tmp_path / "out").exists()


def test_annotate_gives_facts_over_surface_names(tmp_path: Path) -> None:
    path = tmp_path / "锦州市-2023.txt"
    path.write_text(REPORT, encoding="utf-8")
    failures: list[Failure] = []
    (row,) = pipeline.annotate([str(path)], FAST, failures)
    assert ["锦州医科大学新校区", "status", "开工"] in map(list, row["facts"])
    assert ["锦州海洋生态保护修复项目", "investment", "5.32亿元"] in map(list, row["facts"])
    assert failures == []
    json.dumps(row)


def test_a_graph_is_printed_as_its_counts(knowledge: KnowledgeGraph) -> None:
    counts = f"{len(knowledge.entities)} entities, {len(knowledge.links)} links, {len(knowledge.facts)} facts"
    assert repr(knowledge) == f"<KnowledgeGraph: 1 documents, {counts}>"


def test_a_list_of_sources_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(JintuError, match=r"^list: is no path; .* jintu\.build\(\*sources\)$"):
        jintu.build(["a.txt", "b.txt"])  # type: ignore[arg-type]  # what users try first


def test_unknown_ending_is_refused_with_the_known_ones(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(JintuError, match="choose one of"):
        jintu.write(knowledge, tmp_path / "a.docx")


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "锦州\u202e市", "x" * 5000, 'a"<b>|?*', "CON\n"])
def test_file_names_are_safe(name: str) -> None:
    safe = publish.file_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\n\u202e')
    assert len(safe.encode()) <= 200


def test_hostile_text_breaks_nothing(tmp_path: Path) -> None:
    text = (
        '锦州市政府工作报告\n建成“<script>alert(1)</script>”工程。开工建设"} . <x> <y> <z> 项目。\n'
        "实施‘\u202e反向’行动。锦州/医科\\大学新校区开工建设。建成"
        + "长" * 3000
        + "水库。"
        + "“" * 3000
        + "锦凌水库"
        + "”" * 3000
    )
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    built = jintu.build(path, settings=FAST)
    for made in publish.publish(built, tmp_path / "out", name="hostile"):
        assert made.stat().st_size
    assert jintu.open(tmp_path / "out" / "hostile.ttl").knowledge.facts
    assert "<script>alert(1)" not in (tmp_path / "out" / "hostile.html").read_text(encoding="utf-8")


def test_text_without_names_still_gives_a_graph(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nothing to see here.\n", encoding="utf-8")
    built = jintu.build(path, settings=FAST)
    publish.publish(built, tmp_path / "out", name="empty")
    assert [type(document) for document in built.documents] == [Document]


def test_what_formats_are_made_with_is_loaded_beside_other_work(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, complained = Event(), Event()

    def fail() -> None:
        loaded.set()
        raise ImportError("broken")

    monkeypatch.setattr(publish, "LOADERS", {"html": (fail,)})
    monkeypatch.setattr(threading, "excepthook", lambda _: complained.set())
    publish.load_ahead(("ttl", "html"))
    assert loaded.wait(10)
    assert not complained.wait(0.1)
