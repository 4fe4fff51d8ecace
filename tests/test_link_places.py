"""Which division a place's name means."""

from __future__ import annotations

import pytest

from jintu.divisions import Divisions, Level, load
from jintu.link.context import Context, context_of
from jintu.link.places import ABOLISHED, SURE, Choice, Hints, Placer, list_level
from jintu.model import Document
from jintu.ontology import load as ontology


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer(load(ontology()))


def at(divisions: Divisions, place: str | None, year: int | None = 2023) -> Context:
    return context_of(Document("a", "", "", "", "", place=place, year=year), divisions)


def choose(
    placer: Placer, name: str, place: str | None, year: int | None = 2023, hints: Hints | None = None
) -> Choice | None:
    return placer(name, at(placer.divisions, place, year), hints or Hints())


def code(choice: Choice | None) -> str | None:
    return choice.division.code if choice and choice.division else None


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("黑山", "锦州市", "210726"),
        ("太和", "锦州市", "210711"),
        ("太和镇", "锦州市", "210726116"),
        ("锦州", "锦州市", "210700"),
        ("辽宁", "锦州市", "210000"),
        ("盘锦", "锦州市", "211100"),
        ("朝阳", "锦州市", "211300"),
        ("朝阳", "北京市", "110105"),
        ("鼓楼区", "南京市", "320106"),
        ("吉林", "吉林市", "220200"),
        ("吉林", "锦州市", "220000"),
        ("恩施", "恩施土家族苗族自治州", "422800"),
        ("河北", "天津市", "130000"),
        ("义乌", "锦州市", "330782"),
        ("中国", "锦州市", "100000"),
        ("辽宁省锦州市黑山县", "长春市", "210726"),
        ("龙江", "绥化市", "230000"),
        ("萧山", "杭州市", "330109"),
        ("滨海新区", "天津市", "120116"),
        ("香港", "广东省", "810000"),
        ("建邺", "鞍山市", "320105"),
        ("亦庄镇", "北京市", "110115004"),
    ],
)
def test_the_own_region_comes_first(placer: Placer, name: str, place: str, expected: str) -> None:
    assert code(choose(placer, name, place)) == expected


@pytest.mark.parametrize(("year", "expected"), [(2018, SURE), (2023, ABOLISHED)])
def test_a_township_of_former_years_is_linked_by_its_full_name(placer: Placer, year: int, expected: float) -> None:
    choice = choose(placer, "新兴街道", "阜新市", year)
    assert code(choice) == "210902002"
    assert choice and choice.score == expected
    assert choose(placer, "新兴街道", "广州市", year) is None


def test_a_list_tells_the_level(placer: Placer) -> None:
    own = at(placer.divisions, "吉林市")
    provinces = list_level([placer.candidates(name, own) for name in ("辽宁", "吉林", "黑龙江")])
    cities = list_level([placer.candidates(name, own) for name in ("长春", "吉林", "四平")])
    assert (provinces, cities) == (Level.PROVINCE, Level.PREFECTURE)
    assert code(choose(placer, "吉林", "吉林市", hints=Hints(level=provinces))) == "220000"
    assert code(choose(placer, "吉林", "吉林省", hints=Hints(level=cities))) == "220200"


def test_the_place_right_before_a_name_holds_it(placer: Placer) -> None:
    before = placer.divisions.at("210726")
    assert code(choose(placer, "新兴镇", None, hints=Hints(before=before))) == "210726114"


def test_an_ambiguous_name_is_left_open_with_its_candidates(placer: Placer) -> None:
    choice = choose(placer, "鼓楼区", "锦州市")
    assert choice is not None
    assert choice.division is None
    assert {"320106", "350102"} <= {place.code for place in choice.candidates}
    assert choice.reason.startswith("left open: 鼓楼区 may be ")


def test_a_full_name_elsewhere_in_the_document_settles_an_open_one(placer: Placer) -> None:
    assert code(choose(placer, "鼓楼区", None, hints=Hints(known=frozenset({"320300"})))) == "320302"


@pytest.mark.parametrize("name", ["汤河子开发区", "锦州滨海新区", "滨海新区", "北市区", "主城区", "全市", "黑山羊", ""])
def test_what_is_no_division_has_no_choice(placer: Placer, name: str) -> None:
    assert choose(placer, name, "锦州市") is None


def test_a_far_hill_does_not_become_a_county(placer: Placer) -> None:
    assert choose(placer, "太湖", "无锡市") is None
    assert code(choose(placer, "太湖县", "无锡市")) == "340825"


def test_a_place_is_linked_as_of_the_report_s_year(placer: Placer) -> None:
    assert code(choose(placer, "邢台县", "邢台市", 2015)) == "130521"
    gone = choose(placer, "邢台县", "邢台市", 2025)
    assert code(gone) == "130521"
    assert gone is not None
    assert "abolished or renamed after 2019" in gone.reason


def test_a_renamed_city_is_found_by_both_names(placer: Placer) -> None:
    assert code(choose(placer, "襄樊市", "湖北省", 2008)) == code(choose(placer, "襄阳", "湖北省", 2020)) == "420600"


def test_a_township_far_away_is_not_guessed(placer: Placer) -> None:
    assert choose(placer, "太和镇", "长春市") is None


def test_a_document_of_an_ambiguous_place_has_no_region(placer: Placer) -> None:
    assert at(placer.divisions, "鼓楼区").own is None
    assert at(placer.divisions, "南京市鼓楼区").scope == "320106"
    assert at(placer.divisions, "中国").scope == "cn"
