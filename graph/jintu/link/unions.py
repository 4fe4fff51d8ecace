"""Keep what is the same together: union and find."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Unions(Generic[T]):
    """Hold sets that grow together, each with a root, and pairs that must stay apart."""

    def __init__(self, apart: Iterable[tuple[T, T]] = ()) -> None:
        self._above: dict[T, T] = {}
        self._apart: dict[T, set[T]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, member: T) -> T:
        """Return the root of a member's set: itself while nothing was joined to it."""
        while (above := self._above.get(member, member)) != member:
            self._above[member] = self._above.get(above, above)  # halve the way for the next call
            member = above
        return member

    def join(self, member: T, other: T) -> bool:
        """Put the set of ``member`` under the root of ``other``; refuse what must stay apart.

        >>> unions = Unions([("一期", "二期")])
        >>> unions.join("首期", "一期"), unions.join("首期", "二期"), unions.root("首期")
        (True, False, '一期')
        """
        low, high = self.root(member), self.root(other)
        if low == high:
            return True
        if high in self._apart.get(low, ()):
            return False
        for foe in self._apart.pop(low, set()):
            self._apart[foe].discard(low)
            self._apart[foe].add(high)
            self._apart.setdefault(high, set()).add(foe)
        self._above[low] = high
        return True
