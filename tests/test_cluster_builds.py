"""A cluster of real processes on loopback gives the same bytes, also when a worker dies on the way."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from folder_samples import count, die
from jintu import folders
from jintu.errors import JintuError
from jintu.folders import Cluster, Processes
from jintu.folders.cluster import LEAST
from jintu.folders.crew import DONE, Job
from jintu.folders.running import Progress
from jintu.pipeline import Settings

pytest.importorskip("distributed", reason="needs the extra cluster")
dask = pytest.importorskip("dask", reason="needs the extra cluster")

FAST = Settings(tagger="fast")
MODULE = Path(__file__).parents[1] / "graph"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, place in enumerate(("锦州市", "沈阳市", "大连市", "鞍山市", "抚顺市", "丹东市")):
        text = f"{place}政府工作报告\n——2023年1月{number + 1}日\n{place}中心医院投用，水厂总投资{number + 1}亿元。\n"
        text += "我们坚持稳中求进。\n" * (LEAST // 20)  # so long that it is a task by itself
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "PYTHONPATH": str(MODULE)}
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    scheduler = subprocess.Popen(start, env=environment, stderr=subprocess.DEVNULL)
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    work += ["--no-nanny", "--local-directory", str(tmp_path / "scratch")]
    workers = [subprocess.Popen(work, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def build(reports: Path, to: Path, crew: folders.Crew, watch: folders.Watch | None = None) -> dict[str, bytes]:
    made = folders.build([str(reports)], to, crew=crew, formats=("ttl", "trig", "parts"), settings=FAST, watch=watch)
    assert made.failures == ()
    turtle, trig, parts = made.files
    return {path.name: path.read_bytes() for path in (turtle, trig, *parts.iterdir())}


@pytest.mark.parametrize("stage", ["reading", "writing partitions"])
def test_a_worker_that_is_killed_midway_loses_nothing(
    stage: str, reports: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    killed = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.stage == stage and progress.done == 2 and not killed.is_set():
            workers[0].send_signal(signal.SIGKILL)
            killed.set()

    made = build(reports, tmp_path / "many", Cluster(address), watch)
    assert killed.is_set()
    assert workers[0].wait(timeout=30) == -signal.SIGKILL
    assert {"documents.nq", "gazetteer.nq", "region-2101.nq", "region-2107.nq"} < made.keys()
    assert made == build(reports, tmp_path / "one", Processes(1))


def test_a_job_that_takes_its_worker_with_it_is_named_and_no_other_is_lost_or_done_again(tmp_path: Path) -> None:
    kept = [tmp_path / "first", tmp_path / "last"]
    deadly = Job("deadly", die, (signal.SIGKILL,), tmp_path / "deadly")
    jobs = [Job("first", count, (), kept[0]), deadly, Job("last", count, (), kept[1])]
    once = dask.config.set({"distributed.scheduler.allowed-failures": 0})  # workers that a job may take with it
    with once, closing(Cluster("local", 1)) as crew:
        outcomes = {job.name: outcome for job, outcome in crew(jobs)}
    assert outcomes["first"] == outcomes["last"] == DONE
    assert outcomes["deadly"].reason.startswith("deadly: the workers that took it died (KilledWorker)")
    assert [path.read_text() for path in kept] == ["made\n", "made\n"]


def test_an_address_where_nobody_answers_is_named(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jintu.folders.cluster.PATIENCE", 1)
    before = time.monotonic()
    with pytest.raises(JintuError, match="no dask scheduler answers"):
        build(reports, tmp_path / "out", Cluster("tcp://127.0.0.1:9"))
    assert time.monotonic() - before < 60
