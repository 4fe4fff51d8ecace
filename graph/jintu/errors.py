"""The errors that users meet; each says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 5  # mistakes named in a message; the rest are counted


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
