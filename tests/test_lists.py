"""Word lists: one line more changes what is recognised."""

from __future__ import annotations

import shutil
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from jintu.errors import OntologyError
from jintu.model import Document, Kind
from jintu.ontology import load
from jintu.recognise import Recogniser
from jintu.recognise.lists import load_lists
from jintu.recognise.names import trimmed
from jintu.segment import segment

TEXT = "今年将建设云岭水库扩建工程，举办首届松江马拉松。"
Named = list[tuple[str, Kind]]


@cache
def shipped() -> Recogniser:
    return Recogniser(load(), "fast")


def outer(recognise: Recogniser, text: str = TEXT) -> Named:
    document = Document("report", text, "", "", "")
    return [(m.text, m.kind) for m in recognise(document, segment(document)) if not m.nested]


def lengthened(folder: Path, table: str, line: str) -> Recogniser:
    """Return a recogniser whose ontology has one line more in a list."""
    shutil.copytree(load().root, folder / "ontology")
    path = folder / "ontology" / "lists" / f"{table}.tsv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    return Recogniser(load(folder / "ontology"), "fast")


def test_the_text_is_read_as_it_should_be() -> None:
    assert outer(shipped()) == [("云岭水库扩建工程", Kind.PROJECT), ("首届松江马拉松", Kind.EVENT)]


def test_a_name_begins_after_an_opener_that_was_added(tmp_path: Path) -> None:
    assert ("松江马拉松", Kind.EVENT) in outer(lengthened(tmp_path, "openers", "首届\town"))


def test_a_name_ends_before_a_status_that_was_added(tmp_path: Path) -> None:
    assert not [name for name, _ in outer(lengthened(tmp_path, "statuses", "扩建工程\town")) if name.endswith("工程")]


def test_a_generic_phrase_that_was_added_is_refused(tmp_path: Path) -> None:
    assert outer(lengthened(tmp_path, "generic", "云岭水库扩建工程\town")) == [("首届松江马拉松", Kind.EVENT)]


def test_a_mistake_in_the_heads_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r'heads.tsv:\d+: kind "Projekt".*did you mean "Project"'):
        lengthened(tmp_path, "heads", "水廊\tProjekt\town")


@pytest.mark.parametrize("table", ["openers", "statuses", "heads", "generic"])
def test_the_lists_are_sorted_and_say_nothing_twice(table: str) -> None:
    lines = [line for line in load().text(f"lists/{table}.tsv").splitlines() if not line.startswith("#")][1:]
    assert lines == sorted(lines)
    assert len({line.split("\t")[0] for line in lines}) == len(lines) > 40


def test_no_word_is_listed_against_itself() -> None:
    lists = load_lists(load())
    assert not lists.openers & set(lists.heads)
    assert not lists.statuses & set(lists.heads)


def test_trimming_keeps_what_stands_between() -> None:
    labels = np.array([1, 2, 2, 2, 0, 3, 4, 5, 6], np.int8)
    opening = np.array([1, 0, 0, 0, 0, 0, 0, 1, 1], bool)
    closing = np.array([0, 0, 0, 1, 0, 0, 1, 0, 0], bool)
    assert trimmed(labels, opening=opening, closing=closing).tolist() == [0, 1, 2, 0, 0, 3, 0, 0, 0]


def test_names_of_openers_alone_take_linear_time() -> None:
    def seconds(rows: int) -> float:
        labels = np.tile(np.array([1, 2, 2, 2], np.int8), rows // 4)
        all_open = np.ones(rows, bool)
        before = time.process_time()
        assert not trimmed(labels, opening=all_open, closing=all_open).any()
        return time.process_time() - before

    seconds(400)
    assert seconds(400_000) < 40 * max(seconds(40_000), 0.001)
