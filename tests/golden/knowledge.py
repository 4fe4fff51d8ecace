"""Hold a small knowledge graph with one fact of each relation at least, as if read from two reports of our own."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Leaf,
    Link,
    Measure,
    Mention,
    Modality,
    Paging,
    Part,
    Quantity,
    Relation,
    Section,
    Span,
    Status,
    Value,
)

TEXTS = {
    "锦州市-2023": (
        "2022年工作回顾\n"
        "锦凌水库扩建工程完成投资3.2亿元，已经投用。"
        "黑山镇卫生院建在黑山县，是市中心医院医联体的成员。"
        "我市实施“碧水行动”，获评全国双拥模范城，办成首届辽西菊花节。"
        "地区生产总值增长2.4%，外出务工人员达到1.5万余人，对口支援那曲市。\n"
        "2023年工作安排\n"
        "力争锦州新机场项目年内开工，地区生产总值增长6%。"
    ),
    "黑山县-2023": "过去一年，我县推进“碧水行动”，锦凌水库扩建工程投资3.2亿元。绕阳河生态治理项目有待谋划。",
}
STATED, PLANNED = Modality.STATED, Modality.PLANNED

ENTITIES = (
    Entity(
        "division/210700",
        Kind.PLACE,
        "锦州市",
        ("锦州",),
        None,
        "210700",
        same_as=("http://www.wikidata.org/entity/Q75268", "https://sws.geonames.org/2036425/"),
        identifiers=("GB/T 2260:210700",),
    ),
    Entity("division/210726", Kind.PLACE, "黑山县", ("黑山",), None, "210726"),
    Entity("division/540600", Kind.PLACE, "那曲市", ("那曲",), None, "540600"),
    Entity("event/210700/首届辽西菊花节", Kind.EVENT, "首届辽西菊花节", (), "division/210700"),
    Entity("honour/全国双拥模范城", Kind.HONOUR, "全国双拥模范城"),
    Entity("institution/210700/锦州市中心医院", Kind.INSTITUTION, "锦州市中心医院", ("市中心医院",), "division/210700"),
    Entity("institution/210726/黑山镇卫生院", Kind.INSTITUTION, "黑山镇卫生院", (), "division/210726"),
    Entity("programme/碧水行动", Kind.PROGRAMME, "碧水行动"),
    Entity("project/210700/锦凌水库扩建工程", Kind.PROJECT, "锦凌水库扩建工程", (), "division/210700"),
    Entity("project/210700/锦州新机场项目", Kind.PROJECT, "锦州新机场项目", (), "division/210700"),
    Entity("project/210726/绕阳河生态治理项目", Kind.PROJECT, "绕阳河生态治理项目", (), "division/210726"),
)
CITY, COUNTY, ALLY, FAIR, HONOUR, HOSPITAL, CLINIC, CLEAN, LAKE, AIRPORT, RIVER = (entity.id for entity in ENTITIES)
SHORT = {HOSPITAL: "市中心医院"}

MONEY = Quantity("3.2亿元", "3.2", "亿元", Decimal(320000000), "CNY")
GROWTH = Indicator("地区生产总值", Quantity("2.4%", "2.4", "%", Decimal("2.4"), "PERCENT"), Measure.CHANGE)
AIM = Indicator("地区生产总值", Quantity("6%", "6", "%", Decimal(6), "PERCENT"), Measure.CHANGE)
PEOPLE = Quantity("1.5万余人", "1.5", "万人", Decimal(15000), "PERSON", Bound.LOWER)
WORKERS = Indicator("外出务工人员", PEOPLE, Measure.LEVEL)


def document(identifier: str, place: str, *sections: Section, paging: Paging) -> Document:
    text = TEXTS[identifier]
    title = f"{place}2023年政府工作报告"
    return Document(
        identifier,
        text,
        title,
        f"{identifier}.txt",
        sha256(text.encode()).hexdigest(),
        place,
        2023,
        "file name",
        sections,
        f"{place}人民政府",
        "2023-01-04",
        paging,
    )


def seen(doc: str, quote: str, rule: str, score: float = 1.0) -> Evidence:
    start = TEXTS[doc].index(quote)
    return Evidence(doc, Span(start, start + len(quote)), quote, rule, score)


def fact(
    subject: str, relation: Relation, value: str | Value, quote: str, modality: Modality = STATED, score: float = 0.9
) -> Fact:
    year = 2022 if modality is STATED else 2023
    return Fact(subject, relation, value, modality, year, (seen("锦州市-2023", quote, relation.lower(), score),))


def links(doc: str) -> list[Link]:
    found = []
    for entity in ENTITIES:
        name = SHORT.get(entity.id, entity.label)
        if (start := TEXTS[doc].find(name)) >= 0:
            mention = Mention(doc, Span(start, start + len(name)), name, entity.kind, False, 0.95, "heads")
            found.append(Link(mention, entity.id, 1.0, "label" if name == entity.label else "alias in scope"))
    return found


LAKE_MONEY = seen("黑山县-2023", "锦凌水库扩建工程投资3.2亿元", "investment", 0.8)
FACTS = (
    fact(CITY, Relation.AIDS, ALLY, "对口支援那曲市"),
    fact(CITY, Relation.HOSTS, FAIR, "办成首届辽西菊花节"),
    fact(CITY, Relation.IMPLEMENTS, CLEAN, "我市实施“碧水行动”"),
    Fact(COUNTY, Relation.IMPLEMENTS, CLEAN, STATED, 2022, (seen("黑山县-2023", "我县推进“碧水行动”", "implements"),)),
    fact(CITY, Relation.INDICATOR, GROWTH, "地区生产总值增长2.4%"),
    fact(CITY, Relation.INDICATOR, WORKERS, "外出务工人员达到1.5万余人"),
    fact(CITY, Relation.INDICATOR, AIM, "地区生产总值增长6%", PLANNED),
    fact(CITY, Relation.RECEIVED, HONOUR, "获评全国双拥模范城"),
    Fact(COUNTY, Relation.LOCATED_IN, CITY, STATED, None, (Evidence("", Span(0, 0), "", "gazetteer:divisions"),)),
    fact(CLINIC, Relation.LOCATED_IN, COUNTY, "黑山镇卫生院建在黑山县"),
    fact(CLINIC, Relation.PART_OF, HOSPITAL, "黑山镇卫生院建在黑山县，是市中心医院医联体的成员"),
    Fact(
        LAKE,
        Relation.INVESTMENT,
        MONEY,
        STATED,
        2022,
        (seen("锦州市-2023", "锦凌水库扩建工程完成投资3.2亿元", "investment", 0.9), LAKE_MONEY),
    ),
    fact(LAKE, Relation.STATUS, Status("投用"), "锦凌水库扩建工程完成投资3.2亿元，已经投用"),
    fact(LAKE, Relation.LOCATED_IN, CITY, "锦凌水库扩建工程完成投资3.2亿元"),
    fact(AIRPORT, Relation.STATUS, Status("开工"), "力争锦州新机场项目年内开工", PLANNED),
)

REVIEW, PLAN = "2022年工作回顾", "2023年工作安排"
TURN, AIMS = (TEXTS["锦州市-2023"].index(words) for words in (PLAN, "地区生产总值增长6%"))
KNOWLEDGE = KnowledgeGraph(
    documents=(
        document(
            "锦州市-2023",
            "锦州市",
            Section(Span(0, TURN), REVIEW, STATED, 1, Part.REVIEW),
            Section(Span(TURN, AIMS), PLAN, PLANNED, 1, Part.PLAN),
            Section(Span(AIMS, len(TEXTS["锦州市-2023"])), "目标", PLANNED, 2, Part.PLAN),
            paging=Paging(Leaf.PAGE, (0, 60, TURN)),
        ),
        document("黑山县-2023", "黑山县", paging=Paging(Leaf.PARAGRAPH, (0,))),
    ),
    entities=ENTITIES,
    links=tuple(links("锦州市-2023") + links("黑山县-2023")),
    facts=FACTS,
)
