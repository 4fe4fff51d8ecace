"""Run jobs on the workers of a dask cluster: the same steps, on files that all its machines see.

This is the only home of dask. A job leaves a file under a name that its input decides and sends back a line, so that
nothing is lost with a worker: what it had not finished is done by another, and what it had is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from jintu.errors import JintuError
from jintu.folders.crew import DONE, Job, Outcome

LOCAL = "local"
PATIENCE = 30  # seconds in which a scheduler must answer
# A task costs the scheduler and its worker some ten milliseconds each, so jobs share tasks: no task is smaller than
# what is done in some tenths of a second, nor so large that workers wait for the last one, or lose much with a worker.
TASKS = 16  # a worker
LEAST, MOST = 30_000, 1_000_000  # bytes that are worked on
MOST_JOBS = 100
# What a cluster of this machine need not watch, many times a second in every process: a twelfth of a core's time.
QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.scheduler.active-memory-manager.start": False,
}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Hold jobs that are one task; dask does not look into it."""

    jobs: tuple[Job, ...]

    def __call__(self) -> list[Outcome]:
        """Run the jobs one after the other and tell how each went; what a worker made that was lost is there."""
        return [DONE if job.target.exists() else job() for job in self.jobs]


@dataclass(slots=True)
class Cluster:
    """Run jobs wherever a scheduler has workers, each with one thread; ``local`` makes ``workers`` here on the spot."""

    address: str
    workers: int = 1
    _client: Any = field(default=None, repr=False)

    def __call__(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Yield each job when it is done, with how it went; the jobs of a worker that is lost go to others.

        Raises:
            JintuError: if no scheduler answers at the address, or dask is not installed.
        """
        if not jobs:
            return
        self._client = self._client or self._connect()
        lost: list[Job] = []
        for batch, outcomes, error in self._run(_batches(jobs, sum(self._client.nthreads().values()))):
            if outcomes:
                yield from zip(batch.jobs, outcomes, strict=True)
            elif len(batch.jobs) == 1:
                yield batch.jobs[0], _lost(batch.jobs[0], error)
            else:
                lost.extend(batch.jobs)
        yield from self._again(lost)

    def _again(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Run jobs whose task was given up, a task each; one that is lost with its neighbour has the cluster alone."""
        lost: list[Job] = []
        for batch, outcomes, _ in self._run(_Batch((job,)) for job in jobs):
            if outcomes:
                yield batch.jobs[0], outcomes[0]
            else:
                lost += batch.jobs
        for job in lost:
            for _, outcomes, error in self._run([_Batch((job,))]):
                yield job, outcomes[0] if outcomes else _lost(job, error)

    def _run(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, list[Outcome], str]]:
        """Send all tasks at once and yield each with how its jobs went, or with the error for which dask gave it up.

        Where workers are few, they take tasks in the order in which they were sent.
        """
        import distributed  # noqa: PLC0415 - an optional part, slow to import

        follow: Any = distributed.as_completed
        known, name = list(batches), uuid4().hex
        keys = [f"jobs-{name}-{number}" for number in range(len(known))]
        waiting = dict(zip(self._client.map(_Batch.__call__, known, key=keys), known, strict=True))
        for future, found in follow(list(waiting), with_results=True, raise_errors=False):
            if future.status == "finished":
                yield waiting.pop(future), found, ""
            else:
                yield waiting.pop(future), [], type(future.exception()).__name__

    def close(self) -> None:
        """Leave the cluster; one that was made here ends with its client."""
        if self._client is not None:
            cluster = self._client.cluster if self.address == LOCAL else None
            self._client.close()
            if cluster is not None:
                cluster.close()
            self._client = None

    def _connect(self) -> Any:
        try:
            import dask  # noqa: PLC0415 - an optional part, slow to import
            import distributed  # noqa: PLC0415 - an optional part, slow to import
        except ImportError:
            raise JintuError("--scheduler needs dask: pip install 'jintu[cluster]'") from None
        connect: Any = distributed.Client
        make: Any = distributed.LocalCluster
        if self.address == LOCAL:
            dask.config.set(QUIET)
            options = {"dashboard_address": ":0", "scheduler_kwargs": {"dashboard": False}}  # any port, and no pages
            return connect(make(n_workers=self.workers, threads_per_worker=1, **options))
        try:
            return connect(self.address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise JintuError(f"{self.address}: no dask scheduler answers ({error}); check the address") from None


def _batches(jobs: Sequence[Job], workers: int) -> Iterator[_Batch]:
    """Put jobs that follow each other into tasks for some workers."""
    enough = sum(job.size for job in jobs) / (TASKS * max(workers, 1))
    least = min(max(enough, LEAST), MOST)
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job.size
        if size >= least or len(batch) == MOST_JOBS:
            yield _Batch(tuple(batch))
            batch, size = [], 0
    if batch:
        yield _Batch(tuple(batch))


def _lost(job: Job, error: str) -> Outcome:
    """Say that dask gave a job up."""
    return Outcome(f"{job.name}: the workers that took it died ({error}); perhaps memory ran out")
