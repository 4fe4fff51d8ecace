"""Reports of three places, and ways to build them as a folder."""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from jintu import folders
from jintu.folders import Built, Crew
from jintu.folders.crew import Job, Outcome
from jintu.pipeline import Settings

FAST = Settings(tagger="fast")
TEXTS = {
    "锦州市-2022": "锦州市政府工作报告\n——2022年1月4日\n推动锦凌水库供水工程开工。渤海大学新校区投用，渤大获奖。\n",
    "锦州市-2023": "锦州市政府工作报告\n——2023年1月4日\n锦凌水库供水工程竣工。市中心医院总投资5.32亿元，黑山县获奖。\n",
    "沈阳市-2023": "沈阳市政府工作报告\n——2023年1月5日\n地铁4号线开工建设。援助那曲市。外贸增长3.6%。\n",
}


class Here:
    """Run jobs in this process, whose taggers are loaded once for all tests, and fail where that is asked for."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing

    def __call__(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        for job in jobs:
            yield job, Outcome("broken") if job.step.__name__ == self.failing else job()

    def close(self) -> None:
        """Let nobody go."""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Write the reports into a folder."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def build_here(*words: Path, to: Path, crew: Crew | None = None, formats: Sequence[str] = ("ttl",)) -> Built:
    """Build with the fast tagger, in this process where no crew is named."""
    return folders.build([str(word) for word in words], to, crew=crew or Here(), formats=formats, settings=FAST)


def die(number: int, target: Path) -> None:
    """Let a signal end the process that should make ``target``."""
    signal.raise_signal(number)


def leave_process(target: Path) -> None:
    """Write into ``target`` which process makes it, and let another one have the next job."""
    time.sleep(0.2)
    target.write_text(str(os.getpid()), encoding="utf-8")


def count(target: Path) -> None:
    """Make ``target``, which grows whenever it is made again."""
    with target.open("a") as file:
        file.write("made\n")


def command(*words: str | Path) -> list[str]:
    """Return the command that builds with the fast tagger."""
    return [sys.executable, "-c", "from jintu.cli import main; main()", "build", *map(str, words), "--tagger", "fast"]
