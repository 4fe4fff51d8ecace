"""Measure how the time and memory of annotating grow with the length of the text: a straight line, and a flat one.

    python tests/bench/length.py [--longest 50000000] [--tagger fast]

Texts of made-up names are read as one document on many lines and as many documents of 20,000 characters, each in a
process of its own. The time is that of the processor, less what starting takes. Names are remembered within bounds,
so a text of more names than that is somewhat slower; the command fails where a character of the longest text takes
over twice what one of the shortest takes.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from jintu import pipeline
from jintu.pipeline import Settings

SHARES = (100, 10, 1)  # the lengths measured are these parts of the longest
DOCUMENT = 20_000  # characters of a document among many: the length of a report
BOUND = 2.0
TITLE = "松江市政府工作报告\n——2024年1月5日在松江市第三届人民代表大会第二次会议上\n"
CHARACTERS = "云岭清溪松江北湖南山东河西塘金桥石龙白马青松长滩大兴永安太平新塘高岗平原红旗凤凰临泉广陵"
SENTENCES = (
    "{a}水库全面建成，总投资{n}.5亿元，群众出行和用水条件明显改善。",
    "扎实推进{a}提升行动，城镇居民人均可支配收入增长{m}.2%，居民消费价格保持稳定。",
    "{a}县人民医院获评全国卫生健康系统先进单位，基层服务能力有了新的提高。",
    "今年将开工建设{a}大桥，加快{b}产业园等项目前期工作，力争早日见到成效。",
    "各部门要提高认识，压实责任，把工作做细做实，让群众有更多的获得感。",
    "我们深知，发展不平衡不充分的问题仍然存在，一些干部的作风还不够扎实，必须直面问题，认真加以解决。",
    "面对复杂多变的形势，我们坚持稳中求进，统筹发展和安全，经济运行总体平稳，社会大局保持稳定。",
)


def lines(seed: int) -> Iterator[str]:
    """Yield lines of two to six sentences about made-up things, without end."""
    chance = random.Random(seed)
    while True:
        sentences = chance.choices(SENTENCES, k=chance.randint(2, 6))
        yield "".join(sentence.format(**_details(chance)) for sentence in sentences) + "\n"


def _details(chance: random.Random) -> dict[str, object]:
    names = {key: "".join(chance.choices(CHARACTERS, k=chance.randint(2, 3))) for key in "abc"}
    return {**names, "n": chance.randint(2, 900), "m": chance.randint(1, 9)}


def report(characters: int, *, seed: int) -> str:
    """Return the text of a report of about so many characters."""
    pieces = [TITLE]
    length = len(TITLE)
    for line in lines(seed):
        pieces.append(line)
        length += len(line)
        if length >= characters:
            return "".join(pieces)
    raise AssertionError("lines have an end")


def measured(folder: Path, tagger: str) -> tuple[float, int]:
    """Return the processor's seconds for annotating a folder, and the peak memory in MB."""
    with TemporaryDirectory() as place:
        short = Path(place) / "short.txt"
        short.write_text(report(1_000, seed=0), encoding="utf-8")
        started = _seconds(short, tagger)
    return _seconds(folder, tagger) - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _seconds(source: Path, tagger: str) -> float:
    start = time.process_time()
    for _ in pipeline.annotate([str(source)], Settings(tagger="full" if tagger == "full" else "fast"), []):
        pass
    return time.process_time() - start


def write(folder: Path, characters: int, *, each: int) -> int:
    """Write documents of so many characters each; return the characters written."""
    total = 0
    while total < characters:
        text = report(each, seed=total)
        (folder / f"report-{total}.txt").write_text(text, encoding="utf-8")
        total += len(text)
    return total


def growth(longest: int, tagger: str, *, alone: bool) -> float:
    """Print a line for each length; return how many times what one of the shortest takes one of the longest takes."""
    rates = []
    for share in SHARES:
        characters = longest // share
        with TemporaryDirectory() as place, ProcessPoolExecutor(1, get_context("spawn")) as process:
            written = write(Path(place), characters, each=characters if alone else DOCUMENT)
            seconds, peak = process.submit(measured, Path(place), tagger).result()
        rates.append(seconds / written)
        print(f"{written:>12,} characters {seconds:>8.1f} s {written / seconds:>10,.0f} a second {peak:>6,} MB at most")
    return rates[-1] / rates[0]


def main() -> None:
    """Print the growth of time and memory for one document and for many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=50_000_000, metavar="CHARACTERS")
    parser.add_argument("--tagger", choices=("full", "fast"), default="fast")
    choices = parser.parse_args()
    ratios = []
    for alone, name in ((True, "one document"), (False, "documents of 20,000 characters")):
        print(name)
        ratios.append(growth(choices.longest, choices.tagger, alone=alone))
        print(f"a character of the longest takes {ratios[-1]:.2f} times what one of the shortest takes")
    sys.exit(int(max(ratios) > BOUND))


if __name__ == "__main__":
    main()
