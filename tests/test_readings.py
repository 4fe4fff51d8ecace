"""What was read from a document is written and read back as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jintu import readings
from jintu.model import (
    Bound,
    Claim,
    Document,
    Evidence,
    Indicator,
    Kind,
    Measure,
    Mention,
    Modality,
    OwnPlace,
    Quantity,
    Reading,
    Relation,
    Section,
    Span,
    Status,
)

WORDS = st.text(max_size=8)  # lone surrogates too: a document may hold them
SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
SCORES = st.floats(0, 1)
YEARS = st.none() | st.integers(1000, 3000)
MOODS = st.sampled_from(Modality)
SECTIONS = st.lists(st.builds(Section, SPANS, WORDS, MOODS), max_size=2).map(tuple)
DOCUMENTS = st.builds(Document, *[WORDS] * 5, place=st.none() | WORDS, year=YEARS, why=WORDS, sections=SECTIONS)
MENTIONS = st.builds(Mention, WORDS, SPANS, WORDS, st.sampled_from(Kind), st.booleans(), SCORES, WORDS)
FIGURES = st.builds(Quantity, *[WORDS] * 3, st.decimals(allow_nan=False), WORDS, st.sampled_from(Bound))
ENDS = MENTIONS | st.builds(OwnPlace, WORDS, WORDS)
VALUES = FIGURES | st.builds(Status, WORDS) | st.builds(Indicator, WORDS, FIGURES, st.sampled_from(Measure))
EVIDENCE = st.builds(Evidence, WORDS, SPANS, WORDS, WORDS, SCORES)
CLAIMS = st.builds(Claim, ENDS, st.sampled_from(Relation), ENDS | VALUES, MOODS, YEARS, EVIDENCE)
READINGS = st.builds(
    Reading, DOCUMENTS, st.lists(MENTIONS, max_size=3).map(tuple), st.lists(CLAIMS, max_size=3).map(tuple)
)


@given(READINGS)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    written = readings.dump(reading)
    assert readings.load(written) == reading
    assert readings.dump(readings.load(written)) == written


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b"\xff", b"[[],[],[1]]", b"null", b'[["\xe7\x94\xb2"],[],[]]'])
def test_what_is_no_reading_is_named(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        readings.load(damaged)


def test_a_wrong_choice_or_class_is_no_reading() -> None:
    paper = Document("甲", "锦凌水库", "", "", "")
    lake = Mention("甲", Span(0, 4), "锦凌水库", Kind.PROJECT)
    whole = json.loads(readings.dump(Reading(paper, (lake,), ())))
    for wrong in ([["甲", [0, 4], "锦凌水库", "Lake", False, 1.0, ""]], [lake.text]):
        with pytest.raises(ValueError, match="no reading"):
            readings.load(json.dumps([whole[0], wrong, []]).encode())
