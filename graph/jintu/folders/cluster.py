"""Run jobs on the workers of a dask cluster: the same steps, on files that all its machines see.

This is the only home of dask. A job leaves a file under a name that its input decides and sends back a line, so that
nothing is lost with a worker: what it had not finished is done by another, and what it had is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jintu.errors import JintuError
from jintu.folders.crew import Job, Outcome

LOCAL = "local"
PATIENCE = 30  # seconds in which a scheduler must answer


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
        client = self._client = self._client or self._connect()
        from distributed import as_completed  # noqa: PLC0415 - an optional part, slow to import

        done: Any = as_completed
        waiting = {client.submit(Job.__call__, job, pure=False, priority=job.size): job for job in jobs}
        for future in done(list(waiting)):
            job = waiting.pop(future)
            yield job, _outcome(future, job)

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
            import distributed  # noqa: PLC0415 - an optional part, slow to import
        except ImportError:
            raise JintuError("--scheduler needs dask: pip install 'jintu[cluster]'") from None
        connect: Any = distributed.Client
        make: Any = distributed.LocalCluster
        if self.address == LOCAL:
            return connect(make(n_workers=self.workers, threads_per_worker=1, dashboard_address=None))
        try:
            return connect(self.address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise JintuError(f"{self.address}: no dask scheduler answers ({error}); check the address") from None


def _outcome(future: Any, job: Job) -> Outcome:
    """Return how a job went: what it sent back, or why dask gave it up."""
    error = future.exception()
    if error is None:
        outcome: Outcome = future.result()
        return outcome
    return Outcome(f"{job.name}: the workers that took it died ({type(error).__name__}); perhaps memory ran out")
