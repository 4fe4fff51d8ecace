"""Work on many steps at once in processes of this machine; one that dies takes no more than its step with it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Protocol

from jintu.errors import JintuError, SourceError
from jintu.folders.fresh import Stamp, meet
from jintu.pipeline import uncollected

MOST = 8  # workers; each holds some 300 MB
WORTH = 64 << 10  # bytes: two reports, which take as long as a process takes to start
_PROCESSES = get_context("spawn")  # a forked child would inherit the locks of the parent's threads


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold why a job failed, or nothing; what is ``fatal`` stands against the whole build."""

    reason: str = ""
    fatal: bool = False


DONE = Outcome()


@dataclass(frozen=True, slots=True)
class Job:
    """Hold one call of a pure step that leaves its result in a file, its last argument.

    ``name`` is what people call it, ``size`` grows with the work there is, ``stamp`` tells for which build it is.
    """

    name: str
    step: Callable[..., None]
    arguments: tuple[Any, ...]
    target: Path
    size: int = 0
    stamp: Stamp | None = None

    def __call__(self) -> Outcome:
        """Run the step and tell how it went."""
        try:
            if self.stamp:
                meet(self.stamp)
            with uncollected():
                self.step(*self.arguments, self.target)
        except SourceError as error:
            return Outcome(str(error))
        except JintuError as error:
            return Outcome(str(error), fatal=True)
        except MemoryError:
            return Outcome(f"{self.name}: needs more memory than there is; run fewer workers")
        except Exception as error:  # whatever one document sets off, the others are still built
            return Outcome(f"{self.name}: could not be worked on ({type(error).__name__}: {error})")
        return DONE


class Crew(Protocol):
    """Run jobs, in any order and anywhere."""

    def __call__(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Yield each job when it is done, with how it went."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


def usual_workers() -> int:
    """Return how many workers a build has where the user does not say: one a core, at most 8 for memory's sake."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection
    job: Job | None = None


@dataclass(slots=True)
class Processes:
    """Run jobs in worker processes, which start when there is work for them and stay for the next jobs.

    One is enough for jobs that together are smaller than ``worth``: another would only then have started.
    """

    most: int
    worth: int = WORTH
    _workers: list[_Worker] = field(default_factory=list)

    def __call__(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Yield each job when it is done, with how it went; a worker that dies is replaced."""
        waiting = deque(jobs)
        wanted = self.most if sum(job.size for job in jobs) >= self.worth else 1
        while len(self._workers) < min(wanted, len(waiting)):
            self._workers.append(_start())
        for worker in self._workers:
            _hand(worker, waiting)
        while busy := {worker.line: worker for worker in self._workers if worker.job}:
            for line in wait(list(busy)):
                worker = busy[line]  # type: ignore[index]  # only connections are waited for
                job, said = worker.job, _answer(worker)
                if said is None:
                    self._workers.remove(worker)
                    self._workers.append(worker := _start())
                    said = Outcome(f"{job.name}: {_death(busy[line])}")  # type: ignore[index, union-attr]  # it is busy
                _hand(worker, waiting)
                yield job, said  # type: ignore[misc]  # it is busy

    def close(self) -> None:
        """Let the workers go."""
        for worker in self._workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


def _start() -> _Worker:
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_work, args=(theirs,))
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(line: Connection) -> None:
    """Run jobs as they come, until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too and lets its workers go
    while True:
        try:
            job: Job = line.recv()
        except (EOFError, OSError):
            return
        outcome = job()
        try:
            line.send(outcome)
        except OSError:  # the parent is gone; what was made stays
            return


def _hand(worker: _Worker, waiting: deque[Job]) -> None:
    worker.job = waiting.popleft() if waiting else None
    if worker.job:
        worker.line.send(worker.job)


def _answer(worker: _Worker) -> Outcome | None:
    """Return what a worker says of its job, None where it has died."""
    try:
        outcome: Outcome = worker.line.recv()
    except (EOFError, OSError):
        return None
    return outcome


def _death(worker: _Worker) -> str:
    worker.process.join()
    code = worker.process.exitcode or 0
    cause = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    hint = "; perhaps memory ran out: run fewer workers" if code == -signal.SIGKILL else ""
    return f"the process that read it died ({cause}{hint})"
