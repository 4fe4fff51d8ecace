"""The fold: mentions to entities, claims to facts, whatever the order of the documents."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jintu.divisions import Divisions, load
from jintu.link import Linker, lift
from jintu.link.entities import scope_by_id
from jintu.model import (
    Evidence,
    Kind,
    OwnPlace,
    Reading,
    Relation,
    Span,
    Status,
)
from jintu.ontology import load as ontology
from link_samples import BODY, PLACE, PLAN, WORKS, Named, claiming, one, reading


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load(ontology())


def test_divisions_are_linked_to_what_others_call_them(divisions: Divisions) -> None:
    entities, _ = Linker(divisions)([reading("a", [("太和镇", PLACE)])])
    found = {entity.label: (entity.identifiers, entity.same_as) for entity in entities}
    assert found["太和镇"] == (("GB/T 10114:210726116",), ())
    assert found["锦州市"] == (("GB/T 2260:210700",), ("https://sws.geonames.org/2036425/",))
    assert found["辽宁省"][0] == ("GB/T 2260:210000", "ISO 3166-2:CN-LN")


def test_every_mention_has_a_link_to_an_entity_that_exists(divisions: Divisions) -> None:
    found = reading("a", [("黑山", PLACE), ("鼓楼区", PLACE), ("市委", BODY), ("“锦绣”行动", PLAN), ("", WORKS)])
    entities, links = Linker(divisions)([found])
    known = {entity.id for entity in entities}
    assert sorted(link.mention.span for link in links) == sorted(mention.span for mention in found.mentions)
    assert {link.entity for link in links} <= known
    assert {entity.scope for entity in entities} - {None} <= known
    assert all(link.reason for link in links)


def test_the_id_of_an_entity_tells_its_scope(divisions: Divisions) -> None:
    names = ["黑山镇", "大虎山镇", "锦州", "德令哈市", "襄樊市", "三沙市", "吉林", "中国", "昌平县", "锦凌水库", "长江"]
    bodies = [("市中心医院", BODY), ("国务院", BODY), ("南山隧道/二期", WORKS), ("“锦绣”行动", PLAN)]
    found = [reading(f"a{year}", [*((name, PLACE) for name in names), *bodies], year=year) for year in (1985, 2023)]
    nowhere = reading("b", [("某某医院", BODY), ("辽宁", PLACE), ("太和镇", PLACE)], place=None)
    entities, _ = Linker(divisions)([*found, nowhere])
    scopes = {entity.id: entity.scope for entity in entities}
    assert {name: scope_by_id(name, divisions) for name in scopes} == scopes
    assert {None, "division/210726", "division/100000"} < set(scopes.values())


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (BODY, ["市中心医院", "锦州市中心医院", "锦州中心医院"]),
        (BODY, ["锦州医科大学", "锦医大"]),
        (BODY, ["锦州师范高等专科学校", "锦州师专"]),
        (BODY, ["渤海大学", "渤大"]),
        (BODY, ["新苏环保", "新苏环保产业集团有限公司"]),
        (WORKS, ["南山隧道项目", "南山隧道工程", "南山隧道"]),
        (WORKS, ["ＨＤ 项目", "hd项目"]),
        (PLAN, ["“锦绣”行动", "锦绣行动"]),
        (BODY, ["市委", "中共锦州市委", "锦州市委"]),
        (PLACE, ["锦州高新区", "高新区", "锦州高新技术产业开发区"]),
        (BODY, ["神光半导体有限公司", "神光半导体", "神光"]),
        (WORKS, ["云飞街跨小凌河特大桥项目", "小凌河云飞街大桥"]),
        (WORKS, ["地铁3号线南延线", "3号线南延线工程"]),
        (PLAN, ["“一窗办”改革", "“一窗办”模式", "“一窗办”"]),
    ],
)
def test_names_of_one_thing_make_one_entity(divisions: Divisions, kind: Kind, names: list[str]) -> None:
    together = one(divisions, reading("a", [(name, kind) for name in names]))[1]
    apart = one(divisions, *(reading(f"doc{n}", [(name, kind)]) for n, name in enumerate(names)))[1]
    assert len(set(together.values())) == 1
    assert len(set(apart.values())) == 1


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (BODY, ["市第一中学", "市第二中学"]),
        (BODY, ["太和区政府", "古塔区政府", "市政府", "省政府"]),
        (PLACE, ["解放路一段", "解放路二段", "解放路"]),
        (WORKS, ["热源厂一期", "热源厂二期", "热源厂"]),
        (BODY, ["渤大", "渤海大学", "渤东大学"]),
        (BODY, ["长城集团", "长城公司"]),
        (PLACE, ["东湖公园", "西湖公园"]),
    ],
)
def test_look_alikes_stay_apart(divisions: Divisions, kind: Kind, names: list[str]) -> None:
    found = one(divisions, reading("a", [(name, kind) for name in names]))[1]
    if "渤大" in names:
        assert found["渤海大学"] != found["渤东大学"]
        return
    assert len(set(found.values())) == len(names)


def test_a_short_name_that_fits_two_long_ones_is_left_alone(divisions: Divisions) -> None:
    found = one(divisions, reading("a", [(name, BODY) for name in ("渤大", "渤海大学", "渤海师范大学")]))[1]
    assert len(set(found.values())) == 3


def test_quoted_words_alone_are_the_only_longer_name_of_their_report(divisions: Divisions) -> None:
    names = [(name, PLAN) for name in ("工业调整“八大行动”", "调整“八大行动”", "“八大行动”")]
    assert len(set(one(divisions, reading("a", names))[1].values())) == 1
    assert len(set(one(divisions, reading("a", names[:1]), reading("b", names[2:]))[1].values())) == 2
    others = [*names, ("农业“八大行动”", PLAN)]
    assert len(set(one(divisions, reading("a", others))[1].values())) == 4


def test_a_firm_is_the_one_that_stands_behind_its_parents_name(divisions: Divisions) -> None:
    names = [(name, BODY) for name in ("辉晨石化", "中石油辉晨石化", "石化", "中石油石化")]
    found = one(divisions, reading("a", names))[1]
    assert found["辉晨石化"] == found["中石油辉晨石化"]
    assert found["石化"] != found["中石油石化"]


@pytest.mark.parametrize(
    "names",
    [
        ("辉晨石化公司", "中石油辉晨石化公司", "中石化辉晨石化公司"),
        ("投资集团有限公司", "中粮投资集团有限公司"),
        ("生物科技公司", "中粮生物科技公司"),
    ],
)
def test_a_firm_of_two_parents_or_of_any_name_is_none_of_theirs(divisions: Divisions, names: tuple[str, ...]) -> None:
    found = one(divisions, reading("a", [(name, BODY) for name in names]))[1]
    assert len(set(found.values())) == len(names)


def test_a_firm_read_as_a_place_is_the_firm_unless_it_is_called_like_a_place(divisions: Divisions) -> None:
    names = [("辉晨", PLACE), ("辉晨集团", BODY), ("南山", PLACE), ("南山集团", BODY)]
    found = one(divisions, reading("a", names))[1]
    assert found["辉晨"] == found["辉晨集团"]
    assert found["南山"] != found["南山集团"]


def test_a_bare_name_of_the_own_place_is_no_body_of_it(divisions: Divisions) -> None:
    found = one(divisions, reading("a", [("锦州", BODY), ("辽宁", BODY), ("锦州银行", BODY)]))[1]
    assert (found["锦州"], found["辽宁"]) == ("division/210700", "division/210000")
    assert found["锦州银行"].startswith("institution/")


def test_the_fullest_name_is_the_label_and_the_others_are_aliases(divisions: Divisions) -> None:
    entities, found = one(divisions, reading("a", [("市中心医院", BODY), ("锦州中心医院", BODY)]))
    hospital = next(entity for entity in entities if entity.id == found["市中心医院"])
    assert (hospital.id, hospital.label) == ("institution/210700/锦州市中心医院", "锦州市中心医院")
    assert hospital.aliases == ("市中心医院", "锦州中心医院")
    assert hospital.scope == "division/210700"


def test_a_project_over_the_years_is_one_and_a_park_in_two_cities_two(divisions: Divisions) -> None:
    years = [
        reading(f"锦州市-{year}", [("南山隧道", WORKS), ("人民公园", PLACE)], year=year) for year in range(2020, 2024)
    ]
    other = reading("盘锦市-2023", [("人民公园", PLACE)], place="盘锦市")
    _, links = Linker(divisions)([*years, other])
    assert len({link.entity for link in links if link.mention.text == "南山隧道"}) == 1
    assert len({link.entity for link in links if link.mention.text == "人民公园"}) == 2


def test_a_thing_that_is_called_a_project_and_a_place_is_one_unless_its_claims_forbid(divisions: Divisions) -> None:
    plain = reading("a", [("儿童公园", WORKS), ("儿童公园", PLACE), ("儿童公园", PLACE)])
    assert len(set(Linker(divisions)([plain])[1])) == 3
    assert len({link.entity for link in Linker(divisions)([plain])[1]}) == 1
    opened = claiming(plain, (plain.mentions[0], Relation.STATUS, Status("开工")))
    assert {link.entity.split("/")[0] for link in Linker(divisions)([opened])[1]} == {"place"}
    city = OwnPlace("a", "锦州市")
    built = claiming(
        plain,
        (city, Relation.IMPLEMENTS, plain.mentions[0]),
        (plain.mentions[1], Relation.LOCATED_IN, plain.mentions[2]),
    )
    assert {link.entity.split("/")[0] for link in Linker(divisions)([built])[1]} == {"project", "place"}


def test_a_list_of_provinces_links_to_provinces(divisions: Divisions) -> None:
    found = reading("a", [(name, PLACE) for name in ("辽宁", "吉林", "黑龙江")], place="吉林市", by="、")
    assert set(one(divisions, found)[1].values()) == {"division/210000", "division/220000", "division/230000"}


def test_news_without_a_place_of_its_own_belong_where_their_places_lie(divisions: Divisions) -> None:
    names = [("锦州市", PLACE), ("太和区", PLACE), ("市委", BODY), ("新兴镇", PLACE), ("北京", PLACE)]
    found = one(divisions, reading("a", names, place=None))[1]
    assert (found["市委"], found["太和区"]) == ("institution/210700/锦州市委", "division/210711")
    assert found["新兴镇"] == "division/210726114"


def test_a_body_right_after_a_place_is_the_place_s(divisions: Divisions) -> None:
    names = [("古塔区", PLACE), ("人民医院", BODY), ("锦州市", PLACE), ("人民政府", BODY)]
    found = one(divisions, reading("a", names, by=""), reading("b", [("市人民医院", BODY), ("市政府", BODY)]))[1]
    assert found["人民医院"] == "institution/210702/古塔区人民医院" != found["市人民医院"]
    assert found["人民政府"] == found["市政府"]


def test_a_body_of_no_level_is_no_level_s(divisions: Divisions) -> None:
    found = one(divisions, reading("a", [("人民政府", BODY), ("市政府", BODY)]))[1]
    assert found["人民政府"] != found["市政府"]


def test_an_open_place_is_an_entity_of_its_own_with_its_candidates_said(divisions: Divisions) -> None:
    _, links = Linker(divisions)([reading("a", [("鼓楼区", PLACE)])])
    assert links[0].entity == "place/210700/鼓楼区"
    assert "鼓楼区 320106" in links[0].reason
    assert links[0].score < 1


def test_divisions_come_with_all_they_lie_in(divisions: Divisions) -> None:
    entities, _ = one(divisions, reading("a", [("太和镇", PLACE)]))
    assert {entity.code for entity in entities} == {"100000", "210000", "210700", "210726", "210726116"}
    county = next(entity for entity in entities if entity.code == "210726")
    assert (county.label, county.scope) == ("黑山县", "division/210700")
    assert "黑山" in county.aliases


@pytest.mark.parametrize("name", ["甲/乙“丙”", "<script>", "a b\u202ec", "../..", "名" * 300, "  ", "“”"])
def test_hostile_names_get_an_entity_each(divisions: Divisions, name: str) -> None:
    entities, found = one(divisions, reading("a", [(name, WORKS), ("别的项目", WORKS)]))
    assert len(set(found.values())) == 2
    assert len({entity.id for entity in entities}) == len(entities)


def test_the_order_of_the_documents_does_not_matter(divisions: Divisions) -> None:
    names = [
        ("市委", BODY),
        ("锦医大", BODY),
        ("锦州医科大学", BODY),
        ("人民公园", PLACE),
        ("黑山", PLACE),
        ("鼓楼区", PLACE),
    ]
    places = ("锦州市", "盘锦市", "辽宁省", None)
    readings = [reading(f"doc{n}", names[n % 3 :], place=place) for n, place in enumerate(places)]
    expected = Linker(divisions)(readings)
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert Linker(divisions)(readings) == expected


def test_no_readings_make_nothing(divisions: Divisions) -> None:
    assert Linker(divisions)([]) == ((), ())
    assert lift([], (), ()) == ()


def lifted(divisions: Divisions, *readings: Reading) -> dict[tuple[str, str, object], tuple[Evidence, ...]]:
    entities, links = Linker(divisions)(readings)
    facts = lift(readings, entities, links)
    return {(fact.subject, fact.relation.value, fact.object): fact.evidence for fact in facts}


def test_one_statement_of_two_documents_is_one_fact_with_two_pieces_of_evidence(divisions: Divisions) -> None:
    bases = [reading(doc, [("南山隧道", WORKS)]) for doc in ("a", "b")]
    both = [claiming(base, (base.mentions[0], Relation.STATUS, Status("开工"))) for base in bases]
    facts = lifted(divisions, *both)
    assert [found.doc for found in facts["project/210700/南山隧道", "status", Status("开工")]] == ["a", "b"]


def test_the_own_place_is_the_division(divisions: Divisions) -> None:
    base = reading("a", [("南山隧道", WORKS)])
    facts = lifted(divisions, claiming(base, (base.mentions[0], Relation.LOCATED_IN, OwnPlace("a", "锦州市"))))
    assert ("project/210700/南山隧道", "locatedIn", "division/210700") in facts


def test_an_own_place_that_is_no_division_is_a_place(divisions: Divisions) -> None:
    base = reading("a", [("南山隧道", WORKS)], place="某某试验区")
    facts = lifted(divisions, claiming(base, (base.mentions[0], Relation.LOCATED_IN, OwnPlace("a", "某某试验区"))))
    assert ("project/-/南山隧道", "locatedIn", "place/-/某某试验区") in facts


def test_the_chain_of_divisions_is_stated_by_the_gazetteer(divisions: Divisions) -> None:
    facts = lifted(divisions, reading("a", [("黑山", PLACE)]))
    chain = [(s, o) for s, _, o in facts]
    assert chain == [
        ("division/210000", "division/100000"),
        ("division/210700", "division/210000"),
        ("division/210726", "division/210700"),
    ]
    assert {found for evidence in facts.values() for found in evidence} == {
        Evidence("", Span(0, 0), "", "gazetteer:divisions")
    }


@pytest.mark.parametrize("place", ["G1816", "沈阳市", "铁西区", "云岭公园"])
def test_a_division_lies_in_wider_ones_and_in_nothing_else(divisions: Divisions, place: str) -> None:
    base = reading("a", [("黑山县", PLACE), (place, PLACE), ("锦州市", PLACE)])
    county, other, city = base.mentions
    claims = [(county, Relation.LOCATED_IN, thing) for thing in (other, city, OwnPlace("a", "锦州市"))]
    facts = lifted(divisions, claiming(base, *claims))
    assert [thing for subject, _, thing in facts if subject == "division/210726"] == ["division/210700"]


def test_a_county_may_lie_in_an_own_place_that_is_no_division(divisions: Divisions) -> None:
    base = reading("a", [("黑山县", PLACE)], place="某某试验区")
    facts = lifted(divisions, claiming(base, (base.mentions[0], Relation.LOCATED_IN, OwnPlace("a", "某某试验区"))))
    assert ("division/210726", "locatedIn", "place/-/某某试验区") in facts


def test_nothing_is_said_of_a_thing_and_itself(divisions: Divisions) -> None:
    base = reading("a", [("锦州", PLACE), ("锦州市", PLACE)])
    facts = lifted(divisions, claiming(base, (base.mentions[0], Relation.LOCATED_IN, base.mentions[1])))
    assert ("division/210700", "locatedIn", "division/210700") not in facts


NAMES = st.text(alphabet="锦州市县区一二中学医院项目工程黑山“”《》/ ·Ａa1", max_size=8)
READINGS = st.lists(
    st.tuples(
        st.sampled_from(["锦州市", "黑山县", "中国", "鼓楼区", None]), st.lists(st.tuples(NAMES, st.sampled_from(Kind)))
    ),
    max_size=4,
)


@given(READINGS, st.randoms(use_true_random=False))
def test_whatever_the_names_each_has_one_link_in_any_order(
    divisions: Divisions, drawn: list[tuple[str | None, list[Named]]], order: random.Random
) -> None:
    readings = [reading(f"doc{n}", names, place=place) for n, (place, names) in enumerate(drawn)]
    linker = Linker(divisions)
    entities, links = linker(readings)
    assert len(links) == sum(len(found.mentions) for found in readings)
    assert len({entity.id for entity in entities}) == len(entities)
    assert {link.entity for link in links} <= {entity.id for entity in entities}
    order.shuffle(readings)
    assert linker(readings) == (entities, links)
