"""How fast whole documents are annotated, beside a yardstick of the same run: other programs slow both down."""

import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import jieba.posseg
import pytest

from jintu import pipeline
from jintu.pipeline import Settings
from jintu.read import document

SAMPLE = Path(__file__).parents[1] / "corpus" / "jinzhou-2023.txt"
TIMES = 8  # the sample, so that it is as long as a report
LEAST = 1.4  # times the yardstick; 2.1 to 3.5 on busy machines (2026-11)


def seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.clock
@pytest.mark.skipif(not find_spec("rjieba"), reason="without rjieba words are cut by the yardstick itself")
def test_annotating_in_the_fast_tier_outruns_jieba_telling_parts_of_speech() -> None:
    tools = pipeline.prepare(Settings(tagger="fast"))
    text = SAMPLE.read_text(encoding="utf-8") * TIMES

    def annotate() -> None:
        pipeline.annotation(pipeline.extract(document(text, tools.divisions), tools), tools)

    annotate()
    yardstick = seconds(lambda: list(jieba.posseg.cut(text)))
    assert seconds(annotate) * LEAST < yardstick
