"""Measure building a folder: first, unchanged, one document changed, one worker against two, dask against processes.

    python tests/bench/folders.py [--documents 192] [--tagger fast] [--dask] [--json FILE]

To Turtle, each build a process of its own. Machines are noisy: read the ratios and the processor's seconds beside the
seconds that passed. The documents are the reports in ../shared where that folder is.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

REPORTS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"
RUN = "from jintu.cli import main; main()"


def build(folder: Path, to: Path, tagger: str, *options: str) -> tuple[float, float]:
    """Build once; return the seconds that passed and those of all processors."""
    words = ["build", str(folder), "-o", str(to), "--format", "ttl", "--tagger", tagger, *options]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", RUN, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    passed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(work: Path, documents: int, tagger: str, *, dask: bool) -> Iterator[tuple[str, float, float]]:
    """Yield the name of each build with its seconds and those of the processors."""
    reports, out = work / "reports", work / "out"
    reports.mkdir()
    for path in sorted(REPORTS.glob("*.txt"))[:documents]:
        shutil.copy(path, reports)
    yield "first build, 2 workers", *build(reports, out, tagger, "--workers", "2")
    yield "nothing changed", *build(reports, out, tagger, "--workers", "2")
    with min(reports.iterdir()).open("a", encoding="utf-8") as report:
        report.write("\n新建水厂一座。\n")
    yield "one document changed", *build(reports, out, tagger, "--workers", "2")
    yield "first build, 1 worker", *build(reports, work / "one", tagger, "--workers", "1")
    if dask:
        yield (
            "first build, 2 dask workers",
            *build(reports, work / "dask", tagger, "--workers", "2", "--scheduler", "local"),
        )


def main() -> None:
    """Print the seconds of each build, the ratios, and the largest process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=192)
    parser.add_argument("--tagger", choices=("fast", "full"), default="fast")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    measured: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        for name, passed, worked in rows(Path(folder), chosen.documents, chosen.tagger, dask=chosen.dask):
            measured[name] = round(passed, 2)
            print(f"{passed:8.1f} s {worked:8.1f} s of processors  {name}", flush=True)
    two, one = measured["first build, 2 workers"], measured["first build, 1 worker"]
    print(f"2 workers against 1: {one / two:.2f} times; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if chosen.dask:
        print(f"dask against 2 workers: {measured['first build, 2 dask workers'] / two:.2f} times the seconds")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest process: {largest} MB")
    if chosen.json:
        chosen.json.write_text(
            json.dumps(measured | {"largest process, MB": largest}, indent=2) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
