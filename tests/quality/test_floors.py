"""Scores on reports of places that nothing was learned from do not fall below what they were.

The shipped recogniser, which has not learned from five places of the gold, reads them as it is;
the weights of relations are learned anew without them. `floors.json` holds the scores, and the
digest of the gold they were measured on. It is renewed with ``python tests/quality/test_floors.py``
when a change is meant to change them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from jintu import gold
from jintu.evaluate import Evaluation, evaluate
from jintu.gold import GoldDocument
from jintu.ontology import load
from jintu.pipeline import Settings
from jintu.recognise import Recogniser, Tagger

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
FLOORS = HERE / "floors.json"
NOISE = 0.01  # another processor adds in another order, which turns a name in a few hundred
KEPT = (
    "PLACE",
    "INST",
    "PROJ",
    "PROG",
    "CORE4",
    "ALL",
    "nested",
    "implements",
    "indicator",
    "locatedIn",
    "status",
    "facts",
)


@cache
def documents() -> tuple[tuple[GoldDocument, ...], tuple[GoldDocument, ...]]:
    """Return the reports to score and all that is learned from."""
    found = gold.load(sorted((SHARED / "gold").glob("*.jsonl")))
    more = gold.load(sorted((HERE / "gold").glob("*.json*")), SHARED / "corpus" / "reports")
    seen = Recogniser(load(), "full").places
    scored = tuple(document for document in found if document.group not in seen)
    return scored, tuple(document for document in (*found, *more) if document not in scored)


@cache
def measured(tagger: Tagger) -> Evaluation:
    scored, more = documents()
    return evaluate(scored, Settings(tagger=tagger), more=more, shipped=True, folds=1)


def plain(made: Evaluation) -> dict[str, float]:
    recall_alone = {"nested": made.scores["nested"].recall}
    return {name: round(recall_alone.get(name, made.scores[name].f1), 4) for name in KEPT}


@pytest.mark.parametrize("tagger", ["fast", "full"])
def test_scores_on_unseen_places_keep_to_the_floors(tagger: Tagger, shared: Path) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    made = measured(tagger)
    assert made.digest == floors["gold"], f"the gold in {shared} is another one; measure the floors anew"
    fallen = {
        name: (now, floors[tagger][name]) for name, now in plain(made).items() if now < floors[tagger][name] - NOISE
    }
    assert fallen == {}


def test_the_model_card_names_the_gold_that_was_learned_from(shared: Path) -> None:
    scored, more = documents()
    unseen = {found.group for found in scored}
    learned = sorted((found for found in more if found.group not in unseen), key=lambda found: found.doc)
    card = (HERE.parents[1] / "ontology" / "model" / "README.md").read_text(encoding="utf-8")
    digest = gold.digest(learned)
    assert f"`{digest}`" in card, f"the models shall learn from the gold in {shared} anew, or it is another one"


def renew(taggers: Sequence[Tagger] = ("fast", "full")) -> None:
    """Write the scores of now as the floors."""
    floors: dict[str, object] = {"gold": measured("fast").digest}
    floors |= {tagger: plain(measured(tagger)) for tagger in taggers}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
