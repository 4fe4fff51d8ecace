"""Group documents into the reports of a place, year after year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jintu.model import Document


@dataclass(frozen=True, slots=True)
class Report:
    """Hold all documents of one place and year."""

    place: str
    year: int
    docs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold a report that plans and the next one of its place, which answers."""

    plan: Report
    answer: Report


def turns(documents: Sequence[Document], *, place: str | None = None) -> Iterator[Turn]:
    """Yield each report with the next one of its place, by place and year.

    >>> given = [Document(f"锦州市-{year}", "", "", "", "", place="锦州市", year=year) for year in (2023, 2020, 2022)]
    >>> [(turn.plan.year, turn.answer.year) for turn in turns(given)]
    [(2020, 2022), (2022, 2023)]
    """
    docs: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for document in documents:
        if document.place and document.year and place in (None, document.place):
            docs[document.place, document.year].append(document.id)
    reports = [Report(*key, tuple(sorted(docs[key]))) for key in sorted(docs)]
    yield from (Turn(plan, answer) for plan, answer in pairwise(reports) if plan.place == answer.place)
