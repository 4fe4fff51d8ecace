"""Group the words of reports by the words that stand beside them: ``python make_clusters.py CORPUS > clusters.tsv``.

Words that are used alike get one number, at three grains. No annotation is looked at: CORPUS is
a folder of plain texts, less those that ``--without`` names, one a line.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from jintu.model import Document
from jintu.segment import segment, tokenizer

Floats = npt.NDArray[np.float32]

GRAINS = (64, 256, 1000)  # groups
COMMON = 2000  # the words that count as neighbours
SELDOM = 4  # a word that is met less often gets no group
WIDTH = 80  # numbers that stand for a word while it is grouped


def sentences(corpus: Path, without: frozenset[str]) -> Iterator[list[str]]:
    """Yield the words of each sentence of the texts in a folder."""
    cut = tokenizer().cut
    for path in sorted(corpus.glob("*.txt")):
        if path.stem not in without:
            document = Document(path.stem, path.read_text(encoding="utf-8"), "", "", "")
            yield from (cut(sentence.text) for sentence in segment(document))


def neighbours(found: Sequence[Sequence[str]], words: Sequence[str]) -> Floats:
    """Count which common words stand before and after each word, as pointwise mutual information."""
    number = {word: at for at, word in enumerate(words)}
    counts = np.zeros((len(words), 2 * COMMON), np.float32)
    for sentence in found:
        numbers = [number.get(word, -1) for word in sentence]
        for left, right in pairwise(numbers):
            if right >= 0 and 0 <= left < COMMON:
                counts[right, left] += 1
            if left >= 0 and 0 <= right < COMMON:
                counts[left, COMMON + right] += 1
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True) ** 0.75
    with np.errstate(all="ignore"):
        weight = np.log(np.maximum(counts / (rows * (columns / columns.sum())), 1e-9))
    return np.where(np.isfinite(weight), np.maximum(weight, 0), 0).astype(np.float32)


def condensed(table: Floats) -> Floats:
    """Return ``WIDTH`` numbers a row that keep most of a table: a randomised singular value decomposition."""
    rng = np.random.default_rng(0)
    basis = np.linalg.qr(table @ rng.standard_normal((table.shape[1], 120)).astype(np.float32))[0]
    for _ in range(3):
        basis = np.linalg.qr(table @ (table.T @ basis))[0]
    left, strength, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    rows: Any = (basis @ left)[:, :WIDTH] * np.sqrt(strength[:WIDTH])
    return _unit(rows)


def grouped(points: Floats, groups: int) -> npt.NDArray[np.intp]:
    """Return the group of each point: k-means by direction, 25 rounds."""
    rng = np.random.default_rng(groups)
    centres = points[rng.choice(len(points) // 2, groups, replace=False)].copy()
    for _ in range(25):
        group: npt.NDArray[np.intp] = (points @ centres.T).argmax(axis=1)
        for number in range(groups):
            if (group == number).any():
                centres[number] = points[group == number].mean(axis=0)
        centres = _unit(centres)
    return group


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


def main() -> None:
    """Print the table of groups."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", type=Path, help="a file that names texts to leave out, one a line")
    chosen = parser.parse_args()
    without = frozenset(chosen.without.read_text(encoding="utf-8").split()) if chosen.without else frozenset()
    found = list(sentences(chosen.corpus, without))
    counts = Counter(word for sentence in found for word in sentence)
    words = [word for word, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])) if count >= SELDOM]
    points = condensed(neighbours(found, words))
    groups = [grouped(points, grain) for grain in GRAINS]
    print("# Words of government work reports, grouped by the words that stand beside them; see README.md.")
    print("word\tcoarse\tmiddle\tfine")
    for at, word in sorted(enumerate(words), key=lambda row: row[1]):
        if word.strip() and not word.startswith("#") and "\t" not in word:
            print(word, *(group[at] + 1 for group in groups), sep="\t")


if __name__ == "__main__":
    main()
