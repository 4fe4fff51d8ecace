"""How names stand in sentences: lists, coordination, apposition, marks of any width."""

from __future__ import annotations

from functools import cache

import pytest

from jintu.model import Document, Kind
from jintu.ontology import load
from jintu.recognise import Recogniser, available
from jintu.segment import segment
from jintu.typesetting import typeset

PLACE, BODY, WORKS, PLAN, EVENT = Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME, Kind.EVENT
TIERS = ["fast", "full"] if available() == "full" else ["fast"]
SENTENCES = {
    "推进的项目包括云岭水库扩建工程、北湖污水处理厂二期和城南快速路。": {
        "云岭水库扩建工程": WORKS,
        "北湖污水处理厂二期": WORKS,
        "城南快速路": WORKS,
    },
    "重点抓好包括云岭水库、北湖电厂在内的16个项目。": {"云岭水库": WORKS, "北湖电厂": WORKS},
    "举办的活动包括松江马拉松、北湖龙舟赛和云岭文化节。": {
        "松江马拉松": EVENT,
        "北湖龙舟赛": EVENT,
        "云岭文化节": EVENT,
    },
    "省政府、市人民医院和松江大学等5家单位获评先进。": {"省政府": BODY, "市人民医院": BODY, "松江大学": BODY},
    "引进华岭科技、北湖药业、中远达等3家企业。": {"华岭科技": BODY, "北湖药业": BODY, "中远达": BODY},
    "云岭水库、北湖水库和南山水库除险加固工程全部完工。": {
        "云岭水库": WORKS,
        "北湖水库": WORKS,
        "南山水库除险加固工程": WORKS,
    },
    "世界500强企业华岭集团投资建厂。": {"华岭集团": BODY},
    "我市龙头企业松江化工集团扩产。": {"松江化工集团": BODY},
    "松江市,实施清河治理工程;建成云岭水库.": {"松江市": PLACE, "清河治理工程": WORKS, "云岭水库": WORKS},
    "16个重点工程、20个重点项目加快建设，实施民生工程。": {},
}


@cache
def recogniser(tier: str) -> Recogniser:
    return Recogniser(load(), "full" if tier == "full" else "fast")


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("text", SENTENCES)
def test_each_member_is_a_name_and_what_they_are_said_to_be_is_none(text: str, tier: str) -> None:
    document = typeset(Document("report", text, "", "", "")).document
    found = {m.text: m.kind for m in recogniser(tier)(document, segment(document)) if not m.nested}
    assert found == SENTENCES[text]
