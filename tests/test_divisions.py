"""The divisions' tables: who is where, called what, in which year."""

from __future__ import annotations

from pathlib import Path

import pytest

from jintu.divisions import (
    COUNTRY,
    DIVISIONS,
    FORMER,
    IDENTIFIERS,
    TOWNSHIPS,
    Division,
    Divisions,
    Level,
    load,
    refuse_unknown,
)
from jintu.errors import JintuError, OntologyError
from jintu.ontology import Ontology
from jintu.ontology import load as ontology


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load(ontology())


def test_a_short_name_finds_every_level_the_widest_first(divisions: Divisions) -> None:
    found = divisions.named("吉林", year=2023)
    assert [(place.name, place.level) for place in found[:2]] == [
        ("吉林省", Level.PROVINCE),
        ("吉林市", Level.PREFECTURE),
    ]


def test_a_full_name_finds_no_other_level(divisions: Divisions) -> None:
    assert [place.code for place in divisions.named("黑山县")] == ["210726"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("恩施州", "422800"),
        ("巴州", "652800"),
        ("前郭县", "220721"),
        ("浦东", "310115"),
        ("两江新区", "500157"),
        ("仙桃", "429004"),
    ],
)
def test_customary_names_are_known(divisions: Divisions, name: str, code: str) -> None:
    assert code in [place.code for place in divisions.named(name, year=2025)]


def test_a_renamed_place_keeps_its_code_and_has_its_name_of_the_year(divisions: Divisions) -> None:
    names = [divisions.chain("420600", year=year)[0].name for year in (2005, 2020)]
    assert names == ["襄樊市", "襄阳市"]


def test_an_abolished_place_is_not_valid_two_years_later(divisions: Divisions) -> None:
    assert [place.code for place in divisions.named("凌河区", year=2023)] == ["210703"]
    assert divisions.named("宣武区", year=2009) != ()
    assert divisions.named("宣武区", year=2012) == ()


def test_the_chain_leads_up_to_the_country(divisions: Divisions) -> None:
    assert [place.name for place in divisions.chain("210726116")] == [
        "太和镇",
        "黑山县",
        "锦州市",
        "辽宁省",
        "中华人民共和国",
    ]


def test_a_county_directly_under_its_province_has_no_level_between(divisions: Divisions) -> None:
    assert [place.code for place in divisions.chain("429004")] == ["429004", "420000", COUNTRY]


def test_every_parent_exists(divisions: Divisions) -> None:
    lost = [row.code for row in divisions.rows if row.level is not Level.COUNTRY and divisions.at(row.parent) is None]
    assert lost == []
    assert [code for code, _, _ in divisions.townships if divisions.at(code[:6]) is None] == []


def test_the_counts_are_those_of_the_ministry(divisions: Divisions) -> None:
    standing = [row for row in divisions.rows if row.until is None and row.code[:2] not in ("71", "81", "82")]
    counts = [sum(row.level is level for row in standing) for level in Level]
    assert counts == [1, 31, 333, 2845, 0]  # 2025-12-31; Taiwan, Hong Kong and Macau are beside them
    assert len(divisions.townships) == 38723


def test_a_township_of_a_people_has_its_short_name(divisions: Divisions) -> None:
    assert any(place.name == "瓦屋侗族乡" for place in divisions.named("瓦屋"))


def test_a_township_that_was_abolished_is_found_in_its_years_alone(divisions: Divisions) -> None:
    found = divisions.named("大胡同街道", year=2018)
    assert [(place.code, place.until) for place in found] == [("120106011", 2018)]
    assert [place.name for place in divisions.chain("120106011")][1:] == ["红桥区", "天津市", "中华人民共和国"]
    assert divisions.named("大胡同街道", year=2021) == ()
    assert divisions.named("大胡同", year=2018) == ()  # by its full name alone


def test_a_former_township_lies_in_a_county_of_its_time(divisions: Divisions) -> None:
    assert [place.code for place in divisions.former if divisions.at(place.parent) is None] == []


