"""Broken files of each format give a document or one clear line, and end in time; `tests/bench/fuzz.py` tries more."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from jintu import divisions, ontology
from jintu.errors import SourceError
from jintu.read import find, read
from jintu.segment import segment
from read.mutants import FORMATS, mutant

PLACES = divisions.load(ontology.load())
NUMBERS = range(150)


def outcome(path: Path) -> str:
    """Read a file as a build does; return what came of it: text, or the words of the refusal without their details."""
    sources, wrong = find([str(path)])
    said = list(wrong)
    for source in sources:
        try:
            document = read(source, PLACES)
        except SourceError as error:
            said.append(str(error))
        else:
            assert all(sentence.span.of(document.text) == sentence.text for sentence in segment(document))
    assert all("\n" not in line and line.startswith(str(path)) for line in said), said
    return re.sub(r"\d+|\(.*\)|^.*?: ", "#", said[0])[:60] if said else "text"


@pytest.mark.parametrize("format", FORMATS)
def test_broken_files_give_text_or_one_line(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{format}"
    seen: Counter[str] = Counter()
    for number in NUMBERS:
        path.write_bytes(mutant(format, number))
        seen[outcome(path)] += 1
    assert len(seen) > 1
    assert seen["text"] > 0
    assert not [line for line in seen if "breaks the program" in line]


def test_a_number_tells_the_bytes() -> None:
    assert all(mutant(format, 7) == mutant(format, 7) != mutant(format, 8) for format in FORMATS)
