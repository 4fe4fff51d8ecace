"""The errors that users meet; each says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher, get_close_matches
from heapq import nlargest

LIKELY = 1000  # names that share most characters with one, among which the nearest are looked for
SHOWN = 5  # mistakes or names that are shown in a message; the rest are counted


class JintuError(Exception):
    """Stand for every failure that is the input's and not the program's."""


class SourceError(JintuError):
    """Say that a document cannot be read."""


class OntologyError(JintuError):
    """Say which rows of the ontology's tables or rules are wrong, all at once."""


class GraphError(JintuError):
    """Say that a graph file cannot be read, or what a graph breaks."""


class QueryError(JintuError):
    """Say that a query cannot be run."""


class LimitError(QueryError):
    """Say that a query passed a limit that was set for it."""


class EvidenceError(JintuError):
    """Say which statements cannot be proved from their sources."""


def unreadable(error: OSError | UnicodeDecodeError) -> str:
    """Say why a text cannot be read.

    >>> unreadable(FileNotFoundError(2, "No such file or directory"))
    'cannot be read (no such file)'
    """
    if isinstance(error, UnicodeDecodeError):
        return "cannot be read as text in UTF-8"
    return f"cannot be read ({'no such file' if isinstance(error, FileNotFoundError) else error.strerror})"


def nearest(name: str, known: Collection[str]) -> str:
    """Name what is known instead of a name: all of it where that is little, else what is written most like it.

    >>> nearest("贵州市", ["杭州市", "上海市", "郑州市", "贵阳市", "贵州省", "广州市", "惠州市", "苏州市"])
    '贵州省、贵阳市、广州市、惠州市、杭州市'
    >>> nearest("月球", []), nearest("月球", "上中下左右前后")
    ('none', '7 others, none written like it')
    """
    if len(known) <= SHOWN:
        return "、".join(sorted(known)) or "none"
    letters = set(name)
    sharing = nlargest(LIKELY, known, key=lambda one: (len(letters.intersection(one)) - len(one) / LIKELY, one))
    alike = get_close_matches(name, sharing, n=10 * SHOWN, cutoff=0.5)
    alike.sort(key=lambda one: (-SequenceMatcher(None, name, one).ratio(), one[:1] != name[:1], one))
    return "、".join(alike[:SHOWN]) or f"{len(known)} others, none written like it"


def refuse(mistakes: Sequence[object], error: type[JintuError], what: str) -> None:
    """Raise an error that counts the mistakes and names the first, if there are any.

    >>> refuse(["锦凌水库: no such name"], EvidenceError, "statements cannot be proved")
    Traceback (most recent call last):
    jintu.errors.EvidenceError: 1 statements cannot be proved; nothing was written:
      锦凌水库: no such name
    """
    if mistakes:
        named = "\n".join(f"  {mistake}" for mistake in mistakes[:SHOWN])
        raise error(f"{len(mistakes)} {what}; nothing was written:\n{named}")
