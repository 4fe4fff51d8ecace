"""Run the steps of a build that have not left their file yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jintu.errors import JintuError
from jintu.folders.crew import Crew, Job
from jintu.folders.shelf import Pieces, digest_of, pieces
from jintu.folders.works import Works
from jintu.pipeline import Settings


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
        self, stage: str, wanted: Mapping[Path, Job], *, sizes: Mapping[Path, int] | None = None
    ) -> Iterator[tuple[Path, str]]:
        """Run the jobs whose file is not there, the longest first, and yield each with why it failed, or nothing.

        Raises:
            JintuError: for what stands against the whole build.
        """
        missing = {path: job for path, job in wanted.items() if not path.exists()}
        order = sorted(missing, key=lambda path: (-missing[path].size, missing[path].name))
        paths = {id(missing[path]): path for path in order}
        done = len(wanted) - len(missing)
        for job, outcome in self.crew([missing[path] for path in order]):
            if outcome.fatal:
                raise JintuError(outcome.reason)
            done += 1
            if self.watch:
                self.watch(Progress(stage, done, len(wanted), self.characters))
            yield paths[id(job)], outcome.reason

    def make(self, stage: str, wanted: Mapping[Path, Job]) -> dict[Path, Pieces]:
        """Run jobs that none may fail, and return the pieces of each file."""
        for _, reason in self.run(stage, wanted):
            if reason:
                raise JintuError(reason)
        return {path: pieces(path) or {} for path in wanted}
