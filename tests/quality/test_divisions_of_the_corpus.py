"""Division mentions of the corpus link to the right code, as judged by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from jintu.divisions import Divisions, load
from jintu.link import Linker
from jintu.model import Document, Kind, Mention, Reading, Span
from jintu.ontology import load as ontology
from jintu.read import Source, read
from jintu.segment import tokenizer

REPORTS = Path(__file__).parents[3] / "shared" / "corpus" / "reports"
TABLE = Path(__file__).parent / "divisions.tsv"
FLOOR = 0.98
Cut = Callable[[str], Sequence[str]]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the corpus of reports is not beside this checkout")
def test_divisions_get_the_right_code() -> None:
    divisions = load(ontology())
    wanted = {row[:3]: row[4] for row in _rows()}
    found = dict(_found(divisions, {row[0] for row in wanted}))
    assert len(wanted) == 300
    wrong = [(*key, code, found[key]) for key, code in wanted.items() if found[key] != code]
    assert 1 - len(wrong) / len(wanted) >= FLOOR, wrong


def _rows() -> Iterator[tuple[str, int, int, str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    for line in lines[1:]:
        file, start, end, name, code = line.split("\t")
        yield file, int(start), int(end), name, code


def _found(divisions: Divisions, files: set[str]) -> Iterator[tuple[tuple[str, int, int], str]]:
    """Link the names of the lines that hold a judged name, as they stand between word boundaries."""
    judged: dict[str, list[Span]] = defaultdict(list)
    for file, start, end, _, _ in _rows():
        judged[file].append(Span(start, end))
    cut = tokenizer().cut
    readings = []
    for file in sorted(files):
        document = read(Source(file, str(REPORTS / file)), divisions)
        mentions = tuple(sorted(_mentions(document, judged[file], divisions, cut), key=lambda mention: mention.span))
        readings.append(Reading(document, mentions, ()))
    for link in Linker(divisions)(readings)[1]:
        span = link.mention.span
        is_division = link.entity.startswith("division/")
        yield (link.mention.doc, span.start, span.end), link.entity.split("/")[1] if is_division else "-"


def _mentions(document: Document, judged: list[Span], divisions: Divisions, cut: Cut) -> Iterator[Mention]:
    for line in {_line(document.text, span) for span in judged}:
        at = line.start
        for word in cut(line.of(document.text)):
            span = Span(at, at + len(word))
            at += len(word)
            if span in judged or (len(word) > 1 and word in divisions):
                yield Mention(document.id, span, word, Kind.PLACE)


def _line(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
