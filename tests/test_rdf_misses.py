"""A question that nothing answers says what the graph knows instead."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, Store

from golden.knowledge import KNOWLEDGE
from jintu.errors import QueryError
from jintu.model import Entity, Kind, replace
from jintu.ontology import Ontology
from jintu.rdf import missed, named, to_rdf

STAGES = "开工、投用"
SECTIONS = "2022年工作回顾、2023年工作安排、目标"


@pytest.fixture(scope="module")
def store() -> Store:
    places = tuple(Entity(f"place/210700/{name}", Kind.PLACE, name) for name in ("锦州港", "锦州湾", "笔架山", "闾山"))
    store = Store()
    store.bulk_extend(Quad(*said) for said in to_rdf(replace(KNOWLEDGE, entities=(*KNOWLEDGE.entities, *places))))
    return store


@pytest.mark.parametrize(
    ("asked", "values", "known"),
    [
        ("projects", {"place": "锦洲市"}, "; of places the graph knows 锦州市"),
        ("projects", {"place": "月球"}, "; of places the graph knows 7 others, none written like it"),
        ("projects", {"place": "锦州市", "min": "9亿元"}, ""),
        ("projects", {"status": "开张"}, f"; of stages the graph knows {STAGES}"),
        ("who-implements", {"programme": "“青山行动”"}, "; of programmes the graph knows 碧水行动"),
        ("facts-by-section", {"section": "愿景"}, f"; of sections the graph knows {SECTIONS}"),
        ("indicators-of-place", {"name": "生产总值"}, "; of names the graph knows 地区生产总值"),
        ("sentence", {"words": "月球"}, ""),
        ("honours", {"year": "1999"}, ""),
    ],
)
def test_what_nothing_matches_is_said_with_what_is_known(
    asked: str, values: dict[str, str], known: str, store: Store, ontology: Ontology
) -> None:
    given = ", ".join(f'{name} "{value}"' for name, value in values.items())
    said = missed(store, named(asked, ontology), values)
    assert said.startswith(f"nothing matches {given}{known}")
    assert "; of" in said or not known


def test_a_parameter_that_a_question_lacks_is_named(store: Store, ontology: Ontology) -> None:
    with pytest.raises(QueryError, match=r'projects: no parameter "town"; it has '):
        missed(store, named("projects", ontology), {"town": "锦州市"})


def test_a_question_without_values_has_no_rows(store: Store, ontology: Ontology) -> None:
    assert missed(store, named("SELECT * { ?s jt:none ?o }", ontology), {}) == "no rows"
