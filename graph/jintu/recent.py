"""Remember what was found out, within bounds."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(dict[K, V]):
    """Hold at most so many answers; the next one after them empties it, so that memory stays flat.

    >>> seen = Recent[str, int](2)
    >>> for name in ("锦州", "黑山", "义县"):
    ...     seen[name] = len(seen)
    >>> seen
    {'义县': 2}
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: K, answer: V) -> None:
        if len(self) >= self.most:
            self.clear()
        super().__setitem__(key, answer)
