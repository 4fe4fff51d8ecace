"""Answers become data frames: numbers are numbers, dates are dates, what is missing is missing."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from golden.knowledge import KNOWLEDGE
from jintu import graphs
from jintu.errors import QueryError
from jintu.rdf import frame, query, write

CELLS = """SELECT * { VALUES (?whole ?part ?big ?yes ?day ?moment ?name ?iri ?mixed ?none) {
  (1 2.5 9223372036854775808 true "2023-01-04"^^xsd:date "2023-01-04T08:00:00+08:00"^^xsd:dateTime "锦州市"@zh
   jt:Place 1 UNDEF)
  (UNDEF 3 1 false UNDEF UNDEF UNDEF <division/210700> "甲" UNDEF)
} }"""


@pytest.fixture(params=["pandas", "polars"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    module = pytest.importorskip(request.param)
    if request.param == "polars":
        monkeypatch.setitem(sys.modules, "pandas", None)
    return module


def test_each_column_has_the_type_of_its_cells(library: Any) -> None:
    made = frame(query(Store(), CELLS))
    kinds = {name: str(kind) for name, kind in zip(made.columns, made.dtypes, strict=True)}
    wanted = {
        "pandas": "Int64 float64 float64 boolean datetime64[us] datetime64[us, UTC]",
        "polars": "Int64 Float64 Float64 Boolean Date Datetime(time_unit='us', time_zone='UTC')",
    }[library.__name__]
    found = " ".join(kinds[name] for name in ("whole", "part", "big", "yes", "day", "moment"))
    assert found.replace("[s]", "[us]").replace("[ns", "[us").replace("[s,", "[us,") == wanted
    assert made["whole"].sum() == 1
    assert made["part"].sum() == 5.5
    assert list(made["iri"]) == ["jt:Place", "division/210700"]
    assert list(made["mixed"]) == ["1", "甲"]


def test_dates_and_times_are_what_was_written(library: Any) -> None:
    made = frame(query(Store(), CELLS))
    day, moment = made["day"][0], made["moment"][0]
    assert (day if type(day) is date else day.date()) == date(2023, 1, 4)
    assert moment == datetime(2023, 1, 4, tzinfo=UTC)


def test_an_ill_typed_literal_stays_text(library: Any) -> None:
    made = frame(query(Store(), 'SELECT * { VALUES ?x { "很多"^^xsd:integer 2 } }'))
    assert list(made["x"]) == ["很多", "2"]


def test_no_rows_make_an_empty_frame(library: Any) -> None:
    made = frame(query(Store(), "SELECT ?name ?place { ?name jt:locatedIn ?place }"))
    assert (list(made.columns), len(made)) == (["name", "place"], 0)


def test_a_graph_has_three_columns(library: Any) -> None:
    made = frame(query(Store(), "CONSTRUCT { jt:甲 jt:locatedIn jt:乙 } {}"))
    assert list(made.columns) == ["subject", "predicate", "object"]
    assert list(made["object"]) == ["jt:乙"]


def test_a_question_gives_a_frame(library: Any, tmp_path: Path) -> None:
    write(KNOWLEDGE, tmp_path / "graph.ttl")
    made = graphs.open(tmp_path / "graph.ttl").frame("projects-by-investment", min="1亿元", place="锦州市")
    assert list(made["yuan"]) == [320_000_000]
    assert list(made["year"]) == [2022]


def test_without_a_library_or_a_table_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError, match="ask with SELECT"):
        frame(query(Store(), "ASK {}"))
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(QueryError, match="pandas or polars; install one with"):
        frame(query(Store(), "SELECT * {}"))
