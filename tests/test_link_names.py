"""How names are written out, and which names mean one thing."""

from __future__ import annotations

import pytest

from jintu.divisions import load
from jintu.link.aliases import is_short_for, look_alike
from jintu.link.context import context_of
from jintu.link.naming import Handle, Namer, plain
from jintu.link.naming import load as names
from jintu.link.places import Placer
from jintu.model import Document, Kind
from jintu.ontology import load as ontology


@pytest.fixture(scope="module")
def namer() -> Namer:
    return Namer(Placer(load(ontology())), names(ontology()))


def handle(namer: Namer, name: str, place: str | None, kind: Kind = Kind.INSTITUTION) -> Handle:
    context = context_of(Document("a", "", "", "", "", place=place, year=2023), namer.placer.divisions)
    return namer(name, kind, context)


@pytest.mark.parametrize(
    ("name", "place", "full"),
    [
        ("市中心医院", "锦州市", "锦州市中心医院"),
        ("市委", "锦州市", "锦州市委"),
        ("市委", "黑山县", "锦州市委"),
        ("县医院", "黑山县", "黑山县医院"),
        ("省委第七巡视组", "锦州市", "辽宁省委第七巡视组"),
        ("市政府", "锦州市", "锦州市政府"),
        ("市政协", "锦州市", "锦州市政协"),
        ("州农科院", "恩施土家族苗族自治州", "恩施州农科院"),
        ("自治区党委", "喀什地区", "新疆维吾尔自治区党委"),
        ("区信访局", "南京市鼓楼区", "鼓楼区信访局"),
        ("市场监管局", "锦州市", "市场监管局"),
        ("市民中心", "锦州市", "市民中心"),
        ("市中心医院", "辽宁省", "市中心医院"),
        ("市中心医院", None, "市中心医院"),
    ],
)
def test_levels_stand_for_the_report_s_places(namer: Namer, name: str, place: str | None, full: str) -> None:
    assert handle(namer, name, place).full == full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市中心医院", "锦州市中心医院"),
        ("市委", "中共锦州市委"),
        ("市人民政府", "市政府"),
        ("市人大常委会", "锦州市人民代表大会常务委员会"),
        ("市发改委", "锦州市发展和改革委员会"),
        ("高新区", "锦州高新技术产业开发区"),
        ("“锦绣”行动", "锦绣行动"),
        ("ＨＤ项目", "hd项目"),
        ("古塔信访局", "锦州市古塔区信访局"),
        ("国务院", "国务院"),
    ],
)
def test_two_ways_to_write_one_name_have_one_handle(namer: Namer, one: str, other: str) -> None:
    first, second = (handle(namer, name, "锦州市") for name in (one, other))
    assert (first.scope, first.rest) == (second.scope, second.rest)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("太和区政府", "古塔区政府"),
        ("第一中学", "第二中学"),
        ("热源厂一期", "热源厂二期"),
        ("解放路一段", "解放路二段"),
        ("市委", "省委"),
        ("北京路", "南京路"),
    ],
)
def test_look_alikes_have_different_handles(namer: Namer, one: str, other: str) -> None:
    first, second = (handle(namer, name, "锦州市") for name in (one, other))
    assert (first.scope, first.rest) != (second.scope, second.rest)


def test_a_name_is_one_thing_in_the_reports_of_two_levels(namer: Namer) -> None:
    city, province = handle(namer, "锦州医科大学", "锦州市"), handle(namer, "锦州医科大学", "辽宁省")
    assert (city.scope, city.rest) == (province.scope, province.rest) == ("210700", "医科大学")


def test_one_name_in_two_cities_is_two_things(namer: Namer) -> None:
    assert (
        handle(namer, "人民公园", "锦州市", Kind.PLACE).scope != handle(namer, "人民公园", "盘锦市", Kind.PLACE).scope
    )


def test_national_names_are_one_thing_everywhere(namer: Namer) -> None:
    for name in ("乡村振兴战略", "“双减”", "党中央", "全国养老先进单位", "二十大"):
        assert handle(namer, name, "锦州市", Kind.PROGRAMME).scope == "cn"


def test_a_road_named_after_a_far_city_stays_local(namer: Namer) -> None:
    assert handle(namer, "北京路", "锦州市", Kind.PLACE).scope == "210700"


def test_a_project_for_a_far_place_stays_local(namer: Namer) -> None:
    assert handle(namer, "深圳产业园", "承德市", Kind.PROJECT).scope == "130800"


@pytest.mark.parametrize("name", ["“锦绣”　行动", "《曙光》", "甲——乙快线", "ＡＢＣ", "İstanbul", "<b>\u202e"])
def test_the_normal_form_of_a_normal_form_is_itself(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("锦医大", "锦州医科大学"),
        ("渤大", "渤海大学"),
        ("师专", "师范高等专科学校"),
        ("芜职院", "芜湖职业技术学院"),
        ("发改委", "发展和改革委员会"),
    ],
)
def test_short_names_are_recognised(short: str, long: str) -> None:
    assert is_short_for(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("渤大", "渤海中学"),
        ("二中", "第一中学"),
        ("锦州大学", "锦州医科大学"),
        ("锦医", "锦州医科大学"),
        ("", "锦州医科大学"),
        ("一院", "第二医院"),
        ("盘锦学院", "盘锦职业技术学院"),
        ("中医院", "中医学院"),
        ("三院", "三院城南医院"),
    ],
)
def test_what_only_looks_short_is_refused(short: str, long: str) -> None:
    assert not is_short_for(short, long)


@pytest.mark.parametrize(
    ("one", "other"),
    [("一期", "二期"), ("东湖公园", "西湖公园"), ("3号线", "4号线"), ("a区", "b区"), ("老校区", "新校区")],
)
def test_what_tells_things_apart_is_seen(one: str, other: str) -> None:
    assert look_alike(one, other)
