"""Read thousands of broken files of a format; print what came of them and what took longest.

python tests/bench/fuzz.py html pdf --files 20000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from read.mutants import FORMATS, mutant
from read.test_fuzz import outcome


def fuzz(format: str, numbers: range) -> int:
    """Read the files of a range of numbers; return how many raised anything but the error that users meet."""
    seen: Counter[str] = Counter()
    slowest, broken = (0.0, -1), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{format}"
        for number in numbers:
            path.write_bytes(mutant(format, number))
            start = time.perf_counter()
            try:
                seen[outcome(path)] += 1
            except Exception:  # the very thing that is looked for
                broken += 1
                print(f"{format} {number}:\n{traceback.format_exc(limit=-4)}", flush=True)
            slowest = max(slowest, (time.perf_counter() - start, number))
    print(f"{format}: {len(numbers)} files, {broken} tracebacks, slowest {slowest[0]:.1f} s (file {slowest[1]})")
    for what, count in seen.most_common(12):
        print(f"  {count:6} {what}", flush=True)
    return broken


def main() -> None:
    """Read the arguments and fuzz."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("formats", nargs="*", choices=FORMATS, default=FORMATS)
    asked.add_argument("--files", type=int, default=20_000)
    asked.add_argument("--first", type=int, default=0)
    words = asked.parse_args()
    numbers = range(words.first, words.first + words.files)
    raise SystemExit(min(1, sum(fuzz(format, numbers) for format in words.formats)))


if __name__ == "__main__":
    main()
