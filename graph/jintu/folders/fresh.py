"""Keep workers that outlive a build from working with what they remember of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from socket import gethostname

from jintu import rdf
from jintu.errors import JintuError
from jintu.folders import fingerprint, linking, reading, steps

REMEMBERED = (reading.tools, linking.corrections_of, steps.divisions_of, rdf.shapes_of)  # by path, not by content


@dataclass(frozen=True, slots=True)
class Stamp:
    """Hold what a build is made with: the digest of all that its steps depend on, and of the package's code."""

    fingerprint: str
    code: str


@lru_cache(maxsize=1)  # a build has many jobs, one after the other
def meet(stamp: Stamp) -> None:
    """Forget what this process remembers of another build than the one that it works for now.

    Raises:
        JintuError: if this process has other code than the build.
    """
    if stamp.code != fingerprint.code_digest():
        raise JintuError(
            f"{gethostname()}: a worker there runs another version of jintu than this build; "
            "install the same one on all machines and start the workers again"
        )
    for remembered in REMEMBERED:
        remembered.cache_clear()
