"""Run the steps of a build that have not left their file yet."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jintu.errors import JintuError
from jintu.folders.crew import Crew, Job
from jintu.folders.shelf import Pieces, digest_of, pieces
from jintu.folders.works import Works
from jintu.pipeline import Settings

Left = TypeVar("Left")  # what a step leaves in its file, as a stage wants it


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a stage of a build is, and how many characters were read so far."""

    stage: str
    done: int
    total: int
    characters: int = 0


Watch = Callable[[Progress], None]


@dataclass(slots=True)
class Steps:
    """Run the steps of one build that have not left their file yet, and know which files it stands on."""

    works: Works
    settings: Settings
    fingerprint: str
    crew: Crew
    watch: Watch | None = None
    used: set[Path] = field(default_factory=set)
    characters: int = 0

    def target(self, kind: str, *made_of: str | bytes) -> Path:
        """Return the file of a step."""
        path = self.works.step(kind, digest_of([self.fingerprint, kind, *made_of]))
        self.used.add(path)
        return path

    def run(
        self, stage: str, wanted: Mapping[Path, Job], find: Callable[[Path], Left | None], there: Container[Path]
    ) -> Iterator[tuple[Path, Left | None, str]]:
        """Run the jobs whose file is not there, the longest first; yield each with what it left, or why it failed.

        Raises:
            JintuError: for what stands against the whole build.
        """
        missing = {path: job for path, job in wanted.items() if path not in there}
        for path in missing:
            path.unlink(missing_ok=True)  # what was damaged is no file of this step
        order = sorted(missing, key=lambda path: (-missing[path].size, missing[path].name))
        paths = {id(missing[path]): path for path in order}
        done = len(wanted) - len(missing)
        for job, outcome in self.crew([missing[path] for path in order]):
            if outcome.fatal:
                raise JintuError(outcome.reason)
            done += 1
            if self.watch:
                self.watch(Progress(stage, done, len(wanted), self.characters))
            path = paths[id(job)]
            yield path, None if outcome.reason else find(path), outcome.reason

    def make(self, stage: str, wanted: Mapping[Path, Job]) -> dict[Path, Pieces]:
        """Run jobs that none may fail, and return the pieces of each file."""
        made = already(wanted, pieces)
        for path, left, reason in self.run(stage, wanted, pieces, made):
            if left is None:
                raise JintuError(reason)
            made[path] = left
        return made


def already(paths: Iterable[Path], find: Callable[[Path], Left | None]) -> dict[Path, Left]:
    """Return by path what steps have left before."""
    return {path: left for path in paths if (left := find(path)) is not None}
