"""The lives of things year by year, and the ledger as it is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jintu import rdf
from jintu.cli import cli
from jintu.errors import JintuError, OntologyError
from jintu.ledger import COLUMNS, ledger, life_rows, lives, to_csv, to_json
from jintu.ledger.stages import RANKS
from jintu.ledger.words import read_words
from jintu.model import Document, Kind, KnowledgeGraph, replace
from jintu.ontology import Ontology
from jintu.relate.rules import STATUSES
from knowledge_samples import jinzhou
from reports_samples import Reports, Told


def test_lives_are_in_order_of_years_stated_before_planned() -> None:
    reports = Reports()
    reports.say(2023, "女儿河新桥竣工。", ("女儿河新桥", "竣工"))
    reports.say(2022, "推动女儿河新桥竣工。", ("女儿河新桥", "竣工"), planned=True)
    reports.say(2022, "女儿河新桥开工，正在建设。", ("女儿河新桥", "在建"), ("女儿河新桥", "开工"))
    kept = ledger(reports.knowledge())
    assert list(life_rows(kept)) == [("女儿河新桥", "Project", "2021 开工、在建；2022 竣工、（竣工）")]
    latest = lives(reports.knowledge())["project/210700/女儿河新桥"].latest
    assert latest is not None
    assert (latest.year, latest.stage) == (2022, "竣工")


def test_a_life_is_told_by_the_reports_of_the_place_alone() -> None:
    reports = Reports()
    reports.say(2022, "女儿河行动启动。", ("女儿河行动", "开工"), kind=Kind.PROGRAMME)
    reports.say(2023, "女儿河行动完成。", ("女儿河行动", "完成"), kind=Kind.PROGRAMME)
    knowledge = reports.knowledge()
    other, own = knowledge.documents
    both = replace(knowledge, documents=(replace(other, place="沈阳市"), own))
    ((_, life),) = ledger(both, place="锦州市").lives
    assert [(step.year, step.stage) for step in life.steps] == [(2022, "完成")]
    ((_, whole),) = ledger(both).lives
    assert len(whole.steps) == 2


def test_every_status_of_the_vocabulary_has_its_place_in_a_life() -> None:
    assert set(RANKS) == set(STATUSES)


def test_a_graph_read_back_from_turtle_gives_the_same_ledger(tmp_path: Path) -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2023, "女儿河新桥开工。", ("女儿河新桥", "开工"))
    reports.measure(2022, "外贸出口增长6%。", "外贸出口", Told("6"), planned=True)
    knowledge = reports.knowledge()
    path = tmp_path / "a.ttl"
    rdf.write(knowledge, path)
    assert to_csv(ledger(rdf.read(path))) == to_csv(ledger(knowledge))


def test_the_order_of_facts_and_links_does_not_matter() -> None:
    knowledge = jinzhou()
    turned = KnowledgeGraph(
        knowledge.documents[::-1], knowledge.entities[::-1], knowledge.links[::-1], knowledge.facts[::-1]
    )
    assert to_json(ledger(turned)) == to_json(ledger(knowledge))


def test_one_place_alone_can_be_asked_for_and_an_unknown_one_is_named() -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2023, "女儿河新桥开工。", ("女儿河新桥", "开工"))
    assert len(ledger(reports.knowledge(), place="锦州市").entries) == 1
    with pytest.raises(JintuError, match=r"大连市.*it holds 锦州市"):
        ledger(reports.knowledge(), place="大连市")


def test_of_many_places_those_written_like_an_unknown_one_are_named() -> None:
    places = ("锦州市", "抚州市", "大庆市", "大同市", "盘锦市", "海城市")
    documents = tuple(Document(place, "", "", "", "", place=place, year=2023) for place in places)
    with pytest.raises(JintuError, match=r"it holds 大同市、大庆市$"):
        ledger(KnowledgeGraph(documents, (), (), ()), place="大连市")


def test_csv_and_json_hold_the_same_rows_and_no_formula() -> None:
    reports = Reports()
    reports.say(2022, "=HYPERLINK(1)推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2023, "女儿河新桥开工。", ("女儿河新桥", "开工"))
    kept = ledger(reports.knowledge())
    head, row = csv.reader(io.StringIO(to_csv(kept)))
    (entry,) = json.loads(to_json(kept))["entries"]
    assert tuple(head) == COLUMNS == tuple(entry)
    assert row[head.index("plan_quote")].startswith("'=HYPERLINK")
    assert entry["plan_quote"].startswith("=HYPERLINK")
    assert [cell for cell in row if "HYPERLINK" not in cell] == [cell for cell in entry.values() if "HYP" not in cell]


@pytest.mark.parametrize("verb", ["ledger", "table"])
def test_the_help_of_a_verb_shows_an_example(verb: str) -> None:
    assert f"jintu {verb} outputs/" in CliRunner().invoke(cli, [verb, "--help"]).output


def test_the_verb_prints_plans_and_lives(tmp_path: Path) -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2023, "女儿河新桥竣工。", ("女儿河新桥", "竣工"))
    reports.say(2023, "女儿河新桥启用。", ("女儿河新桥", "投用"), planned=True)
    path = tmp_path / "a.ttl"
    rdf.write(reports.knowledge(), path)
    said = CliRunner().invoke(cli, ["ledger", str(path)]).output
    assert "2022 竣工、（开工）；2023 （投用）" in said
    printed = CliRunner().invoke(cli, ["ledger", str(path), "--format", "csv", "--place", "锦州市"]).output
    assert printed == to_csv(ledger(reports.knowledge()))


def test_a_wrong_table_of_words_is_named_whole(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ledger.toml").write_text('works = "改造"\npolicies = []\nsame = 3\n', encoding="utf-8")
    with pytest.raises(OntologyError) as error:
        read_words(Ontology(tmp_path))
    assert [line.split(": ")[1].split(" ")[0] for line in str(error.value).splitlines()] == [
        "works",
        "details",
        "light",
        "ceilings",
        "sums",
        "[same]",
    ]
