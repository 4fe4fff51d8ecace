"""The most mentioned things of a place's reports over the years are one node each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from jintu.link.naming import plain
from jintu.model import Kind, KnowledgeGraph
from jintu.pipeline import Settings, build

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"
TABLE = Path(__file__).parent / "same.tsv"
SERIES = {"锦州市": range(2020, 2024), "沈阳市": range(2016, 2027)}
MOST, DOUBLE = 100, 0.03  # of the most mentioned things, the share that may have a second node anywhere in the graph


@pytest.fixture(scope="module", params=SERIES)
def series(request: pytest.FixtureRequest) -> tuple[str, KnowledgeGraph]:
    place: str = request.param
    reports = [str(path) for year in SERIES[place] if (path := CORPUS / f"{place}-{year}.txt").is_file()]
    if not reports:
        pytest.skip(f"no reports of {place} beside this checkout")
    return place, build(reports, Settings(tagger="fast")).knowledge


def test_the_most_mentioned_things_have_one_node(series: tuple[str, KnowledgeGraph]) -> None:
    place, knowledge = series
    counts = Counter(link.entity for link in knowledge.links)
    most = sorted(counts, key=lambda name: (-counts[name], name))[:MOST]
    double = [sorted(nodes) for nodes in _nodes(place, knowledge) if len(nodes) > 1 and nodes & set(most)]
    assert len(double) < DOUBLE * MOST, double


def _nodes(place: str, knowledge: KnowledgeGraph) -> Iterator[set[str]]:
    """Yield the nodes of each thing: of the names judged to be one thing's, and of each name that is written alike.

    A county and the district that took its place are two divisions with a code each.
    """
    nodes: dict[str, set[str]] = defaultdict(set)
    for link in knowledge.links:
        if link.mention.kind in (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME):
            nodes[plain(link.mention.text)].add(link.entity)
    nodes = defaultdict(set, {name: found for name, found in nodes.items() if not all(map(_is_division, found))})
    for names in _judged(place):
        yield set[str]().union(*(nodes.pop(plain(name), set()) for name in names))
    yield from nodes.values()


def _is_division(node: str) -> bool:
    return node.startswith("division/")


def _judged(place: str) -> Iterator[Sequence[str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        where, _, names = line.partition("\t")
        if where == place:
            yield names.split(" | ")
