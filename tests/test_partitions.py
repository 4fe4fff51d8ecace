"""A folder of N-Quads files: the quads of one file, made by workers; only what changed is made again."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import parse

import jintu
from folder_samples import TEXTS, build_here, command
from jintu import folders, graphs, rdf
from jintu.errors import GraphError, JintuError
from jintu.folders import Built, Crew, Processes, partitions

HOSTILE = ("甲 乙", 'a"b> <c', "100%2F#?&", "a..b.", "引号“”\u202e", "-")


def build(*words: Path, to: Path, crew: Crew | None = None, formats: Sequence[str] = ("parts",)) -> Built:
    return build_here(*words, to=to, crew=crew, formats=formats)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def written(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


def lines(*paths: Path) -> list[bytes]:
    return sorted(line for path in paths for line in path.read_bytes().splitlines())


def test_the_files_say_what_one_file_says(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(reports, to=tmp_path / "out", formats=("nq", "parts"))
    assert [path.name for path in made.files] == ["graph.nq", "graph.parts"]
    names = ["documents", "gazetteer", "region-2101", "region-2107", "region-cn"]
    assert {f"{name}.nq" for name in names} <= held(made.files[1]).keys()
    assert lines(*made.files[1].iterdir()) == lines(made.files[0])
    monkeypatch.setattr(partitions, "MOST", 1)
    many = build(reports, to=tmp_path / "many").files[0]
    assert len(list(many.glob("documents-?.nq"))) == len({partitions.bucket_of(doc, 1) for doc in TEXTS}) > 1
    assert lines(*many.iterdir()) == lines(made.files[0])


def test_workers_and_order_change_no_byte(reports: Path, tmp_path: Path) -> None:
    (two,) = build(reports, to=tmp_path / "two", crew=Processes(2, worth=0)).files
    (one,) = build(*sorted(reports.iterdir(), reverse=True), to=tmp_path / "one").files
    assert held(one) == held(two)


def test_hostile_names_of_documents_stay_in_their_graphs(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for number, name in enumerate(HOSTILE):
        text = f"锦州市政府工作报告\n——202{number}年1月4日\n锦凌水库供水工程竣工。\n"
        (tmp_path / "reports" / f"{name}.txt").write_text(text, encoding="utf-8")
    (made,) = build(tmp_path / "reports", to=tmp_path / "out").files
    mint = rdf.Mint()
    docs = {mint.document_id(quad.graph_name) for path in made.iterdir() for quad in parse(path=path)}
    assert docs == {"", *HOSTILE}
    assert len(jintu.open(made).query("SELECT ?g { GRAPH ?g { ?d a jt:Document } }").table()) == len(HOSTILE)


def test_only_what_has_changed_is_made_again(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "MOST", 1)
    (made,) = build(reports, to=tmp_path / "out").files
    before = written(made)
    assert build(reports, to=tmp_path / "out").words[-1] == "nothing has changed"
    (reports / "沈阳市-2023.txt").write_text(TEXTS["沈阳市-2023"].replace("4号线", "5号线"), encoding="utf-8")
    build(reports, to=tmp_path / "out")
    after = written(made)
    again = {name for name in after if after[name] != before.get(name)}
    assert again == {f"{partitions.bucket_of('沈阳市-2023', 1)}.nq", "region-2101.nq"}
    (reports / "沈阳市-2023.txt").unlink()
    build(reports, to=tmp_path / "out")
    assert "region-2101.nq" not in held(made)
    assert held(made) == held(build(reports, to=tmp_path / "fresh").files[0])


def test_what_was_tampered_with_or_lost_is_made_again(reports: Path, tmp_path: Path) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    right = held(made)
    with (made / "documents.nq").open("ab") as file:
        file.write(b"<a:b> <a:b> <a:b> <a:b> .\n")
    (made / "region-2107.nq").unlink()
    (made / "region-9999.nq").write_bytes(b"")
    kept = written(made)["region-2101.nq"]
    build(reports, to=tmp_path / "out")
    assert held(made) == right
    assert written(made)["region-2101.nq"] == kept


def test_a_build_that_is_killed_is_repaired_by_the_next(reports: Path, tmp_path: Path) -> None:
    whole = held(build(reports, to=tmp_path / "whole").files[0])
    chance = random.Random(5)
    for _ in range(4):
        run = subprocess.Popen([*command(reports, "-o", tmp_path / "out", "--format", "parts"), "--workers", "2"])
        time.sleep(chance.uniform(0.5, 5))
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert held(build(reports, to=tmp_path / "out").files[0]) == whole


def test_a_build_that_stops_while_files_take_their_names_is_repaired(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    for path in reports.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("锦凌水库", "白石水库"), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("jintu.folders.partitions.quads_files", _stop)
        with pytest.raises(KeyboardInterrupt):
            build(reports, to=tmp_path / "out")
    build(reports, to=tmp_path / "out")
    assert held(made) == held(build(reports, to=tmp_path / "fresh").files[0])


def _stop(folder: Path) -> dict[str, tuple[int, int]]:
    raise KeyboardInterrupt


def test_the_folder_is_a_graph_for_all_who_ask(reports: Path, tmp_path: Path) -> None:
    nq, made = build(reports, to=tmp_path / "out", formats=("nq", "parts")).files
    assert jintu.open(made).knowledge == jintu.open(nq).knowledge
    assert jintu.open(made).snapshot.names == jintu.open(nq).snapshot.names
    assert jintu.open(made).query("projects").table() == jintu.open(nq).query("projects").table() != ()
    assert rdf.check(made) == ()
    assert graphs.verify(made).mistakes == ()
    assert {name: set(map(str, said)) for name, said in rdf.graphs(made)} == {
        name: set(map(str, said)) for name, said in rdf.graphs(nq)
    }
    with pytest.raises(GraphError, match="its format names no graphs"):
        rdf.opened(made).replace([])


def test_a_server_loads_the_folder_as_it_is(reports: Path, tmp_path: Path) -> None:
    program = shutil.which("oxigraph", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if program is None:
        pytest.skip("no oxigraph on this machine: pip install oxigraph")
    (made,) = build(reports, to=tmp_path / "out").files
    database = tmp_path / "database"
    subprocess.run([program, "load", "--location", database, "--file", *made.glob("*.nq")], check=True)
    assert len(rdf.Store.read_only(str(database))) == len(lines(*made.iterdir()))


def test_a_broken_file_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.parts").mkdir()
    (tmp_path / "graph.parts" / "region-2107.nq").write_bytes(b"no quads\n")
    with pytest.raises(GraphError, match=r"region-2107\.nq: no N-Quads"):
        jintu.open(tmp_path / "graph.parts").query("projects")


def test_a_file_in_the_place_of_the_folder_is_left_there(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.parts").write_text("mine")
    with pytest.raises(JintuError, match="is no folder; move it away"):
        build(reports, to=tmp_path)
    assert (tmp_path / "graph.parts").read_text() == "mine"


@pytest.mark.parametrize("name", ["mine.nq", "documents-mine.nq", "load.log", "folder"])
def test_what_no_build_put_into_the_folder_is_left_there(name: str, reports: Path, tmp_path: Path) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    (made / name).mkdir()
    (reports / "沈阳市-2023.txt").unlink()
    with pytest.raises(JintuError, match=rf"graph\.parts: holds other files \({name}\); move them away"):
        build(reports, to=tmp_path / "out")
    (made / name).rename(made / f".{name}")
    assert build(reports, to=tmp_path / "out").files == (made,)
    assert (made / f".{name}").is_dir()


def test_a_build_of_other_formats_leaves_the_folder_as_it_is(reports: Path, tmp_path: Path) -> None:
    (made,) = build(reports, to=tmp_path / "out").files
    before = written(made)
    build(reports, to=tmp_path / "out", formats=("ttl",))
    build(reports, to=tmp_path / "out")
    assert written(made) == before


def test_reifiers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="parts: evidence is written as reifiers in ttl and nt alone"):
        folders.build([str(tmp_path)], tmp_path / "out", crew=Processes(1), formats=("parts",), reifiers=True)
