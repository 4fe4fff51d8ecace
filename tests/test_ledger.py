"""What one report plans and what the next one says of it."""

from __future__ import annotations

import pytest

from jintu.ledger import Outcome, ledger
from jintu.ledger.names import likeness, name_of
from jintu.model import (
    Bound,
    Kind,
    Measure,
    Status,
)
from reports_samples import Reports, Told, only, outcome


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
        (Told("6.5"), Told("7", measure=Measure.LEVEL), "mentioned"),
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
