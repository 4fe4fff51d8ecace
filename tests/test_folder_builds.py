"""Folders of documents: the same bytes whatever the workers, stops and order; only what changed is read again."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import jintu
from folder_samples import FAST, TEXTS, Here, build_here, command, die, leave_process
from jintu import folders, rdf, segment
from jintu.errors import EvidenceError, GraphError, JintuError
from jintu.folders import Built, Processes
from jintu.folders.crew import DONE, Job
from jintu.folders.shelf import pieces
from jintu.folders.works import Works, working
from jintu.graphs import verify
from jintu.pipeline import Settings


def build(*words: Path, to: Path, workers: int = 1, formats: Sequence[str] = ("ttl",)) -> Built:
    return build_here(*words, to=to, crew=Processes(workers, worth=0), formats=formats)


def test_workers_or_none_write_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    formats = (*rdf.FORMATS, "graphml")
    build(reports, to=tmp_path / "two", workers=2, formats=formats)
    build(*sorted(reports.iterdir(), reverse=True), to=tmp_path / "one", formats=formats)
    knowledge = jintu.build(reports, settings=FAST)
    for ending in formats:
        made = (tmp_path / "two" / f"graph.{ending}").read_bytes()
        assert made == (tmp_path / "one" / f"graph.{ending}").read_bytes()
        assert made == jintu.write(knowledge, tmp_path / f"memory.{ending}").read_bytes()


def test_a_long_document_is_put_together_of_its_stretches(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "STRETCH", 20_000)
    (reports / "锦州市-2022.txt").unlink()
    (reports / "a b%2F#“引号”.txt").write_text(TEXTS["锦州市-2022"] + TEXTS["锦州市-2023"] * 500, encoding="utf-8")
    build_here(reports, to=tmp_path / "out", formats=("ttl", "nq", "trig"))
    chapters = (pieces(path) for path in (tmp_path / "out/.jintu/graph/chapters").iterdir())
    assert sum("nq:0" in chapter and "counts" not in chapter for chapter in chapters if chapter) > len(TEXTS)
    known = rdf.read(tmp_path / "out/graph.ttl")
    for ending in ("ttl", "nq", "trig"):
        rdf.write(known, tmp_path / f"again.{ending}")
        assert (tmp_path / f"out/graph.{ending}").read_bytes() == (tmp_path / f"again.{ending}").read_bytes()


def test_reifiers_are_put_together_of_chapters_too(reports: Path, tmp_path: Path) -> None:
    folders.build([str(reports)], tmp_path, crew=Processes(1), formats=("ttl", "nt"), reifiers=True, settings=FAST)
    knowledge = jintu.build(reports, settings=FAST)
    for ending in ("ttl", "nt"):
        rdf.write(knowledge, tmp_path / f"memory.{ending}", reifiers=True)
        assert (tmp_path / f"graph.{ending}").read_bytes() == (tmp_path / f"memory.{ending}").read_bytes()
    with pytest.raises(GraphError, match="nq: evidence is written as reifiers"):
        folders.build([str(reports)], tmp_path / "no", crew=Processes(1), formats=("nq",), reifiers=True)
    assert not (tmp_path / "no").exists()


def test_what_has_not_changed_is_not_written_again(reports: Path, tmp_path: Path) -> None:
    first = build(reports, to=tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in first.files}
    second = build(reports, to=tmp_path / "out")
    assert second.words[-1] == "nothing has changed"
    assert {path: path.stat().st_mtime_ns for path in second.files} == before


def test_a_file_that_was_tampered_with_is_written_again(reports: Path, tmp_path: Path) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    right = made.read_bytes()
    made.write_bytes(b"")
    build(reports, to=tmp_path / "out")
    assert made.read_bytes() == right


def test_changed_documents_are_replaced_and_removed_ones_go(reports: Path, tmp_path: Path) -> None:
    build(reports, to=tmp_path / "out")
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/.jintu/graph/documents").iterdir()}
    (reports / "锦州市-2022.txt").write_text(TEXTS["锦州市-2022"].replace("开工", "投用"), encoding="utf-8")
    (reports / "沈阳市-2023.txt").unlink()
    build(reports, to=tmp_path / "out")
    left = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/.jintu/graph/documents").iterdir()}
    assert len(left) == 2
    assert len(kept.items() & left.items()) == 1  # the one that is as it was
    build(reports, to=tmp_path / "fresh")
    assert (tmp_path / "out/graph.ttl").read_bytes() == (tmp_path / "fresh/graph.ttl").read_bytes()
    assert sorted(path.name for path in (tmp_path / "out/sources/graph").iterdir()) == sorted(os.listdir(reports))


def test_a_folder_that_holds_what_was_built_from_it_gives_the_same_again(reports: Path) -> None:
    formats = ("ttl", "html", "graphml")
    first = build(reports, to=reports, formats=formats)
    assert build(reports, to=reports, formats=formats).words == (*first.words, "nothing has changed")
    build(reports, to=reports / "out", formats=formats)
    for file in first.files:
        assert file.read_bytes() == (reports / "out" / file.name).read_bytes()


def test_other_settings_read_again(reports: Path, tmp_path: Path) -> None:
    build(reports, to=tmp_path / "out")
    placed = Settings(tagger="fast", place="大连市")
    folders.build([str(reports)], tmp_path / "out", crew=Processes(1), formats=("ttl",), settings=placed)
    assert {document.place for document in jintu.open(tmp_path / "out/graph.ttl").knowledge.documents} == {"大连市"}


def test_a_build_that_is_killed_goes_on_where_it_stood(reports: Path, tmp_path: Path) -> None:
    build(reports, to=tmp_path / "whole", workers=2)
    chance = random.Random(7)
    for _ in range(4):
        run = subprocess.Popen([*command(reports, "-o", tmp_path / "out", "--format", "ttl"), "--workers", "2"])
        time.sleep(chance.uniform(0.2, 6))
        run.send_signal(signal.SIGKILL)
        run.wait()
    build(reports, to=tmp_path / "out", workers=2)
    assert (tmp_path / "out/graph.ttl").read_bytes() == (tmp_path / "whole/graph.ttl").read_bytes()
    assert list((tmp_path / "out").rglob("*.part")) == []


def test_a_build_that_is_killed_while_it_writes_leaves_nothing_to_the_next(reports: Path, tmp_path: Path) -> None:
    killed = (
        "import os; from jintu.folders import folder; folder.write_chapters = lambda *_, **__: os.kill(os.getpid(), 9)"
    )
    program, option, code, *words = command(reports, "-o", tmp_path / "out", "--format", "ttl")
    assert subprocess.run([program, option, f"{killed}; {code}", *words], check=False).returncode == -signal.SIGKILL
    build_here(reports, to=tmp_path / "out")
    assert sorted(os.listdir(tmp_path / "out")) == [".jintu", "graph.ttl", "sources"]
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_a_document_that_fails_is_named_and_the_others_are_built(reports: Path, tmp_path: Path) -> None:
    (reports / "broken.txt").write_bytes("水库".encode() + b"\xff\xff\xff")
    words = command(reports, "-o", tmp_path / "out", "--format", "ttl")
    stopped = subprocess.run(words, capture_output=True, check=False)
    assert stopped.returncode == 1
    assert "broken.txt: not text" in stopped.stderr.decode()
    assert "3 documents" in stopped.stderr.decode()
    assert subprocess.run([*words, "--keep-going"], capture_output=True, check=False).returncode == 0


def test_files_are_called_as_their_steps_are_whatever_fails(reports: Path, tmp_path: Path) -> None:
    (reports / "broken.txt").write_bytes("水库".encode() + b"\xff\xff\xff")
    made = build_here(reports / "broken.txt", reports / "锦州市-2022.txt", to=tmp_path / "out")
    assert len(made.failures) == 1
    assert [path.name for path in made.files] == ["graph.ttl"]


def test_a_place_of_its_own_that_is_named_too_is_one_entity(tmp_path: Path) -> None:
    report, table = tmp_path / "report.txt", tmp_path / "corrections.tsv"
    report.write_text("工作报告\n——2023年1月4日\n云港先导区获奖。云港新区获评文明城区。\n", encoding="utf-8")
    lines = ("kind\t云港先导区\tPlace\n", "kind\t云港新区\tPlace\n", "same\t云港新区\t云港先导区\n")
    table.write_text("".join(lines), encoding="utf-8")
    settings = Settings(tagger="fast", place="云港先导区", corrections=table)
    made = folders.build([str(report)], tmp_path, crew=Here(), formats=("ttl", "graphml"), settings=settings)
    knowledge = jintu.build(report, settings=settings)
    assert [entity.aliases for entity in knowledge.entities if entity.label == "云港先导区"] == [("云港新区",)]
    assert jintu.open(made.files[0]).knowledge.entities == knowledge.entities
    assert f"{len(knowledge.entities)} entities" in made.words[-1]
    for path in made.files:
        assert path.read_bytes() == jintu.write(knowledge, tmp_path / f"memory{path.suffix}").read_bytes()


@pytest.mark.parametrize("place", ["朝阳区", "北京市朝阳区"])
def test_a_place_whose_name_several_divisions_bear_is_said_to_be_ambiguous(place: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("工作报告\n——2023年1月4日\n和平街小学建成。\n", encoding="utf-8")
    settings = Settings(tagger="fast", place=place)
    made = folders.build([str(report)], tmp_path, crew=Here(), formats=("ttl",), settings=settings)
    unclear = "; ambiguous: write 北京市朝阳区 or 长春市朝阳区" if place == "朝阳区" else ""
    assert made.words[0].startswith(f"report: {place}, 2023 (")
    assert made.words[0].endswith(f"){unclear}")


def test_files_of_an_earlier_build_are_named(reports: Path, tmp_path: Path) -> None:
    out, formats = tmp_path / "out", (*rdf.FORMATS, "graphml", "html")
    assert "earlier" not in "".join(build(reports, to=out, formats=formats).words)
    for path in (out / "graph.nq", out / "graph.trig"):
        path.write_text("notes of my own", encoding="utf-8")
    others = ("nt", "jsonld", "rdf", "graphml", "html")
    for _ in range(2):
        said = build(reports, to=out, formats=("ttl",)).words[-1]
        named = ", ".join(str(out / f"graph.{ending}") for ending in others)
        assert said == f"{named}: of an earlier build, not of this one; ask for it too (--format) or remove it"


def test_a_worker_that_dies_takes_only_its_job_with_it(tmp_path: Path) -> None:
    jobs = [
        Job("a.txt", die, (signal.SIGSEGV,), tmp_path / "a"),
        Job("b.txt", Path.touch, (), tmp_path / "b"),
        Job("c.txt", die, (signal.SIGKILL,), tmp_path / "c"),
        Job("d.txt", Path.touch, (), tmp_path / "d"),
    ]
    crew = Processes(2, worth=0)
    reasons = {job.name: outcome.reason for job, outcome in crew(jobs)}
    crew.close()
    assert "died (signal SIGSEGV" in reasons["a.txt"]
    assert "memory ran out" in reasons["c.txt"]
    assert (reasons["b.txt"], reasons["d.txt"]) == ("", "")
    assert (tmp_path / "b").exists()
    assert (tmp_path / "d").exists()


@pytest.mark.parametrize(("size", "processes"), [(10, 1), (40, 2)])
def test_small_jobs_share_a_process(size: int, processes: int, tmp_path: Path) -> None:
    jobs = [Job(name, leave_process, (), tmp_path / name, size) for name in "abc"]
    crew = Processes(2, worth=100)
    assert {outcome for _, outcome in crew(jobs)} == {DONE}
    crew.close()
    assert len({path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}) == processes


def test_a_folder_is_verified_from_the_texts_it_keeps(reports: Path, tmp_path: Path) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    shutil.rmtree(reports)
    assert verify(made).mistakes == ()
    assert verify(made).documents == 3
    kept = tmp_path / "out/sources/graph/沈阳市-2023.txt"
    kept.write_text(kept.read_text(encoding="utf-8").replace("地铁", "公交"), encoding="utf-8")
    assert "沈阳市-2023" in str(verify(made).mistakes)


def test_two_builds_do_not_work_in_one_place(reports: Path, tmp_path: Path) -> None:
    with working(Works(tmp_path / "out", "graph")):
        for _ in range(2):
            with pytest.raises(JintuError, match="another build"):
                build_here(reports, to=tmp_path / "out")


@pytest.mark.parametrize("error", [EvidenceError, GraphError])
def test_what_stands_against_the_whole_graph_is_fatal(error: type[JintuError]) -> None:
    def fail(target: Path) -> None:
        raise error(f"{target}: no")

    assert Job("a", fail, (), Path("a"))().fatal
