"""Documents built into a store join those that are there, whatever their order and whoever is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jintu import graphs, pipeline, rdf, storing
from jintu.errors import GraphError, JintuError
from jintu.model import KnowledgeGraph
from jintu.pipeline import Settings
from jintu.storing import Stored

FAST = Settings(tagger="fast")
TEXTS = {
    "锦州市-2022": "锦州市政府工作报告\n2022年1月5日\n锦凌水库扩建工程开工建设，黑山镇派出所获评全国优秀公安基层单位。",
    "锦州市-2023": "锦州市政府工作报告\n2023年1月4日\n锦凌水库扩建工程竣工投用。锦州医科大学新校区开工建设。",
    "黑山县-2023": "黑山县政府工作报告\n2023年1月9日\n黑山县实施乡村振兴战略，全县新增造林1.2万亩。",
}


def written(folder: Path) -> dict[str, str]:
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: str(folder / f"{name}.txt") for name in TEXTS}


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, str]:
    return written(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    put(folder, *written(folder).values())
    return folder


def put(folder: Path, *sources: str) -> Stored:
    return storing.store(sources, folder / "store", FAST)


def known(folder: Path) -> KnowledgeGraph:
    return rdf.read(folder / "store")


def test_documents_that_come_one_by_one_make_the_graph_of_all(reports: dict[str, str], tmp_path: Path) -> None:
    for number, source in enumerate(reversed(reports.values()), 1):
        made = put(tmp_path, source)
        assert (len(made.added), made.replaced, len(made.knowledge.documents)) == (1, (), number)
    assert known(tmp_path) == rdf.canonical(pipeline.build(list(reports.values()), FAST).knowledge)


def test_a_document_takes_the_place_of_the_one_of_its_name(reports: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path, *reports.values())
    changed = Path(reports["黑山县-2023"])
    changed.write_text(TEXTS[changed.stem].replace("乡村振兴战略", "城市更新行动"), encoding="utf-8")
    made = put(tmp_path, str(changed), reports["锦州市-2022"])
    assert (made.added, made.replaced) == ((), ("黑山县-2023",))
    labels = {entity.label for entity in known(tmp_path).entities}
    assert "城市更新行动" in labels
    assert "乡村振兴战略" not in labels
    assert known(tmp_path) == rdf.canonical(pipeline.build(list(reports.values()), FAST).knowledge)


def test_each_document_is_a_named_graph_of_the_store(whole: Path) -> None:
    snapshot = graphs.open(whole / "store").snapshot
    mint = rdf.Mint()
    assert set(snapshot.names) == {mint.document(name).value for name in (*TEXTS, "")}
    counted = rdf.query(snapshot.store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").table()
    assert counted == ((str(len(list(rdf.to_rdf(known(whole))))),),)


def test_what_was_read_is_not_read_again(reports: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path, reports["锦州市-2022"])
    (first,) = (tmp_path / "store" / storing.READINGS).iterdir()
    before = first.stat().st_mtime_ns
    made = put(tmp_path, *reports.values())
    assert made.added == ("锦州市-2023", "黑山县-2023")
    assert first.stat().st_mtime_ns == before
    assert len(list((tmp_path / "store" / storing.READINGS).iterdir())) == len(TEXTS)


def test_corrections_stay_with_the_store(reports: dict[str, str], tmp_path: Path) -> None:
    corrections = tmp_path / "corrections.tsv"
    corrections.write_text("not-a-name\t锦凌水库扩建工程\t\t\n", encoding="utf-8")
    storing.store([reports["锦州市-2022"]], tmp_path / "store", Settings(tagger="fast", corrections=corrections))
    put(tmp_path, reports["锦州市-2023"])
    assert "锦凌水库扩建工程" not in {entity.label for entity in known(tmp_path).entities}


def test_a_source_that_cannot_be_read_keeps_no_other_out(reports: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    made = put(tmp_path, str(tmp_path / "empty.txt"), reports["锦州市-2023"], str(tmp_path / "gone.txt"))
    assert made.added == ("锦州市-2023",)
    assert len(made.failures) == 2
    with pytest.raises(JintuError, match="holds no text"):
        put(tmp_path, str(tmp_path / "empty.txt"))


def test_a_store_that_keeps_going_is_content_with_what_could_be_read(reports: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\x00\xff")
    words = ("build", reports["黑山县-2023"], tmp_path / "broken.txt", "--store", tmp_path / "kept", "--keep-going")
    run = jintu(*words, "--tagger", "fast")
    said = run.communicate()[1]
    assert run.returncode == 0, said
    assert "broken.txt" in said
    assert "read now with tagger fast" in said
    assert "; nothing has changed" in jintu(*words, "--tagger", "fast").communicate()[1]


def test_a_second_builder_is_refused_before_it_reads(reports: dict[str, str], tmp_path: Path) -> None:
    with (
        rdf.FolderStore(tmp_path / "store").writer(),
        pytest.raises(GraphError, match="another process is writing to this store"),
    ):
        put(tmp_path, *reports.values())


def jintu(*words: str | Path) -> subprocess.Popen[str]:
    code = "from jintu.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def test_a_build_killed_at_any_moment_leaves_the_store_whole(reports: dict[str, str], tmp_path: Path) -> None:
    moments = random.Random(7)
    start = time.monotonic()
    assert jintu("build", reports["锦州市-2022"], "--store", tmp_path / "store", "--tagger", "fast").wait(300) == 0
    pace = time.monotonic() - start
    all_of_it = rdf.canonical(pipeline.build(list(reports.values()), FAST).knowledge)
    alone = rdf.canonical(pipeline.build([reports["锦州市-2022"]], FAST).knowledge)
    for _ in range(4):
        run = jintu("build", *reports.values(), "--store", tmp_path / "store", "--tagger", "fast")
        time.sleep(moments.uniform(0, 1.2 * pace))
        run.send_signal(signal.SIGKILL)
        said, _ = run.communicate()
        assert known(tmp_path) in ([all_of_it] if "added 黑山县-2023" in said else [all_of_it, alone])
    last = jintu("build", *reports.values(), "--store", tmp_path / "store", "--tagger", "fast")
    assert last.wait(300) == 0
    assert known(tmp_path) == all_of_it


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["query", "STORE", "documents"], "黑山县-2023"),
        (["query", "STORE", "ASK { GRAPH <document/黑山县-2023> { ?s ?p ?o } }"], "true"),
        (["check", "STORE"], "keeps to the shapes"),
        (["show", "STORE"], "Institution"),
        (["ledger", "STORE"], "锦凌水库扩建工程"),
        (["table", "STORE", "-o", "OUT", "--format", "csv"], ".csv"),
        (["html", "STORE", "-o", "OUT/graph.html"], "graph.html"),
        (["verify", "STORE", "REPORTS"], "quotes stand in 3 documents"),
    ],
)
def test_every_verb_takes_a_store_for_a_graph(words: list[str], said: str, whole: Path, tmp_path: Path) -> None:
    places = {"STORE": whole / "store", "OUT": tmp_path, "OUT/graph.html": tmp_path / "graph.html", "REPORTS": whole}
    run = jintu(*(places.get(word, word) for word in words))
    out, complaints = run.communicate(timeout=300)
    assert run.returncode == 0, complaints
    assert said in out
