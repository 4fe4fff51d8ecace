"""What a query gives through our path is what rdflib gives, or the table says why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import rdflib
from rdflib.term import Node

from golden.knowledge import KNOWLEDGE
from jintu.rdf import (
    BASE,
    PREFIXES,
    Answer,
    FileStore,
    FolderStore,
    GraphStore,
    Store,
    query,
    to_graphs,
    write,
)
from jintu.rdf.view import rdflib_term

LINES = (Path(__file__).parent / "sparql.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if not line.startswith("#")][1:]
NUMBERS = {rdflib.XSD[name] for name in ("integer", "decimal", "double")}
Term = tuple[str, ...]
Row = tuple[Term, ...]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sparql") / "graph.trig"
    write(KNOWLEDGE, path)
    return path


@pytest.fixture(scope="module", params=["file", "folder"])
def store(path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    kept: GraphStore = FileStore(path)
    if request.param == "folder":
        kept = FolderStore(path.parent / "store")
        kept.replace(to_graphs(KNOWLEDGE))
    snapshot = kept.snapshot()
    yield snapshot.store


@pytest.fixture(scope="module")
def oracle(path: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="trig")
    return dataset


def term(node: Node | None) -> Term:
    """Return what makes a term this term; numbers are equal however they are written."""
    if not isinstance(node, rdflib.Literal):
        return (type(node).__name__, str(node))
    written, kind = str(node), node.datatype or rdflib.XSD.string
    if kind in NUMBERS:
        with suppress(InvalidOperation):
            written = str(Decimal(written).normalize())
    return ("Literal", written, str(node.language or ""), "" if node.language else str(kind))


def ours(answer: Answer) -> list[Row]:
    rows: Iterable[Iterable[object]] = answer.triples if answer.form == "graph" else answer.rows
    if answer.form == "truth":
        return [(("bool", str(answer.truth)),)]
    return [tuple(term(None if cell is None else rdflib_term(cell)) for cell in row) for row in rows]  # type: ignore[arg-type]  # a row holds terms


def theirs(result: rdflib.query.Result) -> list[Row]:
    if result.type == "ASK":
        return [(("bool", str(result.askAnswer)),)]
    if result.type == "SELECT":
        return [tuple(term(row.get(variable)) for variable in result.vars or ()) for row in result.bindings]
    return [tuple(map(term, triple)) for triple in result.graph or ()]


def test_there_are_enough_cases_and_each_is_another() -> None:
    assert len(CASES) >= 60
    assert len({feature for feature, _, _ in CASES}) == len({sparql for _, sparql, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("feature", "sparql", "why"), CASES, ids=[feature for feature, _, _ in CASES])
def test_a_query_gives_what_rdflib_gives(
    feature: str, sparql: str, why: str, store: Store, oracle: rdflib.Dataset
) -> None:
    found = ours(query(store, sparql))
    wanted = theirs(oracle.query(sparql, initNs=PREFIXES, base=BASE))
    if why:
        assert Counter(found) != Counter(wanted), f"{feature}: no longer differs; take its reason away"
    else:
        assert Counter(found) == Counter(wanted)
        if "} ORDER BY" in sparql:
            assert found == wanted
