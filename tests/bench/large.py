"""Measure building what is large: one long file and a folder of many, with the memory of all processes together.

    python tests/bench/large.py [--megabytes 200] [--files 3000] [--format ttl] [--workers 2] [--bound 1536]

Texts of made-up names, as ``length.py`` writes them; each build is a process with workers of its own. The memory is the
proportional set size of all of them, looked at once a second; the command fails where it was once above the bound.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.folders import RUN
from bench.length import DOCUMENT, lines, report, write

MEGABYTE = 1 << 20


def long_file(path: Path, size: int) -> int:
    """Write one document of about so many bytes; return its characters."""
    characters = written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(report(1_000, seed=0))
        for line in lines(1):
            characters += file.write(line)
            written += len(line.encode("utf-8"))
            if written >= size:
                break
    return characters


def memory(group: int) -> int:
    """Return the MB that the processes of a group hold, what they share counted once."""
    return sum(_held(process) for process in Path("/proc").glob("[0-9]*") if _group(process) == group) // 1024


def _group(process: Path) -> int:
    try:
        return int((process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2])
    except (OSError, IndexError):
        return 0


def _held(process: Path) -> int:
    try:
        rows = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))


def build(source: Path, to: Path, *options: str) -> tuple[float, int]:
    """Build; return the seconds that passed and the MB that all processes held at most.

    Raises:
        CalledProcessError: with the exit status of a build that failed.
    """
    start, most = time.perf_counter(), 0
    words = ["build", str(source), "-o", str(to), *options]
    running = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while running.poll() is None:
        most = max(most, memory(running.pid))
        time.sleep(1)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, words)
    return time.perf_counter() - start, most


def sources(work: Path, megabytes: int, files: int) -> Iterator[tuple[str, Path, int]]:
    """Yield what is built, with its characters, where any of it is asked for."""
    if megabytes:
        folder = work / "long"
        folder.mkdir()
        yield f"one file of {megabytes} MB", folder, long_file(folder / "report.txt", megabytes * MEGABYTE)
    if files:
        folder = work / "many"
        folder.mkdir()
        yield f"{files} files", folder, write(folder, files * DOCUMENT, each=DOCUMENT)


def main() -> None:
    """Print a line for each build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--format", default="ttl")
    parser.add_argument("--tagger", choices=("fast", "full"), default="fast")
    parser.add_argument("--workers", default="2")
    parser.add_argument("--bound", type=int, default=1536, help="MB")
    chosen = parser.parse_args()
    highest = 0
    with TemporaryDirectory() as place:
        for name, folder, characters in sources(Path(place), chosen.megabytes, chosen.files):
            options = ("--format", chosen.format, "--tagger", chosen.tagger, "--workers", chosen.workers)
            seconds, most = build(folder, Path(place) / f"{folder.name}-out", *options)
            highest = max(highest, most)
            print(
                f"{name}: {characters:,} characters in {seconds:,.0f} s, {characters / seconds:,.0f} a second, "
                f"{most:,} MB in all processes; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
                flush=True,
            )
    sys.exit(int(highest > chosen.bound))


if __name__ == "__main__":
    main()
