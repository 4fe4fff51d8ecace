"""Joining names region by region and bucket by bucket gives what joining them all at once gives."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jintu
from jintu import folders
from jintu.divisions import Divisions, load
from jintu.folders import Processes
from jintu.folders.joining import buckets_for
from jintu.link import Linker
from jintu.link.aliases import Merge
from jintu.link.buckets import Matched, match
from jintu.link.census import census, form_of
from jintu.link.corrections import Correction, Corrections, Verb
from jintu.link.entities import Moves
from jintu.link.gather import Gathered, gather
from jintu.link.groups import Group, Key
from jintu.link.join import Inside, all_moves, close, join, meet, moved, sort_out
from jintu.link.linker import shares_by_region
from jintu.model import Kind
from jintu.ontology import load as ontology
from jintu.pipeline import Settings
from jintu.regions import region_of
from link_samples import BODY, PLAN, WORKS, Named, one, reading

PLACES = ("锦州市", "黑山县", "沈阳市", "辽宁省", "中国", None)
NAMES: tuple[Named, ...] = (
    ("零基预算", PLAN),
    ("零基预算改革", PLAN),
    ("零基预算改革工作", PLAN),
    ("沈丹铁路建设项目", WORKS),
    ("沈丹铁路", WORKS),
    ("凌河大数据产业园", WORKS),
    ("锦州凌河大数据产业园", WORKS),
    ("锦医大", BODY),
    ("锦州医科大学", BODY),
    ("医科大学", BODY),
    ("辽宁省医科大学", BODY),
    ("医大", BODY),
    ("应急管理部门", BODY),
)
LINES = Corrections(
    (
        Correction(Verb.SAME, "锦医大", "应急管理部门", "", "corrections.tsv:1"),
        Correction(Verb.DIFFERENT, "零基预算", "零基预算改革", "", "corrections.tsv:2"),
        Correction(Verb.SAME, "沈丹铁路", "凌河大数据产业园", "", "corrections.tsv:3"),
    )
)
KEYS = st.builds(
    Key, st.sampled_from(["210700", "210726", "210100", "cn"]), st.sampled_from("甲乙丙丁"), st.just("thing")
)
PAIRS = st.tuples(KEYS, KEYS).filter(lambda pair: pair[0] != pair[1])
MERGES = st.lists(st.tuples(st.integers(-1, 8), PAIRS, st.sampled_from("一二")), max_size=24)
REPORTS = st.lists(st.tuples(st.sampled_from(PLACES), st.lists(st.sampled_from(NAMES), max_size=6)), max_size=6)


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load(ontology())


@given(MERGES, st.lists(PAIRS, max_size=4), st.integers(1, 5), st.randoms(use_true_random=False))
def test_what_regions_and_buckets_join_is_what_is_joined_at_once(
    drawn: Sequence[tuple[int, tuple[Key, Key], str]], apart: list[tuple[Key, Key]], buckets: int, order: random.Random
) -> None:
    merges = [Merge(rank, *pair, reason) for rank, pair, reason in drawn]
    own: dict[str, list[Merge]] = {"2107": [], "2101": [], "cn": []}
    filled: list[tuple[list[Merge], list[tuple[Key, Key]]]] = [([], []) for _ in range(buckets)]
    for merge in merges:
        within = region_of(merge.short.scope) == region_of(merge.long.scope) and order.random() < 0.5
        (own[region_of(merge.short.scope)] if within else order.choice(filled)[0]).append(merge)
    for pair in apart:
        order.choice(filled)[1].append(pair)
    sorted_out = [sort_out(Matched(tuple(found), tuple(kept))) for found, kept in filled]
    assert _joined(own, sorted_out) == moved(Matched(tuple(merges), tuple(apart)))


def _joined(
    own: Mapping[str, list[Merge]], sorted_out: Sequence[tuple[Mapping[str, Inside], Matched]]
) -> Mapping[Key, tuple[Key, str]]:
    closed = {
        region: close(merges, [insides[region] for insides, _ in sorted_out if region in insides])
        for region, merges in own.items()
    }
    keys = {key for region in closed.values() for key in region.keys}
    groups = {key: Group(key, Kind.PLACE, 1, ((key.rest, 1),), ()) for key in keys}
    met = meet([between for _, between in sorted_out] + [region.beyond for region in closed.values()], groups)
    moves = [all_moves(region.staying, met.get(name, Moves())) for name, region in closed.items()]
    return {move.key: (move.root, move.reason) for one in moves for move in one.leaving}


@given(REPORTS, st.integers(2, 9), st.booleans(), st.randoms(use_true_random=False))
def test_buckets_and_the_order_of_regions_change_nothing(
    divisions: Divisions,
    drawn: list[tuple[str | None, list[Named]]],
    buckets: int,
    corrected: bool,
    order: random.Random,
) -> None:
    lines = LINES if corrected else Corrections()
    regions = _gathered(divisions, drawn, lines)
    once = join(regions, lines)
    shuffled = list(regions.items())
    order.shuffle(shuffled)
    assert join(dict(shuffled), lines, buckets=buckets) == once
    matched = match([region.reaching for region in regions.values()], lines)
    merges = (*matched.merges, *(merge for region in regions.values() for merge in region.merges))
    joined = moved(Matched(merges, matched.apart))
    assert {move.key: (move.root, move.reason) for moves in once.values() for move in moves.leaving} == joined


def _gathered(
    divisions: Divisions, drawn: Sequence[tuple[str | None, list[Named]]], lines: Corrections
) -> dict[str, Gathered]:
    linker = Linker(divisions)
    readings = [reading(f"doc{number}", names, place=place) for number, (place, names) in enumerate(drawn)]
    taken = [
        census(found.document.id, found.document.place, Counter(map(form_of, linker.see(found).sightings)))
        for found in readings
    ]
    return {region: gather(region, shares, lines) for region, shares in shares_by_region(taken).items()}


def test_names_of_two_regions_are_the_country_s(divisions: Divisions) -> None:
    entities, found = one(
        divisions,
        reading("a", [("零基预算改革行动", PLAN)]),
        reading("b", [("零基预算改革", PLAN)], place="中国"),
        reading("c", [("零基预算改革", PLAN)], place="沈阳市"),
    )
    assert set(found.values()) == {"programme/cn/零基预算改革"}
    assert [entity.aliases for entity in entities if entity.kind is PLAN] == [("零基预算改革行动",)]


def test_many_buckets_make_the_graph_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for place, text in {
        "锦州市": "推进零基预算改革，锦州医科大学和锦医大获奖，沈丹铁路项目开工。",
        "沈阳市": "推进零基预算改革工作，沈丹铁路项目竣工，沈北产业园投用。",
        "国务院": "推进零基预算改革。",
    }.items():
        (folder / f"{place}.txt").write_text(f"{place}政府工作报告\n——2023年1月4日\n{text}\n", encoding="utf-8")
    table = tmp_path / "corrections.tsv"
    table.write_text("same\t沈丹铁路项目\t沈北产业园\ndifferent\t锦州医科大学\t锦医大\n", encoding="utf-8")
    settings = Settings(tagger="fast", corrections=table)
    monkeypatch.setattr("jintu.folders.joining.SHARE", 1)
    assert buckets_for(1000) == 256
    made = folders.build([str(folder)], tmp_path / "out", crew=Processes(1), formats=("ttl",), settings=settings)
    assert made.failures == ()
    memory = jintu.write(jintu.build(folder, settings=settings), tmp_path / "memory.ttl")
    assert made.files[0].read_bytes() == memory.read_bytes()
