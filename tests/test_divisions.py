"""The divisions' tables: who is where, called what, in which year."""

from __future__ import annotations

from pathlib import Path

import pytest

from jintu.divisions import COUNTRY, DIVISIONS, TOWNSHIPS, Division, Divisions, Level, load
from jintu.errors import OntologyError
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


def test_names_tell_their_levels(divisions: Divisions) -> None:
    assert divisions.names()["黑山县"] == (Level.COUNTY,)
    assert divisions.names()["太和镇"] == (Level.TOWNSHIP,)
    assert divisions.short_names()["吉林"] == (Level.PROVINCE, Level.PREFECTURE)
    assert "太和镇" not in divisions.short_names()


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
    with pytest.raises(OntologyError) as raised:
        load(Ontology(tmp_path))
    said = str(raised.value).splitlines()
    assert len(said) == 3
    assert 'divisions.tsv:2: level "cuonty"' in said[0] and '"county"' in said[0]
    assert 'divisions.tsv:3: since "去年"' in said[1]
    assert "townships.tsv:2:" in said[2]
