"""Long documents and large regions: worked on in pieces that change no byte, and in memory that does not grow."""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import jintu
from folder_samples import Here
from growth_samples import FAST, PARTS, TITLE, grown, read_a_text, say_a_region
from jintu import folders, rdf, segment
from jintu.folders import Built, regions
from jintu.graphs import verify
from jintu.model import Kind

FORMATS = ("ttl", "nt", "nq", "trig")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "锦州市-2023.txt"
    path.write_text(TITLE + "".join(PARTS), encoding="utf-8")
    return path


def build(source: Path, to: Path) -> Built:
    return folders.build([str(source)], to, crew=Here(), formats=FORMATS, settings=FAST)


def written(made: Built) -> list[bytes]:
    return [path.read_bytes() for path in made.files]


def test_runs_and_slices_change_no_byte(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(build(report, tmp_path / "whole"))
    for name, most in (("RUN", 4), ("RUNS", 3), ("SLICE", 2), ("BATCH", 3)):
        monkeypatch.setattr(regions, name, most)
    assert written(build(report, tmp_path / "sliced")) == whole
    knowledge = jintu.build(report, settings=FAST)
    assert whole == [jintu.write(knowledge, tmp_path / f"memory.{ending}").read_bytes() for ending in FORMATS]


def test_a_long_document_is_said_with_all_its_sections(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = jintu.build(report, settings=FAST)
    monkeypatch.setattr(segment, "STRETCH", 60)
    made = build(report, tmp_path / "out")
    assert verify(made.files[0], [str(report)]).mistakes == ()
    assert rdf.check(jintu.open(made.files[0]).knowledge) == ()
    (document,) = jintu.open(made.files[0]).knowledge.documents
    assert document.sections == known.documents[0].sections
    assert {entity.id for entity in jintu.open(made.files[0]).knowledge.entities} >= {
        entity.id for entity in known.entities if entity.kind is Kind.INSTITUTION
    }


def test_a_short_name_means_the_long_one_in_another_stretch(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "STRETCH", 60)
    found = jintu.open(build(report, tmp_path / "out").files[0]).knowledge
    named = {link.entity for link in found.links if link.mention.text in ("锦州医科大学", "锦医大")}
    assert {link.mention.text for link in found.links} >= {"锦州医科大学", "锦医大"}
    assert len(named) == 1


def test_a_stretch_that_fails_takes_its_document_with_it(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "黑山县-2023.txt"
    other.write_text("黑山县政府工作报告\n2023年1月9日\n黑山县医院开工。\n", encoding="utf-8")
    monkeypatch.setattr(segment, "STRETCH", 60)
    crew = Here(failing="read_stretch")
    made = folders.build([str(report), str(other)], tmp_path / "out", crew=crew, formats=("ttl",), settings=FAST)
    assert [failure.reason for failure in made.failures] == ["broken"]
    assert [document.id for document in jintu.open(made.files[0]).knowledge.documents] == ["黑山县-2023"]


def test_a_region_of_more_runs_than_files_may_be_open_is_sorted(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report.write_text(TITLE + "".join(f"新增就业{number}人。\n" for number in range(300)), encoding="utf-8")
    whole = written(build(report, tmp_path / "whole"))
    monkeypatch.setattr(regions, "RUN", 1)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        assert written(build(report, tmp_path / "sorted")) == whole
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(("work", "bound"), [(read_a_text, 60), (say_a_region, 40)])
def test_memory_does_not_grow_with_what_is_read_or_said(
    work: Callable[[Path, int], None], bound: int, tmp_path: Path
) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        by = process.submit(grown, work, tmp_path).result()
    assert by < bound
