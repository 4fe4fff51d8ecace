"""The limits of an endpoint: what one query may use, and how many may run or wait at once."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold the limits of an endpoint: seconds, megabytes and rows of a query, and workers for quick ones.

    >>> Bounds(workers=2).slow
    10
    """

    seconds: float = 30
    memory: int = 1024
    rows: int = 100_000
    workers: int = max(2, os.cpu_count() or 2)

    @property
    def slow(self) -> int:
        """Return how many queries may run that have turned out slow."""
        return 5 * self.workers

    @property
    def waiting(self) -> int:
        """Return how many queries may wait for a worker."""
        return 32 * self.workers


SLOW_AFTER = 0.5  # seconds after which a query makes room for others, which 99 % of shipped questions never need
SLOW_AFTER_IF_OTHERS_WAIT = 0.05
STOPPED_AFTER_IF_OTHERS_WAIT = 0.5  # where all places for slow queries are taken
LONGEST_WAIT = 10.0
LONGEST_URL = 16 * 1024  # bytes; what is longer is sent by POST
LARGEST_BODY = 1_000_000
LONGEST_UPLOAD = 10.0  # seconds for a body of that size
