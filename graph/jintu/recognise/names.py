"""Turn labels of words into names and names into labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from jintu.gold import Name
from jintu.model import Kind, Span
from jintu.recognise.features import Layout

Labels = npt.NDArray[np.int8]


def labelled(names: Iterable[Name], layout: Layout, kinds: Sequence[str]) -> Labels:
    """Return a label for each row: where a name begins, goes on, or is not.

    A name's ends are moved outward to those of words.
    """
    labels = np.zeros(len(layout.inside), np.int8)
    rows = np.flatnonzero(layout.inside)
    starts, ends = layout.starts[rows], layout.ends[rows]
    for name in names:
        first = int(np.searchsorted(ends, name.span.start, side="right"))
        last = int(np.searchsorted(starts, name.span.end))
        if first < last:
            begins = 1 + 2 * kinds.index(name.kind.value)
            labels[rows[first:last]] = begins + 1
            labels[rows[first]] = begins
    return labels


def stretches(labels: Labels) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the first row, the row after the last and the kind's number of each name.

    >>> [found.tolist() for found in stretches(np.array([0, 1, 2, 1, 4, 0], np.int8))]
    [[1, 3, 4], [3, 4, 5], [0, 0, 1]]
    """
    kind = np.where(labels > 0, (labels + 1) // 2, 0)
    before = np.concatenate([[0], kind[:-1]])
    begins = (kind > 0) & ((labels % 2 == 1) | (before != kind))
    first = np.flatnonzero(begins)
    breaks = np.flatnonzero(begins | (kind == 0))
    after = np.append(breaks, len(labels))[np.searchsorted(breaks, first, side="right")]
    return first, after, kind[first].astype(np.intp) - 1


def names_of(labels: Labels, layout: Layout, kinds: Sequence[str], *, nested: bool = False) -> Iterator[Name]:
    """Yield the names that labels say."""
    for first, after, kind in zip(*(found.tolist() for found in stretches(labels)), strict=True):
        span = Span(int(layout.starts[first]), int(layout.ends[after - 1]))
        yield Name(span, Kind(kinds[kind]), nested)
