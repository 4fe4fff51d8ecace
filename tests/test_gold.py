"""Gold files are read, and scored strictly."""

import hashlib
import json
from pathlib import Path

import pytest

from jintu import gold
from jintu.errors import SourceError
from jintu.gold import Name, Score
from jintu.model import Kind, Span


def row(text: str, *entities: tuple[int, int, str, bool], facts: list[list[str]] | None = None) -> str:
    names = [{"start": s, "end": e, "text": text[s:e], "type": t, "nested": n} for s, e, t, n in entities]
    return json.dumps({"doc": "锦州市-2023", "place": "锦州市 2023", "text": text, "entities": names, "facts": facts})


def test_sentences_of_a_document_are_joined_and_offsets_shifted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    named = row("黑山镇派出所获奖。", (0, 6, "INST", False), (0, 3, "PLACE", True), facts=[["a", "b", "c"]])
    path.write_text(row("水库建成。") + "\n" + named, encoding="utf-8")
    (document,) = gold.load([path])
    assert document.text == "水库建成。黑山镇派出所获奖。"
    names = [(name.span.of(document.text), name.nested) for name in document.names]
    assert names == [("黑山镇", True), ("黑山镇派出所", False)]
    assert (document.place, document.year, document.facts) == ("锦州市", 2023, frozenset({("a", "b", "c")}))


def test_gold_of_offsets_is_read_from_its_corpus(tmp_path: Path) -> None:
    raw = "前言。锦凌水库建成。".encode()
    (tmp_path / "锦州市-2023.txt").write_bytes(raw)
    names = [{"start": 3, "end": 7, "type": "PLACE", "nested": False}]
    digest = hashlib.sha256(raw).hexdigest()
    offsets = {"file": "锦州市-2023.txt", "sha256": digest, "start": 3, "end": 10, "entities": names}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(offsets), encoding="utf-8")
    (document,) = gold.load([path], tmp_path)
    assert document.names[0].span.of(document.text) == "锦凌水库"
    (tmp_path / "锦州市-2023.txt").write_bytes(raw + b"!")
    with pytest.raises(SourceError, match="has changed"):
        gold.load([path], tmp_path)


@pytest.mark.parametrize("text", ["no json", "[]", '{"doc": "a"}', "3"])
def test_what_is_no_gold_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(row("水库建成。") + "\n" + text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.jsonl:2: no gold"):
        gold.load([path])


def test_gold_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.jsonl: cannot be read \(no such file\); name gold"):
        gold.load([tmp_path / "gone.jsonl"])


def test_a_name_counts_only_with_its_exact_span_and_kind() -> None:
    wanted = [Name(Span(0, 4), Kind.PLACE), Name(Span(6, 9), Kind.PROJECT), Name(Span(0, 2), Kind.PLACE, nested=True)]
    found = [Name(Span(0, 4), Kind.PLACE), Name(Span(6, 10), Kind.PROJECT), Name(Span(0, 2), Kind.PLACE, nested=True)]
    scores = gold.score_names(found, wanted)
    assert scores["PLACE"] == Score(1, 1, 1)
    assert scores["PROJ"] == Score(0, 1, 1)
    assert scores["CORE4"] == Score(1, 2, 2)
    assert scores["nested"].recall == 1.0


def test_facts_are_scored_a_relation() -> None:
    scores = gold.score_facts([("a", "status", "开工"), ("a", "locatedIn", "b")], [("a", "status", "开工")])
    assert scores["status"].f1 == 1.0
    assert scores["facts"] == Score(1, 2, 1)


def test_our_score_is_that_of_the_scorer_of_the_gold(shared: Path) -> None:
    documents = gold.load(sorted((shared / "gold").glob("*.jsonl")))
    assert len(documents) == 25
    total = sum((gold.score_names(d.names, d.names)["CORE4"] for d in documents), Score())
    assert total == Score(2238, 2238, 2238)