def test_every_division_has_an_identifier_and_provinces_and_prefectures_have_others(divisions: Divisions) -> None:
    standing = [row for row in divisions.rows if row.until is None and row.level in (Level.PROVINCE, Level.PREFECTURE)]
    assert [row.name for row in standing if not divisions.identifiers(row.code).codes] == []
    assert [row.name for row in standing if not divisions.identifiers(row.code).iris] == [
        "台湾省",
        "香港特别行政区",
        "澳门特别行政区",
    ]
    iso = [code for code in (known.codes for known in divisions.elsewhere.values()) if code]
    assert len(set(iso)) == 34
    assert divisions.identifiers("210726116").codes == ("GB/T 10114:210726116",)


def test_no_identifier_is_given_twice_nor_to_a_division_that_is_gone(divisions: Divisions) -> None:
    iris = [iri for known in divisions.elsewhere.values() for iri in known.iris]
    assert len(iris) == len(set(iris))
    assert [code for code in divisions.elsewhere if (found := divisions.at(code)) is None or found.until] == []


def test_coordinates_belong_to_divisions_and_lie_in_their_country() -> None:
    rows = ontology().rows("gazetteers/coordinates.tsv", "code", "longitude", "latitude")
    known = load(ontology())
    assert [row["code"] for row in rows if known.at(row["code"]) is None] == []
    assert all(73 < float(row["longitude"]) < 136 and 3 < float(row["latitude"]) < 54 for row in rows)
    assert len(rows) > 3000


def test_names_tell_their_levels(divisions: Divisions) -> None:
    assert divisions.names()["黑山县"] == (Level.COUNTY,)
    assert divisions.names()["太和镇"] == (Level.TOWNSHIP,)
    assert divisions.short_names()["吉林"] == (Level.PROVINCE, Level.PREFECTURE)
    assert "太和镇" not in divisions.short_names()


def test_a_place_that_does_not_exist_is_refused_with_the_nearest_name(divisions: Divisions) -> None:
    with pytest.raises(JintuError, match=r'"大黑山县" is no division of any year since 1980; did you mean "黑山县"\?'):
        refuse_unknown("大黑山县", divisions)
    for name in ("襄樊市", "辽宁省锦州市古塔区", "汤河子开发区", "黑山", ""):
        refuse_unknown(name, divisions)


def test_what_has_no_name_here_is_not_found(divisions: Divisions) -> None:
    assert divisions.named("") == ()
    assert divisions.named("汤河子开发区") == ()
    assert divisions.at("999999") is None
    assert divisions.chain("999999") == ()


def test_a_division_without_history_is_valid_in_every_year() -> None:
    assert Division("210726116", "太和镇", "太和", Level.TOWNSHIP, "210726").valid(1999)


def test_every_mistake_of_the_tables_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "gazetteers").mkdir()
    heads = "code\tname\tshort\taliases\tlevel\tparent\tsince\tuntil\n"
    wrong = "1\t某县\t某\t\tcuonty\t2\t1980\t\n3\t某市\t某\t\tprefecture\t2\t去年\t\n"
    (tmp_path / DIVISIONS).write_text(heads + wrong, encoding="utf-8")
    (tmp_path / TOWNSHIPS).write_text("code\tname\tshort\n12345\t某镇\t\n", encoding="utf-8")
    (tmp_path / FORMER).write_text("code\tname\tuntil\n210726999\t某乡\t前年\n", encoding="utf-8")
    (tmp_path / IDENTIFIERS).write_text("code\tiso\tgeonames\n", encoding="utf-8")
    with pytest.raises(OntologyError) as raised:
        load(Ontology(tmp_path))
    said = str(raised.value).splitlines()
    assert len(said) == 4
    assert 'divisions.tsv:2: level "cuonty"' in said[0] and '"county"' in said[0]
    assert 'divisions.tsv:3: since "去年"' in said[1]
    assert "gazetteers/townships.tsv:2:" in said[2]
    assert 'former_townships.tsv:2: until "前年"' in said[3]
