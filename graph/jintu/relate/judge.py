"""Weigh a candidate by what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from math import exp

from jintu.ontology import Ontology, complain

FILE = "rules/weights.tsv"
COLUMNS = ("decision", "feature", "weight")
NOTHING = repeat(0.0)  # what a feature weighs that is not in the table


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold the weights of features for each decision; a decision without weights goes by the rule alone."""

    weights: Mapping[str, Mapping[str, float]]

    def __call__(self, decision: str, features: Iterable[str], likely: bool) -> float:
        """Return how likely it is, from 0 to 1, that a candidate with these features is right."""
        if decision not in self.weights:
            return float(likely)
        weight = self.weights[decision].get
        return 1 / (1 + exp(-sum(map(weight, features, NOTHING), weight("", 0.0))))


def read_judge(ontology: Ontology) -> Judge:
    """Read the weights; a missing table means that the rules stand alone.

    Raises:
        OntologyError: with every row whose weight is no number.
    """
    weights: dict[str, dict[str, float]] = {}
    mistakes: list[str] = []
    if not (ontology.root / FILE).is_file():
        return Judge({})
    for row in ontology.rows(FILE, *COLUMNS):
        try:
            weights.setdefault(row["decision"], {})[row["feature"]] = float(row["weight"])
        except ValueError:
            mistakes.append(row.wrong(f'weight "{row["weight"]}" is no number; write one like 0.75'))
    complain(mistakes)
    return Judge(weights)
