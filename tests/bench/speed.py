"""Measure how fast the stages are, beside jieba.posseg on the same text in the same run.

    python tests/bench/speed.py [--characters 60000] [--json FILE]

Machines are noisy: read the ratios, not the seconds. Each stage takes turns with the yardstick; each figure is the
median of five turns.
The text is that of the reports in ../shared where that folder is, else the sample repeated.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import jieba.posseg

from jintu import pipeline, publish
from jintu.model import Document
from jintu.pipeline import Settings, Tools
from jintu.read import document
from jintu.segment import segment

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "corpus" / "reports"
SAMPLE = ROOT / "tests" / "corpus" / "jinzhou-2023.txt"
RUNS = 5
HELP = "import sys; sys.argv = ['jintu', '-h']; from jintu.cli import main; main()"


def texts(characters: int) -> tuple[tuple[str, str], ...]:
    """Return names and texts, at least ``characters`` long in all."""
    paths = sorted(REPORTS.glob("*.txt")) or [SAMPLE]
    found: list[tuple[str, str]] = []
    while sum(len(text) for _, text in found) < characters:
        path = paths[len(found) % len(paths)]
        name = path.stem if len(found) < len(paths) else f"{path.stem}-{len(found)}"
        found.append((name, path.read_text(encoding="utf-8")))
    return tuple(found)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the median time of some runs: the processor's, which other programs lengthen least."""
    return statistics.median(_once(work, clock) for _ in range(RUNS))


def beside(work: Callable[[], object], yardstick: Callable[[], object]) -> tuple[float, float]:
    """Return the median time of some work, and of how often it fits into that of the yardstick, by turns."""
    turns = [(_once(yardstick), _once(work)) for _ in range(RUNS)]
    return statistics.median(taken for _, taken in turns), statistics.median(long / taken for long, taken in turns)


def _once(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def stages(tools: Tools, documents: tuple[Document, ...]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each stage of reading with its input made ready."""
    cut = [(found, segment(found)) for found in documents]
    named = [(found, sentences, tools.recognise(found, sentences)) for found, sentences in cut]
    readings = [pipeline.extract(found, tools) for found in documents]
    knowledge = pipeline.fold(readings, tools)
    yield "segment", lambda: [segment(found) for found in documents]
    yield "recognise", lambda: [tools.recognise(*one) for one in cut]
    yield "relate", lambda: [tools.relate(*one) for one in named]
    yield "annotate", lambda: [pipeline.annotation(pipeline.extract(found, tools), tools) for found in documents]
    yield "link and lift", lambda: pipeline.fold(readings, tools)
    yield "prove, check, write", lambda: _publish(knowledge)


def _publish(knowledge: object) -> None:
    with TemporaryDirectory() as folder:
        publish.publish(knowledge, Path(folder), name="bench", formats=("ttl", "html"))  # type: ignore[arg-type]


def start_up(code: str) -> float:
    """Return how long a new process takes for some code beyond an empty one."""
    return _process(code) - _process("")


def _process(code: str) -> float:
    command = [sys.executable, "-c", code]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), time.perf_counter)


def measure(characters: int) -> dict[str, float]:
    """Return characters a second a stage, ratios to jieba.posseg, start-up times and peak memory."""
    found = texts(characters)
    total = sum(len(text) for _, text in found)
    jieba.initialize()

    def yardstick() -> object:
        return [list(jieba.posseg.cut(text, HMM=True)) for _, text in found]

    figures: dict[str, float] = {"characters": total}
    figures["jieba.posseg, characters a second"] = round(total / seconds(yardstick))
    for tagger in ("fast", "full"):
        tools = pipeline.prepare(Settings(tagger=tagger))
        documents = tuple(document(text, tools.divisions, name=name) for name, text in found)
        for stage, work in stages(tools, documents):
            taken, times = beside(work, yardstick)
            figures[f"{tagger}: {stage}, characters a second"] = round(total / taken)
            figures[f"{tagger}: {stage}, times jieba.posseg"] = round(times, 2)
        figures[f"{tagger}: peak memory so far, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures["import jintu, seconds"] = round(start_up("import jintu"), 3)
    figures["jintu --help, seconds"] = round(start_up(HELP), 3)
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=60_000)
    parser.add_argument("--json", type=Path)
    choices = parser.parse_args()
    measured = measure(choices.characters)
    for name, figure in measured.items():
        print(f"{figure:>12}  {name}")
    if choices.json:
        choices.json.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
