"""Names of the corpus are merged or kept apart as judged by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from jintu.divisions import Divisions, load
from jintu.link import Linker
from jintu.model import Document, Kind, Mention, Reading, Span
from jintu.ontology import load as ontology
from jintu.read import Source, read

REPORTS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"
TABLE = Path(__file__).parent / "merges.tsv"
WRONG_MERGES = 0.02  # of what is merged, at most
LOST_MERGES = 0.05  # of what is the same, at most
LONGEST_PLACE = 8


class Name(NamedTuple):
    """Hold where a name stands, and its kind."""

    file: str
    span: Span
    kind: Kind


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the corpus of reports is not beside this checkout")
def test_names_are_merged_as_judged_by_hand() -> None:
    pairs = _pairs()
    entities = _entities({name for pair in pairs for name in pair[:2]})
    merged = [pair for pair in pairs if entities[pair[0]] == entities[pair[1]]]
    wrong = [pair for pair in merged if pair[2] == "different"]
    lost = [pair for pair in pairs if pair[2] == "same" and pair not in merged]
    assert len(merged) >= 280
    assert len(wrong) <= WRONG_MERGES * len(merged), wrong
    assert len(lost) <= LOST_MERGES * (len(merged) + len(lost)), lost


def _pairs() -> list[tuple[Name, Name, str]]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return [(_name(cells[:4]), _name(cells[4:8]), cells[8]) for cells in lines[1:]]


def _name(cells: list[str]) -> Name:
    file, start, end, kind = cells
    return Name(file, Span(int(start), int(end)), Kind(kind))


def _entities(names: set[Name]) -> dict[Name, str]:
    """Link the names, each with the place that stands right before it."""
    divisions = load(ontology())
    together: dict[str, set[Name]] = defaultdict(set)
    for name in names:
        together[name.file].add(name)
    readings = []
    for file, found in sorted(together.items()):
        document = read(Source(file, str(REPORTS / file)), divisions)
        placed = found | {place for name in found for place in _before(name, document, divisions)}
        mentions = [Mention(file, name.span, name.span.of(document.text), name.kind) for name in sorted(placed)]
        readings.append(Reading(document, tuple(mentions), ()))
    links = Linker(divisions)(readings)[1]
    return {Name(link.mention.doc, link.mention.span, link.mention.kind): link.entity for link in links}


def _before(name: Name, document: Document, divisions: Divisions) -> list[Name]:
    starts = range(max(0, name.span.start - LONGEST_PLACE), name.span.start - 1)
    places = (Span(start, name.span.start) for start in starts)
    return [Name(name.file, place, Kind.PLACE) for place in places if place.of(document.text) in divisions][:1]
