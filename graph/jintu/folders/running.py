"""Run the steps of a build that have not left their file yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from jintu.errors import JintuError
from jintu.folders.crew import Crew, Job
from jintu.folders.fresh import Stamp
from jintu.folders.shelf import Pieces, digest_of, pieces
from jintu.folders.works import Works
from jintu.pipeline import Settings

PATIENCE = 60  # seconds in which a shared folder must show what another machine has made: what NFS remembers at most
PAUSE = 1  # seconds
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
    stamp: Stamp
    crew: Crew
    watch: Watch | None = None
    used: set[Path] = field(default_factory=set)
    characters: int = 0

    def target(self, kind: str, *made_of: str | bytes) -> Path:
        """Return the file of a step."""
        path = self.works.step(kind, digest_of([self.stamp.fingerprint, kind, *made_of]))
        self.used.add(path)
        return path

    def run(
        self,
        stage: str,
        wanted: Iterable[Job],
        find: Callable[[Path], Left | None],
        *,
        reasons: dict[str, str] | None = None,
        read: Callable[[Path, Left], int] | None = None,
    ) -> dict[Path, Left]:
        """Run the jobs whose file is not there, the longest first; return by path what each leaves or has left before.

        ``reasons`` takes by its name why a job failed, ``read`` tells how many characters one has read.

        Raises:
            JintuError: for what stands against the whole build: any failure where there are no ``reasons``.
        """
        jobs = {job.target: replace(job, stamp=self.stamp) for job in wanted}
        made = {path: left for path in jobs if (left := find(path)) is not None}
        missing = [job for path, job in jobs.items() if path not in made]
        for job in missing:
            job.target.unlink(missing_ok=True)  # what was damaged is no file of this step
        done = len(made)
        for job, left, reason in self._ran(sorted(missing, key=lambda job: (-job.size, job.name)), find):
            done += 1
            if self.watch:
                self.watch(Progress(stage, done, len(jobs), self.characters))
            if left is not None:
                made[job.target] = left
                self.characters += read(job.target, left) if read else 0
            elif reasons is None:
                raise JintuError(reason)
            else:
                reasons[job.name] = reason
        return made

    def _ran(self, jobs: Sequence[Job], find: Callable[[Path], Left | None]) -> Iterator[tuple[Job, Left | None, str]]:
        """Yield jobs as they are done; those come last whose files are not seen at once."""
        unseen: list[Job] = []
        for job, outcome in self.crew(jobs):
            if outcome.fatal:
                raise JintuError(outcome.reason)
            left = None if outcome.reason else find(job.target)
            if outcome.reason or left is not None:
                yield job, left, outcome.reason
            else:
                unseen.append(job)
        yield from self._late(unseen, find)

    def _late(
        self, unseen: Sequence[Job], find: Callable[[Path], Left | None]
    ) -> Iterator[tuple[Job, Left | None, str]]:
        """Look again, for a while, for what workers have made: a shared folder may show files of others late."""
        end = monotonic() + PATIENCE
        while unseen:
            over = monotonic() >= end
            _refresh({self.works.texts, *(job.target.parent for job in unseen)})
            looked = [(job, find(job.target)) for job in unseen]
            unseen = [job for job, left in looked if left is None and not over]
            for job, left in looked:
                if left is not None or over:
                    yield job, left, "" if left is not None else self._missed(job)
            sleep(PAUSE if unseen else 0)

    def _missed(self, job: Job) -> str:
        return (
            f"{job.name}: was worked on, but {job.target} and what belongs to it are not seen here after {PATIENCE} s; "
            f"check that all machines share {self.works.folder}"
        )

    def make(self, stage: str, wanted: Iterable[Job]) -> dict[Path, Pieces]:
        """Run jobs that none may fail, and return the pieces of each file."""
        return self.run(stage, wanted, pieces)


def _refresh(folders: Iterable[Path]) -> None:
    """List folders, so that the system asks their server anew what is in them."""
    for folder in folders:
        if folder.is_dir():
            os.listdir(folder)
