"""Scores of held-out places, and what each source of candidates is worth."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from jintu.cli import cli
from jintu.errors import JintuError
from jintu.evaluate import Evaluation, evaluate, worth
from jintu.gold import TAGS, GoldDocument, Name
from jintu.model import Kind, Span
from jintu.ontology import load
from jintu.pipeline import Settings
from jintu.recognise import Recogniser
from jintu.recognise.train import SOURCES

Annotated = tuple[str, tuple[tuple[str, Kind], ...]]
SENTENCES: tuple[Annotated, ...] = (
    ("{0}市建成云岭水库。", (("{0}市", Kind.PLACE), ("云岭水库", Kind.PLACE))),
    ("{0}市实施清河治理工程。", (("{0}市", Kind.PLACE), ("清河治理工程", Kind.PROJECT))),
    ("全面推进“清水绿岸”行动。", (("“清水绿岸”行动", Kind.PROGRAMME),)),
    ("{0}大学新校区开工。", (("{0}大学新校区", Kind.PROJECT),)),
    ("{0}大学新校区（一期）开工，师生都说好。", (("{0}大学新校区", Kind.PROJECT),)),
)
DEFINED: Annotated = (
    "{0}大学新校区（以下简称“红石头”）开工。师生都说红石头好。",
    (("{0}大学新校区", Kind.PROJECT), ("红石头", Kind.PROJECT)),
)
PLACES = ("锦州", "鞍山")  # the first one's text defines a short name, so that nothing teaches it
SCORED = {*SOURCES, "abbreviations", "titles"}


def annotated(place: str) -> GoldDocument:
    """Make gold of sentences of our own about a place."""
    text = ""
    names: list[Name] = []
    for sentence, found in (*SENTENCES, *([DEFINED] if place == PLACES[0] else [])):
        said = sentence.format(place)
        for form, kind in found:
            name = form.format(place)
            starts = (at for at in range(len(said)) if said.startswith(name, at))
            names.extend(Name(Span(len(text) + at, len(text) + at + len(name)), kind) for at in starts)
        text += said
    return GoldDocument(f"{place}市-2023", text, f"{place}市", 2023, tuple(sorted(names)), None)


@cache
def measured() -> Evaluation:
    return evaluate([annotated(place) for place in PLACES], Settings(tagger="fast"), ablation=True)


def test_the_ablation_has_a_row_for_each_source() -> None:
    assert {row.source for row in measured().ablation} == SCORED


def test_without_abbreviations_what_they_give_is_missed() -> None:
    (row,) = (row for row in measured().ablation if row.source == "abbreviations")
    assert row.gives > 0
    assert row.scores["PROJ"].right < measured().scores["PROJ"].right


def test_the_difference_is_the_score_without_less_the_score_with() -> None:
    for source, four, *_ in worth(measured()):
        (row,) = (row for row in measured().ablation if row.source == source)
        less, difference = str(four).rstrip(")").split(" (")
        assert float(less) == pytest.approx(row.scores["CORE4"].f1, abs=0.0006)
        assert float(difference) == pytest.approx(row.scores["CORE4"].f1 - measured().scores["CORE4"].f1, abs=0.0006)


def test_what_is_shipped_cannot_be_ablated() -> None:
    with pytest.raises(JintuError, match="--shipped"):
        evaluate([annotated("锦州")], Settings(tagger="fast"), shipped=True, ablation=True)


def test_shipped_weights_are_scored_on_places_they_have_not_learned_from_alone() -> None:
    assert "锦州市" in Recogniser(load(), "fast").places
    with pytest.raises(JintuError, match="learned from every document"):
        evaluate([annotated("锦州")], Settings(tagger="fast"), shipped=True)


def test_one_place_alone_leaves_nothing_to_learn_from() -> None:
    with pytest.raises(
        JintuError, match=r"all gold is of one place \(锦州市\), which leaves nothing.*--learn.*--shipped"
    ):
        evaluate([annotated("锦州")], Settings(tagger="fast"))
    made = evaluate([annotated("锦州")], Settings(tagger="fast"), more=[annotated("鞍山")])
    assert made.documents == 1


def test_the_command_prints_one_table_and_writes_it(tmp_path: Path) -> None:
    path, written = tmp_path / "gold.jsonl", tmp_path / "evaluation.json"
    path.write_text("".join(map(line, PLACES)), encoding="utf-8")
    words = ["evaluate", str(path), "--tagger", "fast", "--ablation", "--json", str(written)]
    shown = CliRunner().invoke(cli, words)
    assert shown.exit_code == 0, shown.output
    assert all(source in shown.output for source in SCORED)
    assert set(json.loads(written.read_text(encoding="utf-8"))["ablation"]) == SCORED


def line(place: str) -> str:
    gold = annotated(place)
    names = [
        {"start": name.span.start, "end": name.span.end, "type": TAGS[name.kind], "nested": False}
        for name in gold.names
    ]
    row = {"doc": gold.doc, "place": f"{place}市 2023", "text": gold.text, "entities": names, "facts": None}
    return json.dumps(row, ensure_ascii=False) + "\n"
