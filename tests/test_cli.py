"""The commands, as real processes: what they print, what they refuse, what they leave untouched."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "corpus" / "jinzhou-2023.txt"
TEXT = "锦州市政府工作报告\n——2023年1月4日\n锦州医科大学新校区开工建设。黑山镇派出所被命名为全国“枫桥式公安派出所”。\n"


def jintu(*words: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = "from jintu.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=300, env={**os.environ, **environment}
    )


def complaint(run: subprocess.CompletedProcess[bytes], *, status: int = 1) -> str:
    said = run.stderr.decode()
    assert run.returncode == status, said
    assert "Traceback" not in said
    return said


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "锦州市-2023.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_build_writes_turtle_page_and_graphml(report: Path, tmp_path: Path) -> None:
    run = jintu("build", report, "-o", tmp_path / "out", "--tagger", "fast")
    assert run.returncode == 0, run.stderr.decode()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "锦州市-2023.graphml",
        "锦州市-2023.html",
        "锦州市-2023.ttl",
    ]
    assert "锦州市, 2023" in run.stderr.decode()
    assert "tagger fast" in run.stderr.decode()


def test_evidence_is_written_as_reifiers_where_asked(report: Path, tmp_path: Path) -> None:
    reifiers = ("--evidence", "reifier", "--tagger", "fast")
    run = jintu("build", report, "-o", tmp_path / "out", "--format", "ttl,nt,html", *reifiers)
    assert run.returncode == 0, run.stderr.decode()
    for ending in ("ttl", "nt"):
        assert "<<( <" in (tmp_path / "out" / f"锦州市-2023.{ending}").read_text(encoding="utf-8")
    assert jintu("verify", tmp_path / "out" / "锦州市-2023.ttl", report).returncode == 0
    said = complaint(jintu("build", report, "-o", tmp_path / "no", "--format", "ttl,trig", *reifiers))
    assert "trig: evidence is written as reifiers in ttl and nt alone" in said
    assert not (tmp_path / "no").exists()


def test_same_bytes_in_another_order_hash_seed_and_locale(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.txt"
    other.write_text("沈阳市政府工作报告\n2022年，沈阳市实施城市更新行动，地铁4号线开工建设。", encoding="utf-8")
    fast = ("--tagger", "fast")
    first = jintu("build", report, other, "-o", tmp_path / "1", *fast, PYTHONHASHSEED="1", LC_ALL="C")
    second = jintu("build", other, report, "-o", tmp_path / "2", *fast, PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert first.returncode == second.returncode == 0, first.stderr.decode()
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert names == ["graph.graphml", "graph.html", "graph.ttl"]
    assert all((tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes() for name in names)


def test_standard_input_is_read(tmp_path: Path) -> None:
    run = jintu("build", "-", "-o", tmp_path, "--format", "ttl", "--tagger", "fast", stdin=TEXT.encode())
    assert run.returncode == 0, run.stderr.decode()
    assert (tmp_path / "stdin.ttl").exists()


def test_a_bad_file_is_named_and_the_others_are_built(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.txt").write_bytes("水库".encode() + b"\xff\xff\xff")
    run = jintu("build", tmp_path, tmp_path / "no.txt", "-o", tmp_path / "out", "--format", "ttl", "--tagger", "fast")
    said = complaint(run)
    assert "empty.txt: holds no text" in said
    assert "broken.txt: not text" in said
    assert "no.txt: no such file" in said
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_what_was_there_stays_when_nothing_can_be_built(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("kept", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"\x00\xff")
    complaint(jintu("build", tmp_path / "a.txt", "-o", tmp_path, "--name", "graph", "--tagger", "fast"))
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == "kept"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["build"], 2, "Missing argument"),
        (["build", "a.txt", "--format", "docx"], 2, '"docx" is none of'),
        (["build", "a.txt", "--year", "20"], 2, "20"),
        (["build", "a.txt", "--store", "kg", "--format", "ttl", "-o", "out"], 2, "leave out -o, --format, or --store"),
        (
            ["build", "a.txt", "--store", "kg", "--workers", "4"],
            2,
            "one process fills a store; leave out --workers, or",
        ),
        (["nosuch"], 2, "No such command"),
        (["build", "no.txt"], 1, "no.txt: no such file"),
        (["query", "no.ttl", "ASK {}"], 1, "no.ttl"),
        (["check", "no.ttl"], 1, "no.ttl"),
        (["show", "no.ttl"], 1, "no.ttl"),
        (["verify", "no.ttl", "no.txt"], 1, "no.ttl"),
        (["annotate", "no.txt"], 1, "no.txt: no such file"),
    ],
)
def test_wrong_words_get_one_clear_line(words: list[str], status: int, said: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from jintu.cli import main; main()", *words],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert said in complaint(run, status=status)
    assert list(tmp_path.iterdir()) == []


def test_ontology_with_a_wrong_row_is_named(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(Path(__file__).parents[1] / "ontology", folder)
    table = folder / "gazetteers" / "names.tsv"
    row = "\t".join(["水塔", "Organization", *[""] * 9][: len(_columns(table))])
    table.write_text(table.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    said = complaint(jintu("build", report, "-o", tmp_path / "out", "--ontology", folder, "--tagger", "fast"))
    assert "gazetteers/names.tsv:" in said
    assert '"Organization"' in said
    assert "did you mean" in said
    assert not (tmp_path / "out").exists()


def _columns(table: Path) -> list[str]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line and not line.startswith("#")).split("\t")


def test_annotate_prints_the_text_itself_with_true_offsets(report: Path) -> None:
    run = jintu("annotate", report, "--tagger", "fast")
    (row,) = [json.loads(line) for line in run.stdout.splitlines()]
    assert row["doc"] == "锦州市-2023"
    assert row["text"] == TEXT
    assert all(TEXT[name["start"] : name["end"]] == name["text"] for name in row["entities"])
    names = {(name["text"], name["type"], name["nested"]) for name in row["entities"]}
    assert ("黑山镇派出所", "INST", False) in names
    assert ("黑山镇", "PLACE", True) in names
    assert ["黑山镇派出所", "locatedIn", "黑山镇"] in row["facts"]
    assert all(name["id"] for name in row["entities"])


def test_a_graph_answers_checks_and_verifies(report: Path, tmp_path: Path) -> None:
    assert jintu("build", report, "-o", tmp_path, "--format", "ttl", "--tagger", "fast").returncode == 0
    graph = tmp_path / "锦州市-2023.ttl"
    asked = jintu("query", graph, "SELECT ?label { ?p a jt:Institution ; rdfs:label ?label }", "--format", "csv")
    assert "黑山镇派出所" in asked.stdout.decode(), asked.stderr.decode()
    assert jintu("check", graph).returncode == 0
    assert jintu("verify", graph, report).returncode == 0
    shown = jintu("show", graph).stdout.decode()
    assert "Institution" in shown
    assert "Left out" in shown


def test_a_changed_source_is_found_out(report: Path, tmp_path: Path) -> None:
    assert jintu("build", report, "-o", tmp_path, "--format", "ttl", "--tagger", "fast").returncode == 0
    report.write_text(TEXT.replace("黑山镇", "黑山县"), encoding="utf-8")
    said = complaint(jintu("verify", tmp_path / "锦州市-2023.ttl", report))
    assert "锦州市-2023: the source has changed since the graph was built; build again" in said
    assert "is gone" not in said
    assert all("黑山县" in line for line in said.splitlines()[1:-1])


STOPPED = """
import contextlib, signal
from jintu.cli import building, main
told = lambda *_: contextlib.nullcontext(lambda _: signal.raise_signal(signal.SIGINT))
building.build_progress = building.progress = told
main()
"""


def stopped(*words: str | Path) -> str:
    """Run a command that Ctrl-C stops when its first document is read; return what it says."""
    command = [sys.executable, "-c", STOPPED, *map(str, words)]
    return complaint(subprocess.run(command, capture_output=True, check=False, timeout=300)).strip()


def test_a_command_that_is_stopped_says_so_and_whether_it_goes_on(report: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    report.rename(tmp_path / "in" / report.name)
    build = ("build", tmp_path / "in", "-o", tmp_path / "out", "--format", "ttl", "--tagger", "fast")
    assert stopped(*build) == "jintu: stopped; the same command goes on where it stood"
    assert stopped("annotate", tmp_path / "in", "--tagger", "fast") == "jintu: stopped"
    (kept,) = (tmp_path / "out/.jintu" / report.stem / "documents").iterdir()
    before = kept.stat().st_mtime_ns
    assert jintu(*build).returncode == 0
    assert kept.stat().st_mtime_ns == before


SAMPLED = Path(__file__).parents[1] / "outputs" / "sample" / "jinzhou-2023.ttl"


@pytest.mark.parametrize(
    ("words", "said", "unsaid"),
    [
        (["projects", "--place", "锦州市", "--min", "1亿元", "--format", "csv"], "锦州海洋生态保护修复项目", "公园"),
        (["projects", "--format=csv", "--status=开工"], "古塔公园改造工程", "锦州海洋生态保护修复项目"),
        (["DESCRIBE <division/210700>", "--format", "jsonld"], '"rdfs:label": "锦州市"', "黑山县"),
        (["CONSTRUCT { ?p a jt:Project } { ?p a jt:Project }", "--format", "nt"], "ontology#Project>", "prefix"),
        (["ASK { ?p a jt:Project }", "--format", "json"], '"boolean":true', "false"),
        (["SELECT ?n { <division/210700> rdfs:label ?n }", "--format", "xml"], "<literal xml:lang", "黑山县"),
        (["projects", "--min", "1亿元", "--explain"], "?sum rdf:predicate jt:investment", "VALUES ?min { UNDEF }"),
        (["evidence", "--name", "小凌河", "--explain"], "# param: name", "# expect"),
    ],
)
def test_a_question_takes_its_parameters_as_options(words: list[str], said: str, unsaid: str) -> None:
    run = jintu("query", SAMPLED, *words)
    assert run.returncode == 0, run.stderr.decode()
    assert said in run.stdout.decode()
    assert unsaid not in run.stdout.decode()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["projects", "--plaec", "锦州市"], 1, 'no parameter "plaec"; it has place, status, year, min'),
        (["projects", "--min", "5万亩"], 1, "write a sum of yuan"),
        (["projects", "--min"], 2, "--min has no value"),
        (["--min", "1", "projects"], 2, "name the question before its parameter --min"),
        (["projects", "锦州市"], 2, '"锦州市" is no parameter'),
        (["projects", "--format", "ttl"], 1, "cannot be written as ttl; choose csv, tsv, json, xml"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(words: list[str], status: int, said: str) -> None:
    assert said in complaint(jintu("query", SAMPLED, *words), status=status)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["projects", "--place", "锦洲市"], 'nothing matches place "锦洲市"; of places the graph knows 锦州市、'),
        (["SELECT * { ?s jt:none ?o }", "--format", "json"], "no rows\n"),
        (["ASK { ?s jt:none ?o }"], ""),
        (["honours"], ""),
    ],
)
def test_an_answer_without_rows_says_so(words: list[str], said: str) -> None:
    run = jintu("query", SAMPLED, *words)
    assert run.returncode == 0
    assert run.stderr.decode().startswith(said)
    assert len(run.stderr.decode().splitlines()) == bool(said)


@pytest.mark.parametrize("query", ["SELECT * { ?s", "no-such-question", "INSERT DATA { <a:b> <a:b> <a:b> }"])
def test_a_query_that_cannot_run_is_refused(query: str, report: Path, tmp_path: Path) -> None:
    assert jintu("build", report, "-o", tmp_path, "--format", "ttl", "--tagger", "fast").returncode == 0
    complaint(jintu("query", tmp_path / "锦州市-2023.ttl", query))


@pytest.mark.parametrize(
    ("verb", "words", "status"), [("table", ["--format", "csv"], 1), ("html", [], 1), ("diff", [SAMPLED], 2)]
)
def test_every_verb_names_what_it_cannot_write(verb: str, words: list[str], status: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    below = tmp_path / "file" / ("" if verb == "table" else "x.html")
    said = complaint(jintu(verb, SAMPLED, *words, "-o", below), status=status)
    assert said.startswith(f"jintu: {tmp_path / 'file'}: cannot be made a folder (")
    assert len(said.splitlines()) == 1


def test_a_graph_that_is_no_rdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("this is no Turtle <", encoding="utf-8")
    for verb in ("check", "show"):
        assert "a.ttl" in complaint(jintu(verb, path))


def test_every_verb_has_help_with_an_example() -> None:
    verbs = ("build", "annotate", "evaluate", "query", "questions", "check", "verify", "show")
    for verb in verbs:
        said = jintu(verb, "--help").stdout.decode()
        assert f"jintu {verb} " in said or f"jintu {verb}\n" in said, verb


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_an_answer_that_cannot_be_written_is_said_in_one_line() -> None:
    graph = SAMPLE.parents[2] / "outputs" / "sample" / "jinzhou-2023.ttl"
    code = f"import sys; sys.argv = ['jintu', 'query', {str(graph)!r}, 'projects']; from jintu.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr.decode()) == (
        1,
        "jintu: the answer cannot be written: No space left on device\n",
    )


def test_a_parameter_that_is_given_twice_is_refused() -> None:
    graph = SAMPLE.parents[2] / "outputs" / "sample" / "jinzhou-2023.ttl"
    said = complaint(jintu("query", graph, "projects", "--place", "锦州市", "--place", "黑山县"), status=2)
    assert "--place is given twice" in said


def test_a_graph_of_others_is_known_as_such(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text('<https://example.org/a> <https://example.org/b> "c" .', encoding="utf-8")
    assert "holds no document that jintu read" in complaint(jintu("show", other))
    assert "is a graph and no document" in complaint(jintu("build", other, "-o", tmp_path / "out"))
    asked = jintu("query", other, "projects")
    assert "the graph holds no document that jintu read" in asked.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_difference_that_cannot_be_written_is_no_difference() -> None:
    here = SAMPLE.parents[2]
    words = ["jintu", "diff", str(here / "outputs/sample/jinzhou-2023.ttl"), str(here / "tests/golden/knowledge.ttl")]
    code = f"import sys; sys.argv = {words}; from jintu.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2, run.stderr.decode()


def test_a_closed_output_is_no_mistake() -> None:
    graph = SAMPLE.parents[2] / "outputs" / "sample" / "jinzhou-2023.ttl"
    code = f"import sys; sys.argv = ['jintu', 'query', {str(graph)!r}, 'projects']; from jintu.cli import main; main()"
    run = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -c "$0" >&-', code], stderr=subprocess.PIPE, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")
