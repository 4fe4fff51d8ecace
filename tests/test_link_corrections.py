"""What a user corrects: merges, names, kinds, and all mistakes of a file told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from jintu.divisions import Divisions, load
from jintu.errors import OntologyError
from jintu.link import Linker, lift
from jintu.link.corrections import read
from jintu.model import (
    OwnPlace,
    Reading,
    Relation,
)
from jintu.ontology import load as ontology
from link_samples import BODY, PLACE, WORKS, claiming, ids, reading


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load(ontology())


def corrected(divisions: Divisions, tmp_path: Path, lines: str, *readings: Reading) -> dict[str, str]:
    path = tmp_path / "corrections.tsv"
    path.write_text(lines, encoding="utf-8")
    return ids(Linker(divisions, corrections=read(path))(readings)[1])


def test_corrections_merge_split_drop_and_change_kinds(divisions: Divisions, tmp_path: Path) -> None:
    names = [
        ("大桥", WORKS),
        ("跨海大桥", WORKS),
        ("锦医大", BODY),
        ("锦州医科大学", BODY),
        ("车站", PLACE),
        ("东站", PLACE),
    ]
    lines = "same\t大桥\t跨海大桥\ndifferent\t锦医大\t锦州医科大学\nnot-a-name\t车站\nkind\t东站\tProject\t锦州市\n"
    found = corrected(divisions, tmp_path, lines, reading("a", names))
    assert found["大桥"] == found["跨海大桥"] == "project/210700/跨海大桥"
    assert found["锦医大"] != found["锦州医科大学"]
    assert "车站" not in found
    assert found["东站"] == "project/210700/东站"


def test_what_is_called_the_same_as_two_makes_one_of_them(divisions: Divisions, tmp_path: Path) -> None:
    names = [(name, WORKS) for name in ("云岭水库", "白鹭水库", "松湾水库")]
    lines = "same\t云岭水库\t白鹭水库\nsame\t云岭水库\t松湾水库\n"
    assert len(set(corrected(divisions, tmp_path, lines, reading("a", names)).values())) == 1


def test_one_key_is_split_where_the_user_says_so(divisions: Divisions, tmp_path: Path) -> None:
    names = [("高新区", PLACE), ("锦州高新区", PLACE)]
    found = corrected(divisions, tmp_path, "different\t高新区\t锦州高新区\n", reading("a", names))
    assert found["高新区"] != found["锦州高新区"]


def test_a_claim_about_what_is_no_name_is_dropped(divisions: Divisions, tmp_path: Path) -> None:
    base = reading("a", [("车站", PLACE)])
    path = tmp_path / "corrections.tsv"
    path.write_text("not-a-name\t车站\n", encoding="utf-8")
    said = claiming(base, (base.mentions[0], Relation.LOCATED_IN, OwnPlace("a", "锦州市")))
    entities, links = Linker(divisions, corrections=read(path))([said])
    assert [fact.evidence[0].rule for fact in lift([said], entities, links)] == ["gazetteer:divisions"] * 2


def test_unknown_names_in_corrections_are_all_told_at_once(divisions: Divisions, tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as raised:
        corrected(divisions, tmp_path, "same\t大桥\t小桥\nkind\t车站\tPlace\t沈阳市\n", reading("a", [("大桥", WORKS)]))
    said = str(raised.value).splitlines()
    assert said[0].startswith('corrections.tsv:1: nothing is called "小桥" in these documents')
    assert said[1].startswith('corrections.tsv:2: nothing is called "车站" in the reports of 沈阳市')


def test_every_mistake_of_a_corrections_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    lines = [
        "# verb\tname\tother\tplace",
        "verb\tname\tother\tplace",
        "sane\t甲\t乙",
        "same\t甲",
        "kind\t甲\tOrganisation",
        "not-a-name\t丁\t戊",
        "same\t“甲”\t甲",
        "same\t甲\t乙",
        "same\t乙\t丙",
        "different\t丙\t甲",
        "kind\t己\tPlace",
        "kind\t己\tProject",
        "not-a-name\t己",
        "same\t\t乙",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(OntologyError) as raised:
        read(path)
    told = [line.split(":")[1] for line in str(raised.value).splitlines()]
    assert told == ["3", "4", "5", "6", "7", "14", "10", "11", "12", "12"]


def test_a_missing_corrections_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="name a corrections file"):
        read(tmp_path / "none.tsv")
