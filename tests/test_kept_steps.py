"""What a build keeps may be damaged, late or of another version: the next build is right all the same."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import jintu
from folder_samples import FAST, TEXTS, Here, build_here
from jintu import folders, ontology
from jintu.errors import JintuError
from jintu.folders import Built
from jintu.folders.crew import DONE, Job, Outcome
from jintu.folders.fingerprint import code_digest, fingerprint
from jintu.folders.fresh import Stamp
from jintu.folders.running import Progress
from jintu.graphs import verify
from jintu.pipeline import Settings

KINDS = ("documents", "names", "matches", "closed", "meeting", "entities", "places", "chapters")
DAMAGES = {
    "empty": b"",
    "short": b"[]",
    "zeros": b"\0" * 100,
    "no index": b"{" * 80 + b"%20d" % 40,
    "cut": b"%20d" % 99,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_step_that_was_damaged_is_made_again(damage: bytes, reports: Path, tmp_path: Path) -> None:
    (made,) = build_here(reports, to=tmp_path / "out").files
    right = made.read_bytes()
    made.unlink()
    for kind in KINDS:
        for path in (tmp_path / "out/.jintu/graph" / kind).iterdir():
            path.write_bytes(damage)
    assert build_here(reports, to=tmp_path / "out").failures == ()
    assert made.read_bytes() == right


def test_parts_are_made_again_where_steps_were_damaged(reports: Path, tmp_path: Path) -> None:
    (made,) = build_here(reports, to=tmp_path / "out", formats=("parts",)).files
    right = {path.name: path.read_bytes() for path in made.iterdir()}
    (made / "documents.nq").unlink()
    for path in (tmp_path / "out/.jintu/graph/chapters").iterdir():
        path.write_bytes(b"")
    build_here(reports, to=tmp_path / "out", formats=("parts",))
    assert {path.name: path.read_bytes() for path in made.iterdir()} == right


@pytest.mark.parametrize("other", ["锦州市-2022", "沈阳市-2023"])
def test_a_text_that_a_stopped_build_kept_is_not_taken_for_another_version(
    other: str, reports: Path, tmp_path: Path
) -> None:
    (made,) = build_here(reports, to=tmp_path / "out").files
    report = reports / "锦州市-2022.txt"
    report.write_text(TEXTS["锦州市-2022"].replace("推动", "全市上下共同推动"), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        _build_until("reading", reports, tmp_path / "out", _stop)
    report.write_text(TEXTS["锦州市-2022"], encoding="utf-8")
    with (reports / f"{other}.txt").open("a", encoding="utf-8") as file:
        file.write("凌海市获奖。\n" * (other != report.stem))
    assert build_here(reports, to=tmp_path / "out").failures == ()
    assert verify(made).mistakes == ()
    assert (tmp_path / "out/sources/graph/锦州市-2022.txt").read_text(encoding="utf-8") == TEXTS["锦州市-2022"]
    assert made.read_bytes() == build_here(reports, to=tmp_path / "fresh").files[0].read_bytes()


def test_a_text_that_changes_while_it_is_worked_on_cannot_prove_a_graph(reports: Path, tmp_path: Path) -> None:
    kept = tmp_path / "out/sources/graph/沈阳市-2023.txt"

    def change() -> None:
        kept.write_text(kept.read_text(encoding="utf-8").replace("地铁", "公交"), encoding="utf-8")

    with pytest.raises(JintuError, match="nothing was written"):
        _build_until("making places", reports, tmp_path / "out", change)
    assert build_here(reports, to=tmp_path / "out").failures == ()
    assert kept.read_text(encoding="utf-8") == TEXTS["沈阳市-2023"]


def _build_until(stage: str, reports: Path, to: Path, change: Callable[[], None]) -> None:
    """Build, and let something happen in a stage."""

    def watch(progress: Progress) -> None:
        if progress.stage == stage:
            change()

    folders.build([str(reports)], to, crew=Here(), formats=("ttl",), settings=FAST, watch=watch)


def _stop() -> None:
    raise KeyboardInterrupt


class Late(Here):
    """Say of some jobs that they are done before they are, as where a shared folder shows files late, or never."""

    def __init__(self, step: str, *, never: bool = False) -> None:
        super().__init__()
        self.step, self.never = step, never

    def __call__(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        late = [job for job in jobs if job.step.__name__ == self.step and "沈阳" not in job.name]
        yield from ((job, DONE) for job in late)
        yield from super().__call__([job for job in jobs if job not in late])
        for job in late:
            assert self.never or job() == DONE


@pytest.mark.parametrize("step", ["read", "gather_region", "say_region", "write"])
def test_files_that_are_seen_late_are_waited_for(step: str, reports: Path, tmp_path: Path) -> None:
    made = build_here(reports, to=tmp_path / "out", crew=Late(step), formats=("nq", "parts"))
    assert made.failures == ()
    assert made.files[0].read_bytes() == build_here(reports, to=tmp_path / "o", formats=("nq",)).files[0].read_bytes()


def test_what_is_never_seen_is_named(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jintu.folders.running.PATIENCE", 0)
    made = build_here(reports, to=tmp_path / "out", crew=Late("read", never=True))
    assert [Path(failure.source).stem for failure in made.failures] == ["锦州市-2022", "锦州市-2023"]
    for failure in made.failures:
        assert re.search(r"out/\.jintu/graph/documents/\w+ .*not seen.*check that all machines share", failure.reason)
    with pytest.raises(JintuError, match=r"region \w+: .*graph/chapters/\w+ .*not seen here"):
        build_here(reports, to=tmp_path / "out", crew=Late("say_region", never=True))


def test_a_worker_that_stays_knows_what_has_changed_since_another_build(reports: Path, tmp_path: Path) -> None:
    table, data = tmp_path / "corrections.tsv", tmp_path / "ontology"
    shutil.copytree(ontology.load().root, data)
    settings = Settings(tagger="fast", corrections=table, ontology=data)

    def build(to: str) -> Built:
        return folders.build([str(reports)], tmp_path / to, crew=Here(), formats=("ttl",), settings=settings)

    table.write_text("kind\t渤海大学\tInstitution\n", encoding="utf-8")
    build("out")
    table.write_text("not-a-name\t渤海大学\nsame\t锦凌水库\t市中心医院\n", encoding="utf-8")
    (made,) = build("out").files
    memory = jintu.write(jintu.build(reports, settings=settings), tmp_path / "memory.ttl")
    assert made.read_bytes() == memory.read_bytes()
    shapes = data / "shapes.ttl"
    strict = "jt:Strict a sh:NodeShape ; sh:targetClass jt:Place ; sh:property [ sh:path jt:none ; sh:minCount 1 ] .\n"
    shapes.write_text(shapes.read_text(encoding="utf-8") + strict, encoding="utf-8")
    with pytest.raises(JintuError, match="shapes are broken"):
        build("out")


def test_what_the_package_brings_along_is_looked_at_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that builds again after a table was edited agrees with workers that start only then."""
    monkeypatch.setattr(ontology, "PACKAGED", tmp_path / ontology.PACKAGED.name)
    shutil.copytree(ontology.CHECKOUT, ontology.PACKAGED)
    before = code_digest(), fingerprint(FAST, code_digest())
    with (ontology.PACKAGED / "lists/openers.tsv").open("a", encoding="utf-8") as table:
        table.write("首届\town\n")
    after = code_digest(), fingerprint(FAST, code_digest())
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_worker_with_other_code_refuses_jobs(tmp_path: Path) -> None:
    outcome = Job("a", Path.touch, (), tmp_path / "a", stamp=Stamp("any", "other"))()
    assert outcome.fatal
    assert "runs another version of jintu than this build" in outcome.reason
    assert not (tmp_path / "a").exists()
