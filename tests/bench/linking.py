"""Measure how long it takes to link the 192 reports of the corpus, and how that grows with their number.

    python tests/bench/linking.py [--tagger fast]

Reading comes first and is not counted. The time is that of the processor, for one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from jintu import pipeline
from jintu.link import Linker, lift
from jintu.model import Reading
from jintu.pipeline import Failure, Settings
from jintu.read import find

REPORTS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"


def seconds(readings: Sequence[Reading], linker: Linker) -> tuple[float, float]:
    """Return the processor's seconds for linking and for lifting."""
    start = time.process_time()
    entities, links = linker(readings)
    linked = time.process_time()
    lift(readings, entities, links)
    return linked - start, time.process_time() - linked


def main() -> None:
    """Print a line for a quarter, a half and all of the reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", choices=("full", "fast"), default="fast")
    tools = pipeline.prepare(Settings(tagger=parser.parse_args().tagger))
    failures: list[Failure] = []
    readings = tuple(pipeline.readings(find([str(REPORTS)])[0], tools, failures))
    for share in (4, 2, 1):
        some = readings[: len(readings) // share]
        link, lifted = seconds(some, Linker(tools.divisions))
        characters = sum(len(reading.document.text) for reading in some)
        mentions = sum(len(reading.mentions) for reading in some)
        print(f"{len(some)} reports, {characters:,} characters, {mentions:,} mentions:", end=" ")
        print(f"linked in {link:.1f} s, lifted in {lifted:.1f} s")


if __name__ == "__main__":
    main()
