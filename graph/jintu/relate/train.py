"""Learn from annotated reports how much each feature speaks for a candidate.

    python -m jintu.relate.train GOLD.jsonl...      writes ontology/rules/weights.tsv

One logistic regression a decision, fitted by full-batch gradient steps: no chance in it, the same
gold gives the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from jintu import divisions, gold, ontology
from jintu.files import replace_file
from jintu.gold import GoldDocument
from jintu.model import Document, Mention
from jintu.ontology import Ontology
from jintu.relate import Relater, surface
from jintu.relate.candidates import Candidate, claim_of
from jintu.relate.judge import COLUMNS, FILE, Judge
from jintu.segment import segment

PENALTY = 0.6  # L2; 0.3 to 1.2 give the same F1 on held-out places (2026-11)
STEPS = 250
RATE = 0.1
RAREST = 2  # a feature seen once teaches nothing of other reports
FEWEST = 60  # candidates; with fewer, the rule alone is surer than what is learned
LIGHTEST = 0.05  # weights below it change nothing

Example = tuple[str, tuple[str, ...], bool]


def fit(documents: Iterable[GoldDocument], known: Ontology) -> Judge:
    """Learn a judge from gold documents; those without facts are passed over."""
    relater = Relater(known, divisions=divisions.load(known), judge=Judge({}))
    by_decision: defaultdict[str, list[Example]] = defaultdict(list)
    for found in documents:
        for example in _examples(found, relater):
            by_decision[example[0]].append(example)
    return Judge({d: _weights(examples) for d, examples in sorted(by_decision.items()) if len(examples) >= FEWEST})


def as_document(found: GoldDocument) -> tuple[Document, tuple[Mention, ...]]:
    """Return a gold document as one to read, with its names as mentions."""
    document = Document(found.doc, found.text, "", "", "", place=found.place, year=found.year)
    names = sorted(found.names, key=lambda name: (name.span.start, -name.span.end, name.nested))
    return document, tuple(
        Mention(found.doc, name.span, name.span.of(found.text), name.kind, name.nested) for name in names
    )


def _examples(found: GoldDocument, relater: Relater) -> Iterator[Example]:
    if found.facts is None:
        return
    document, mentions = as_document(found)
    for candidate in relater.propose(document, segment(document), mentions):
        yield candidate.decision, candidate.features, _triple(document, candidate) in found.facts


def _triple(document: Document, candidate: Candidate) -> tuple[str, str, str]:
    return surface(claim_of(document, candidate, 1.0))


def _weights(examples: Sequence[Example]) -> Mapping[str, float]:
    seen = Counter(feature for _, features, _ in examples for feature in set(features))
    names = sorted(feature for feature, count in seen.items() if count >= RAREST)
    column = {feature: at for at, feature in enumerate(names)}
    rows, columns = [], []
    for row, (_, features, _) in enumerate(examples):
        for feature in sorted(set(features)):
            if feature in column:
                rows.append(row)
                columns.append(column[feature])
    right = np.array([is_right for _, _, is_right in examples], dtype=float)
    weights, bias = _descend(np.array(rows), np.array(columns), right, len(names))
    kept = {name: round(float(weights[column[name]]), 2) for name in names if abs(weights[column[name]]) >= LIGHTEST}
    return {"": round(bias, 2), **kept}


def _descend(rows: np.ndarray, columns: np.ndarray, right: np.ndarray, width: int) -> tuple[np.ndarray, float]:
    """Fit a logistic regression by Adam steps on all examples at once."""
    weights, slope, spread, bias = np.zeros(width), np.zeros(width), np.zeros(width), 0.0
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-(np.bincount(rows, weights[columns], len(right)) + bias)))
        wrong = likely - right
        gradient = np.bincount(columns, wrong[rows], width) + PENALTY * weights
        slope = 0.9 * slope + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        weights -= RATE * (slope / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        bias -= 0.5 * float(wrong.mean())
    return weights, bias


def write(judge: Judge, root: Path) -> None:
    """Write a judge's weights as a table of the ontology."""
    lines = [
        "# What each feature of a candidate claim weighs, learned from annotated reports",
        "# (`python -m jintu.relate.train GOLD.jsonl...`); without a table the rules stand alone.",
        "\t".join(COLUMNS),
    ]
    for decision, weights in sorted(judge.weights.items()):
        lines += [f"{decision}\t{feature}\t{weight}" for feature, weight in sorted(weights.items())]
    replace_file(root / FILE, ("\n".join(lines) + "\n").encode("utf-8"))


if __name__ == "__main__":
    here = ontology.load()
    write(fit(gold.load([Path(name) for name in sys.argv[1:]]), here), here.root)
