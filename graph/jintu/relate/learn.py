"""Fit a logistic regression by gradient steps on all examples at once.

No chance is in it: the same examples in any order give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

STEPS = 250
RATE = 0.1

Example = tuple[tuple[str, ...], bool]


def weigh(examples: Sequence[Example], *, rarest: int, penalty: float) -> Mapping[str, float]:
    """Return the weight of each feature and, under the empty name, of none.

    A feature seen fewer than ``rarest`` times is left out; ``penalty`` draws weights to 0 (L2).

    >>> found = weigh([(("获评",), False), (("力争",), True)] * 9, rarest=2, penalty=0.5)
    >>> found["力争"] > 0 > found["获评"]
    True
    """
    ordered = sorted((tuple(sorted(set(features))), is_right) for features, is_right in examples)
    seen = Counter(feature for features, _ in ordered for feature in features)
    names = sorted(feature for feature, count in seen.items() if count >= rarest)
    column = {feature: at for at, feature in enumerate(names)}
    cells = [(row, column[f]) for row, (features, _) in enumerate(ordered) for f in features if f in column]
    rows, columns = np.array(cells, dtype=int).reshape(-1, 2).T
    right = np.array([is_right for _, is_right in ordered], dtype=float)
    weights, bias = _descend(rows, columns, right, len(names), penalty)
    return {"": bias, **dict(zip(names, map(float, weights), strict=True))}


def _descend(
    rows: np.ndarray, columns: np.ndarray, right: np.ndarray, width: int, penalty: float
) -> tuple[np.ndarray, float]:
    """Take Adam steps."""
    weights, slope, spread, bias = np.zeros(width), np.zeros(width), np.zeros(width), 0.0
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-(np.bincount(rows, weights[columns], len(right)) + bias)))
        wrong = likely - right
        gradient = np.bincount(columns, wrong[rows], width) + penalty * weights
        slope = 0.9 * slope + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        weights -= RATE * (slope / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        bias -= 0.5 * float(wrong.mean())
    return weights, bias
