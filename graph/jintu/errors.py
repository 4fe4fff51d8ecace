"""The errors that users meet; each says what is wrong, where, and what to do."""

from __future__ import annotations


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
