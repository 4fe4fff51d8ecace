"""Learn the decision from annotated documents: ``python -m jintu.recognise.train GOLD...``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jintu import gold as gold_files
from jintu import ontology
from jintu.gold import GoldDocument
from jintu.model import Document, Kind
from jintu.recognise.decision import OUTER, Models
from jintu.recognise.features import OWN, Index, numbered
from jintu.recognise.model import SLOT_BITS, Model, Numbers
from jintu.recognise.names import Labels, labelled, stretches
from jintu.recognise.reading import NEURAL, PLACES, Reader, Reading
from jintu.segment import segment

KINDS = tuple(kind.value for kind in Kind)
INNER_KINDS = (Kind.PLACE.value, Kind.INSTITUTION.value, Kind.PERSON.value)  # what the guidelines nest
SOURCES = (*sorted(OWN), NEURAL, PLACES)

SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 80, "feature.possible_transitions": True}
SELDOM = 2  # a feature that is met less often than this is not learned
CAUTION = 0.5  # taken from the weight of "no name": names that are missed cost as much as false ones


@dataclass(frozen=True)
class Lesson:
    """Hold an annotated document as the models see it: words, marks, and the labels to learn."""

    reading: Reading
    outer: Labels
    inner: Labels


def lesson(gold: GoldDocument, read: Reader) -> Lesson:
    """Lay an annotated document out with its labels."""
    document = Document(gold.doc, gold.text, "", "", "")
    reading = read(document, segment(document))
    outer = labelled((name for name in gold.names if not name.nested), reading.layout, KINDS)
    nested = (name for name in gold.names if name.nested and name.kind.value in INNER_KINDS)
    return Lesson(reading, outer, labelled(nested, reading.layout, INNER_KINDS))


def sources(tier: str) -> tuple[str, ...]:
    """Return the sources of candidates that a tier has."""
    return tuple(source for source in SOURCES if tier == "full" or source != NEURAL)


def train(lessons: Sequence[Lesson], *, sources: Iterable[str] = SOURCES) -> Models:
    """Learn both decisions; the same lessons in the same order give the same models."""
    chosen = tuple(sorted(sources))
    return Models(
        outer=_learned(map(_outer_part, lessons), KINDS, chosen, caution=CAUTION),
        inner=_learned(map(_inner_part, lessons), INNER_KINDS, (*chosen, OUTER), caution=0.0),
    )


Part = tuple[Reading, Labels, Index, Index]  # what to learn from: words, labels, first rows and lengths of sequences


def _outer_part(lesson: Lesson) -> Part:
    return lesson.reading, lesson.outer, *lesson.reading.layout.sequences()


def _inner_part(lesson: Lesson) -> Part:
    first, after, _ = stretches(lesson.outer)
    marks = {**lesson.reading.marks, OUTER: lesson.outer.astype(np.uint32)}
    return Reading(lesson.reading.layout, marks), lesson.inner, first, after - first


def _learned(parts: Iterable[Part], kinds: tuple[str, ...], sources: tuple[str, ...], *, caution: float) -> Model:
    import pycrfsuite  # noqa: PLC0415 - a part of training alone

    numbers, sequences = _numbered(parts, sources)
    known, counts = np.unique(numbers, return_counts=True)
    names = dict(zip(known[counts >= SELDOM].tolist(), map(str, known[counts >= SELDOM].tolist()), strict=True))
    trainer = pycrfsuite.Trainer(verbose=False)
    for rows, labels in sequences:
        trainer.append([[names[n] for n in row if n in names] for row in numbers[rows].tolist()], labels)
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "weights.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return _model(info.state_features, info.transitions, kinds, sources, caution)


def _numbered(parts: Iterable[Part], sources: tuple[str, ...]) -> tuple[Numbers, list[tuple[slice, list[str]]]]:
    """Number the features of all sequences' rows, one under the other."""
    blocks: list[Numbers] = []
    sequences: list[tuple[slice, list[str]]] = []
    at = 0
    for reading, labels, first, lengths in parts:
        features = np.stack(numbered(reading.layout, reading.marks, sources), axis=1)
        for start, length in zip(first.tolist(), lengths.tolist(), strict=True):
            sequences.append((slice(at + start, at + start + length), [str(n) for n in labels[start : start + length]]))
        blocks.append(features)
        at += len(features)
    return np.concatenate(blocks), sequences


def _model(
    states: dict[tuple[str, str], float],
    neighbours: dict[tuple[str, str], float],
    kinds: tuple[str, ...],
    sources: tuple[str, ...],
    caution: float,
) -> Model:
    """Turn crfsuite's weights into arrays; of two features that share a slot the weightier stays."""
    labels = 1 + 2 * len(kinds)
    table: dict[int, npt.NDArray[np.float32]] = {}
    for (number, label), weight in states.items():
        table.setdefault(int(number), np.zeros(labels, np.float32))[int(label)] = weight
    slots: dict[int, int] = {}
    for known in sorted(table, key=lambda n: (float(np.abs(table[n]).max()), n)):
        slots[known >> (32 - SLOT_BITS)] = known
    kept = sorted(slots.values())
    weights = np.stack([np.zeros(labels, np.float32), *(table[number] for number in kept)])
    transitions = np.zeros((labels, labels), np.float32)
    for (before, after), weight in neighbours.items():
        transitions[int(before), int(after)] = weight
    transitions[:, 0] -= caution
    return Model(kinds, np.array(kept, np.uint32), weights, transitions, sources)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the tiers that are asked for on gold files and write their weights."""
    parser = argparse.ArgumentParser(prog="python -m jintu.recognise.train", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold files: JSON Lines with texts, or JSON with offsets")
    parser.add_argument("--corpus", type=Path, help="the folder of the texts that JSON files point into")
    parser.add_argument("--tier", choices=["fast", "full"], action="append", help="both where none is named")
    parser.add_argument("--into", type=Path, help="the folder for the weights; the ontology's model folder otherwise")
    chosen = parser.parse_args(arguments)
    known = ontology.load()
    documents = gold_files.load(chosen.gold, chosen.corpus)
    into = chosen.into or known.root / "model"
    for tier in chosen.tier or ["fast", "full"]:
        read = Reader(known, neural=tier == "full")
        models = train([lesson(gold, read) for gold in documents], sources=sources(tier))
        models.outer.save(into / f"{tier}-outer.npz")
        models.inner.save(into / f"{tier}-inner.npz")
        print(f"{tier}: {len(documents)} documents, gold {gold_files.digest(documents)}")


if __name__ == "__main__":
    main()
