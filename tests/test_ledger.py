"""What one report plans and what the next one says of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from jintu import rdf
from jintu.cli import cli
from jintu.errors import JintuError, OntologyError
from jintu.ledger import COLUMNS, Entry, Outcome, ledger, life_rows, lives, to_csv, to_json
from jintu.ledger.names import likeness, name_of
from jintu.ledger.stages import RANKS
from jintu.ledger.words import read_words
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Mention,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
)
from jintu.ontology import Ontology
from jintu.relate.rules import STATUSES
from knowledge_samples import jinzhou

CITY = Entity("division/210700", Kind.PLACE, "锦州市", code="210700")
PLANNED = Modality.PLANNED


@dataclass(frozen=True)
class Told:
    """Hold a figure as a report aims at it or states it."""

    value: str
    unit: str = "PERCENT"
    bound: Bound = Bound.EXACT
    measure: Measure = Measure.CHANGE
    due: int | None = None


@dataclass
class Reports:
    """Collect what the reports of one city say, each sentence behind the one before."""

    place: str = "锦州市"
    texts: dict[int, str] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=lambda: {CITY.id: CITY})
    links: list[Link] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def say(
        self,
        year: int,
        sentence: str,
        *said: tuple[str, str],
        planned: bool = False,
        kind: Kind = Kind.PROJECT,
        due: int | None = None,
        scope: str = "210700",
    ) -> None:
        """Let the report of a year say at which stage things are."""
        evidence = self._evidence(year, sentence)
        for name, stage in said:
            thing = self._name(year, name, kind, scope)
            self._fact(thing, Relation.STATUS, Status(stage), evidence, year, planned=planned, due=due)

    def name(self, year: int, sentence: str, name: str, *, kind: Kind = Kind.PROJECT) -> None:
        """Let the report of a year name a thing and say no more."""
        self._evidence(year, sentence)
        self._name(year, name, kind, "210700")

    def carry_out(self, year: int, sentence: str, name: str, *, planned: bool = False) -> None:
        thing = self._name(year, name, Kind.PROGRAMME, "210700")
        self._fact(CITY.id, Relation.IMPLEMENTS, thing, self._evidence(year, sentence), year, planned=planned)

    def win(self, year: int, sentence: str, name: str) -> None:
        thing = self._name(year, name, Kind.HONOUR, "210700")
        self._fact(CITY.id, Relation.RECEIVED, thing, self._evidence(year, sentence), year)

    def measure(self, year: int, sentence: str, name: str, told: Told, *, planned: bool = False) -> None:
        figure = Indicator(
            name, Quantity(told.value, told.value, "%", Decimal(told.value), told.unit, told.bound), told.measure
        )
        evidence = self._evidence(year, sentence)
        self._fact(CITY.id, Relation.INDICATOR, figure, evidence, year, planned=planned, due=told.due)

    def knowledge(self) -> KnowledgeGraph:
        documents = tuple(
            Document(f"{self.place}-{year}", text, "", f"{year}.txt", "0" * 64, place=self.place, year=year)
            for year, text in sorted(self.texts.items())
        )
        return KnowledgeGraph(documents, tuple(self.entities.values()), tuple(self.links), tuple(self.facts))

    def _evidence(self, year: int, sentence: str) -> Evidence:
        before = self.texts.get(year, "")
        self.texts[year] = before + sentence
        span = Span(len(before), len(before) + len(sentence))
        return Evidence(f"{self.place}-{year}", span, sentence, "test", 0.9)

    def _name(self, year: int, name: str, kind: Kind, scope: str) -> str:
        entity = Entity(f"{kind.value.lower()}/{scope}/{name}", kind, name, scope=f"division/{scope}")
        self.entities[entity.id] = entity
        mention = Mention(f"{self.place}-{year}", Span(0, len(name)), name, kind)
        self.links.append(Link(mention, entity.id, 1.0, "name"))
        return entity.id

    def _fact(
        self,
        subject: str,
        relation: Relation,
        what: str | Status | Indicator,
        evidence: Evidence,
        year: int,
        *,
        planned: bool = False,
        due: int | None = None,
    ) -> None:
        modality = PLANNED if planned else Modality.STATED
        holds = due or (year if planned else year - 1)
        self.facts.append(Fact(subject, relation, what, modality, holds, (evidence,)))


def only(entries: Iterable[Entry]) -> Entry:
    (entry,) = entries
    return entry


def outcome(reports: Reports) -> str:
    return only(ledger(reports.knowledge()).entries).outcome.value


@pytest.mark.parametrize(
    ("promised", "stated", "again", "expected"),
    [
        ("开工", "开工", None, "done"),
        ("开工", "在建", None, "done"),
        ("开工", "竣工", None, "done"),
        ("竣工", "投用", None, "done"),
        ("竣工", "完成", None, "done"),
        ("前期", "开工", None, "done"),
        ("在建", "投用", None, "done"),
        ("在建", "在建", None, "under way"),
        ("实施", "实施", "实施", "under way"),
        ("在建", "开工", "在建", "under way"),
        ("竣工", "在建", None, "under way"),
        ("竣工", "在建", "竣工", "postponed"),
        ("投用", "竣工", "投用", "postponed"),
        ("开工", None, "开工", "postponed"),
        ("开工", None, "前期", "postponed"),
        ("开工", None, "竣工", "under way"),
        ("在建", None, "在建", "planned again"),
        ("在建", None, "投用", "under way"),
        ("开工", None, None, "not mentioned"),
    ],
)
def test_outcome_of_a_promised_stage(promised: str, stated: str | None, again: str | None, expected: str) -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥。", ("女儿河新桥", promised), planned=True)
    reports.say(2023, "全市上下同心。")
    if stated:
        reports.say(2023, "女儿河新桥有了进展。", ("女儿河新桥", stated))
    if again:
        reports.say(2023, "继续推动女儿河新桥。", ("女儿河新桥", again), planned=True)
    assert outcome(reports) == expected


def test_both_sides_show_their_words() -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2023, "女儿河新桥开工建设。", ("女儿河新桥", "开工"))
    entry = only(ledger(reports.knowledge()).entries)
    assert (entry.planned, entry.promise.evidence.quote) == (2022, "推动女儿河新桥开工。")
    assert entry.answer is not None
    assert (entry.answered, entry.answer.evidence.quote) == (2023, "女儿河新桥开工建设。")
    assert (entry.answer.score, entry.answer.reason) == (1.0, "the same entity")


def test_what_is_named_without_a_stage_is_mentioned() -> None:
    reports = Reports()
    reports.say(2022, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.name(2023, "女儿河新桥两侧绿树成荫。", "女儿河新桥")
    entry = only(ledger(reports.knowledge()).entries)
    assert entry.outcome is Outcome.MENTIONED
    assert entry.answer is not None
    assert (entry.answer.what, entry.answer.evidence.quote) == (None, "女儿河新桥")


def test_a_stage_reached_before_the_plan_is_no_answer() -> None:
    reports = Reports()
    reports.say(2022, "推动老年大学投用。", ("老年大学新馆", "投用"), planned=True)
    reports.say(2023, "2018年老年大学新馆开工。", ("老年大学新馆", "投用"), due=2018)
    assert outcome(reports) == "mentioned"


def test_a_plan_for_a_later_year_is_not_due_while_nothing_is_said() -> None:
    reports = Reports()
    reports.say(2022, "2025年女儿河新桥竣工。", ("女儿河新桥", "竣工"), planned=True, due=2025)
    reports.say(2023, "全市上下同心。")
    assert outcome(reports) == "not due"


def test_the_furthest_stage_that_is_planned_counts_once() -> None:
    reports = Reports()
    reports.say(2022, "女儿河新桥开工并投用。", ("女儿河新桥", "开工"), ("女儿河新桥", "投用"), planned=True)
    reports.say(2023, "女儿河新桥开工。", ("女儿河新桥", "开工"))
    entry = only(ledger(reports.knowledge()).entries)
    assert (entry.promise.what, entry.outcome) == (Status("投用"), Outcome.UNDER_WAY)


def test_a_programme_that_is_carried_out_is_under_way_and_a_title_won_is_done() -> None:
    reports = Reports()
    reports.carry_out(2022, "实施清风行动。", "清风行动", planned=True)
    reports.carry_out(2022, "争创国家滨海旅游城市。", "国家滨海旅游城市", planned=True)
    reports.carry_out(2023, "清风行动深入实施。", "清风行动")
    reports.win(2023, "获评国家滨海旅游城市。", "国家滨海旅游城市")
    assert [entry.outcome.value for entry in ledger(reports.knowledge()).entries] == ["under way", "done"]


def test_the_answer_is_the_next_report_of_the_same_place_whatever_year_that_is() -> None:
    reports = Reports()
    reports.say(2018, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    reports.say(2020, "女儿河新桥开工。", ("女儿河新桥", "开工"))
    reports.say(2021, "女儿河新桥投用。", ("女儿河新桥", "投用"))
    entry = only(ledger(reports.knowledge()).entries)
    assert (entry.planned, entry.answered) == (2018, 2020)


def test_the_last_report_has_no_answer_yet() -> None:
    reports = Reports()
    reports.say(2023, "推动女儿河新桥开工。", ("女儿河新桥", "开工"), planned=True)
    assert ledger(reports.knowledge()).entries == ()


@pytest.mark.parametrize(
    ("planned", "later"),
    [
        ("凌河水厂供水工程", "凌河水厂供水"),
        ("桥东地域排水管网改造", "桥东排水管网改造工程"),
        ("女儿河桂林街大桥", "桂林街跨女儿河大桥"),
        ("湖滨地块四季花园酒店", "四季花园酒店"),
        ("笔架山港20万吨航道扩建工程", "笔架山港航道改扩建"),
        ("“云上锦城”数字平台", "云上锦城数字平台项目"),
    ],
)
def test_a_name_that_gains_or_loses_words_is_one_things(planned: str, later: str) -> None:
    reports = Reports()
    reports.say(2022, f"推动{planned}开工。", (planned, "开工"), planned=True)
    reports.say(2023, f"{later}开工。", (later, "开工"))
    entry = only(ledger(reports.knowledge()).entries)
    assert entry.outcome is Outcome.DONE
    assert entry.answer is not None
    assert entry.answer.label == later
    assert 0.7 <= entry.answer.score <= 1.0
    assert entry.answer.reason.startswith("the same")


@pytest.mark.parametrize(
    ("planned", "later"),
    [
        ("凌河热源厂一期工程", "凌河热源厂二期工程"),
        ("凌河热源厂一期工程", "凌河热源厂工程"),
        ("第一实验中学新校区", "第二实验中学新校区"),
        ("女儿河桂林街大桥", "女儿河福建街大桥"),
        ("小凌河桂林街大桥", "女儿河桂林街大桥"),
        ("绕城公路东环", "绕城公路西环"),
        ("临港产业园东区", "临港产业园"),
        ("笔架山港20万吨航道工程", "笔架山港30万吨航道工程"),
        ("女儿河滨河路", "女儿河滨河路绿化景观"),
        ("女儿河滨河路", "女儿河滨河公园"),
        ("体育公园", "女儿河奥林匹克体育公园"),
        ("老年大学新馆", "老年大学旧馆"),
        ("解放路三段改造", "解放路四段改造"),
        ("城市展览馆", "城市博物馆"),
    ],
)
def test_look_alikes_stay_apart(planned: str, later: str) -> None:
    reports = Reports()
    reports.say(2022, f"推动{planned}开工。", (planned, "开工"), planned=True)
    reports.say(2023, f"{later}开工。", (later, "开工"))
    assert outcome(reports) == "not mentioned"


@pytest.mark.parametrize(
    ("planned", "later", "expected"),
    [
        ("全国节水城市", "全国节水示范城市", "under way"),
        ("农村三清改革", "“三清”改革", "under way"),
        ("跨境电商先行区", "跨境电子商务先行区", "under way"),
        ("全国节水城市", "全国节水卫生城市", "not mentioned"),
        ("平安滨海新城", "美丽平安滨海新城", "not mentioned"),
        ("三年攻坚计划", "五年攻坚计划", "not mentioned"),
    ],
)
def test_a_programme_of_another_word_is_another_programme(planned: str, later: str, expected: str) -> None:
    reports = Reports()
    reports.carry_out(2022, f"实施{planned}。", planned, planned=True)
    reports.carry_out(2023, f"{later}深入实施。", later)
    assert outcome(reports) == expected


def test_the_same_name_in_another_county_is_another_thing() -> None:
    reports = Reports()
    reports.say(2022, "推动滨河体育公园开工。", ("滨河体育公园", "开工"), planned=True, scope="210726")
    reports.say(2023, "滨河体育公园建成。", ("滨河体育公园", "完成"), scope="210727")
    assert outcome(reports) == "not mentioned"
    reports.say(2023, "市滨河体育公园开工。", ("滨河体育公园", "开工"), scope="210700")
    assert outcome(reports) == "done"


def test_of_two_names_that_fit_none_is_taken() -> None:
    reports = Reports()
    reports.say(2022, "推动四季花园酒店开工。", ("四季花园酒店", "开工"), planned=True)
    reports.say(2023, "湖滨四季花园酒店开工。", ("湖滨四季花园酒店", "开工"))
    assert outcome(reports) == "done"
    reports.say(2023, "临港四季花园酒店开工。", ("临港四季花园酒店", "开工"))
    assert outcome(reports) == "not mentioned"


def test_a_phase_that_is_finished_leaves_the_whole_under_way() -> None:
    reports = Reports()
    reports.say(2022, "凌海校区竣工。", ("铁道学院凌海校区", "竣工"), planned=True)
    reports.say(2023, "凌海校区一期竣工。", ("铁道学院凌海校区一期工程", "竣工"))
    entry = only(ledger(reports.knowledge()).entries)
    assert entry.outcome is Outcome.UNDER_WAY
    assert entry.answer is not None
    assert entry.answer.reason == "一期 alone"


@pytest.mark.parametrize("one", ["凌河水厂供水工程", "女儿河桂林街大桥", "清风行动"])
def test_likeness_is_one_for_the_same_name(one: str) -> None:
    name = name_of(one, Kind.PROJECT)
    found = likeness(name, name)
    assert found is None or found.score == 1.0


@pytest.mark.parametrize(
    ("aim", "told", "expected"),
    [
        (Told("6.5"), Told("6.5"), "reached"),
        (Told("6.5"), Told("6.4"), "missed"),
        (Told("6.5"), Told("6.5", bound=Bound.UPPER), "missed"),
        (Told("6.5"), Told("6.5", bound=Bound.LOWER), "reached"),
        (Told("-3"), Told("-3.4"), "reached"),
        (Told("-3"), Told("-2.9"), "missed"),
        (Told("6.5"), Told("7", measure=Measure.LEVEL), "not mentioned"),
        (Told("6.5"), Told("7", unit="PERCENT_POINT"), "not mentioned"),
        (Told("6.5"), Told("7", due=2021), "not mentioned"),
        (Told("6.5", due=2025), Told("7"), "not due"),
    ],
)
def test_a_figure_is_compared_where_concept_unit_measure_and_year_agree(aim: Told, told: Told, expected: str) -> None:
    reports = Reports()
    reports.measure(2022, "外贸出口增长。", "外贸出口", aim, planned=True)
    reports.measure(2023, "外贸出口已增长。", "外贸出口", told)
    assert outcome(reports) == expected


def test_a_ceiling_is_kept_by_what_is_below_it() -> None:
    reports = Reports()
    reports.measure(2022, "失业率控制在5.5%。", "城镇调查失业率", Told("5.5", measure=Measure.LEVEL), planned=True)
    reports.measure(2023, "失业率5.1%。", "城镇调查失业率", Told("5.1", measure=Measure.LEVEL))
    assert outcome(reports) == "reached"


def test_concepts_written_in_two_ways_are_compared() -> None:
    reports = Reports()
    reports.measure(2022, "规上工业增加值增长8%。", "规上工业增加值", Told("8"), planned=True)
    reports.measure(2023, "规模以上工业增加值增长9%。", "规模以上工业增加值", Told("9"))
    entry = only(ledger(reports.knowledge()).entries)
    assert entry.outcome is Outcome.REACHED
    assert entry.answer is not None
    assert entry.answer.score < 1


def test_a_sum_of_several_years_is_not_compared_with_a_year() -> None:
    reports = Reports()
    reports.measure(2022, "新增就业2万人。", "新增就业", Told("2"), planned=True)
    reports.measure(2023, "五年累计新增就业10万人。", "新增就业", Told("10"))
    assert outcome(reports) == "not mentioned"


def test_several_figures_under_one_name_are_not_compared() -> None:
    reports = Reports()
    reports.measure(2022, "产值增长8%。", "产值", Told("8"), planned=True)
    reports.measure(2022, "另一产值增长18%。", "产值", Told("18"), planned=True)
    reports.measure(2023, "产值增长9%。", "产值", Told("9"))
    assert outcome(reports) == "mentioned"


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
