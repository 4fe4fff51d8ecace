"""Ask a store SPARQL questions; nothing that a query says can change the store or reach the network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Literal as Choice

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from jintu.errors import LimitError, QueryError
from jintu.rdf.datasets import Dataset, dataset_of, update_in
from jintu.rdf.files import FORMATS as GRAPH_FORMATS
from jintu.rdf.files import written
from jintu.rdf.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
Term = NamedNode | BlankNode | Literal | Triple

# A call of another server is refused by its word, not by parsing the query: the engine has its own mind about where a
# number, a string or a comment ends ("1SERVICE<http://...>" is a call to it). Only a word that ends a variable, a
# prefixed name or a part of a path, or that nothing callable follows, is let through.
_CALL = re.compile(r"(?P<name>[?$:][\w-]*|[/#])?SERVICE\s*+(?:SILENT\s*+)?+(?=[<?$#:A-Za-z]|[^\x00-\x7f])", re.I)
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')  # a string of JSON

FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a query gave: SPARQL results as JSON for rows and a truth, N-Triples for a graph.

    >>> from pyoxigraph import Store
    >>> query(Store(), "SELECT ?x { VALUES ?x { status:开工 } }").table()
    (('status:开工',),)
    """

    form: Choice["rows", "truth", "graph"]
    body: bytes

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns; a truth and a graph have none."""
        solutions = self._solutions()
        return tuple(v.value for v in solutions.variables) if isinstance(solutions, QuerySolutions) else ()

    @property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        """Return the rows as terms, None where a variable is not bound."""
        solutions = self._solutions()
        return tuple(map(tuple, solutions)) if isinstance(solutions, QuerySolutions) else ()

    @property
    def is_empty(self) -> bool:
        """Tell whether a query that asks for rows found none."""
        solutions = self._solutions()
        return isinstance(solutions, QuerySolutions) and next(solutions, None) is None

    @property
    def truth(self) -> bool:
        """Return what an ASK query found, or whether there is any row or triple."""
        solutions = self._solutions()
        return bool(solutions) if isinstance(solutions, QueryBoolean) else bool(self.rows or self.triples)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Return the triples of a graph, sorted."""
        found = parse(self.body, format=RdfFormat.N_TRIPLES) if self.form == "graph" else ()
        return tuple(sorted({quad.triple for quad in found}, key=str))

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as short readable texts."""
        return tuple(tuple(map(shown, row)) for row in self.rows)

    def text(self, form: str) -> str:
        """Write the answer as csv, tsv, json or xml, a graph in a format of graphs; ``table`` is the usual one.

        Raises:
            QueryError: if the answer has no such form.
        """
        valid = GRAPH_FORMATS if self.form == "graph" else FORMATS
        if form == "table":
            return str(self.truth).lower() if self.form == "truth" else self.text(next(iter(valid)))
        if form not in valid:
            raise QueryError(f"this answer ({self.form}) cannot be written as {form}; choose {', '.join(valid)}")
        return self._graph(form) if self.form == "graph" else self._results(form)

    def _graph(self, form: str) -> str:
        return written(self.triples, format=form).decode()

    def _results(self, form: str) -> str:
        solutions = self._solutions()
        written = solutions.serialize(format=FORMATS[form]) if solutions is not None else b""
        return written.decode() if written else ""

    def _solutions(self) -> QuerySolutions | QueryBoolean | None:
        return None if self.form == "graph" else parse_query_results(self.body, format=QueryResultsFormat.JSON)


def query(store: Store, sparql: str, *, dataset: Dataset | None = None, rows: int | None = None) -> Answer:
    """Ask a store a question; the vocabulary's prefixes and base are known to it.

    ``dataset`` takes the place of the query's FROM clauses. Where a store holds named graphs alone they are joined,
    unless the query picks some with FROM or GRAPH; a triple of two graphs then counts twice, which :func:`load` avoids.

    Raises:
        QueryError: if the query is wrong, would change something or reach the network.
        LimitError: if there are more than ``rows`` rows or triples.

    >>> query(Store(), "ASK { ?place a jt:Place }").truth
    False
    """
    refuse(sparql)
    picked = dataset or dataset_of(sparql)
    asked, default, named = picked.of(store) if picked else (store, None, None)
    try:
        found = asked.query(
            sparql,
            base_iri=BASE,
            prefixes=PREFIXES,
            default_graph=default,
            named_graphs=named,
            use_default_graph_as_union=picked is None and _only_named(store),
        )
        return _answer(found, rows)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the query is wrong: {_line(error)}") from None
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {_line(error)}") from None


def refuse(sparql: str) -> None:
    """Raise a QueryError for a query that would change the store or call another server."""
    if any(found["name"] is None for found in _CALL.finditer(sparql)):
        raise QueryError("SERVICE would call another server, which is refused; in a text write \\u0053ERVICE")
    if word := update_in(sparql):
        raise QueryError(f"{word} is an update, which is refused; graphs are changed by building them")


def shown(term: Term | None) -> str:
    """Write a term as people read it: a literal's text, an IRI under its prefix or below the base.

    >>> shown(NamedNode("https://w3id.org/jintu/id/division/210700")), shown(Literal("锦州市", language="zh"))
    ('division/210700', '锦州市')
    """
    if isinstance(term, NamedNode):
        return short(term.value)
    return "" if term is None else term.value if isinstance(term, Literal) else str(term)


def short(iri: str) -> str:
    """Write an IRI as people read it."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri.removeprefix(BASE)


def _only_named(store: Store) -> bool:
    return next(store.quads_for_pattern(None, None, None, DefaultGraph()), None) is None and any(
        True for _ in store.named_graphs()
    )


def _answer(found: QuerySolutions | QueryBoolean | QueryTriples, rows: int | None) -> Answer:
    if isinstance(found, QueryTriples):
        lines = _Counted(rows, lambda body: body.count(b"\n"))
        found.serialize(lines, format=RdfFormat.N_TRIPLES)
        return Answer("graph", lines.body)
    form: Choice["rows", "truth"] = "truth" if isinstance(found, QueryBoolean) else "rows"
    results = _Counted(rows, _most_rows, _rows)
    found.serialize(results, format=QueryResultsFormat.JSON)
    return Answer(form, results.body)


class _Counted(BytesIO):
    """Keep what is written, and raise a LimitError where it holds more rows than it may by every way of counting."""

    def __init__(self, most: int | None, *counts: Callable[[bytes], int]) -> None:
        super().__init__()
        self.most, self.counts = most, counts
        self.counted = 2**16  # rows are counted whenever so many bytes have doubled

    def write(self, chunk: ReadableBuffer) -> int:
        written = super().write(chunk)
        if self.tell() > 2 * self.counted:
            self.counted = self.tell()
            self.check()
        return written

    def check(self) -> None:
        most = self.most
        if most is not None and all(count(self.getvalue()) > most for count in self.counts):
            raise LimitError(f"the answer has more than {most} rows; add a LIMIT or ask for less")

    @property
    def body(self) -> bytes:
        """Return all that was written."""
        self.check()
        return self.getvalue()


def _most_rows(results: bytes) -> int:
    """Count rows in JSON quickly; texts may hold what stands between rows."""
    return results.count(b"},{") + 1


def _rows(results: bytes) -> int:
    return _most_rows(_TEXT.sub(b"", results))


def _line(error: Exception) -> str:
    said = " ".join(str(error).split())
    return said if len(said) <= 200 else said[:200] + "…"
