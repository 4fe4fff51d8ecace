"""Weigh the labels of words by a neural network; this is the only home of onnxruntime.

The network reads the characters of a sentence with the encoder of LAC, tuned further on the
gold, and its words with a layer of its own; ``learn_network.py`` trains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jintu.ontology import Ontology
from jintu.recognise.columns import Column, Index, Layout
from jintu.recognise.features import quote_column
from jintu.recognise.lexicon import WIDTHS, Attribute
from jintu.recognise.model import Floats
from jintu.recognise.reading import GAZETTEER, Reading

GRAPH, TABLES = "model/network.onnx", "model/network.npz"
BATCH = 6  # sentences weighed at a time: on one core 4 to 128 take as long a character, and fewer need less padding
COLUMNS = 6  # attributes of a word that the network reads beside its characters
FRACTIONS = 8  # bits that are kept of a weight's fraction: other processors differ only beyond them

Numbers = npt.NDArray[np.int64]


class Network:
    """Weigh labels with the shipped network on one thread."""

    def __init__(self, ontology: Ontology) -> None:
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 -- it ships no types; only the full tier needs it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        graph = ontology.path(GRAPH).read_bytes()
        self._session: Any = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        with np.load(ontology.path(TABLES)) as tables:
            self.transitions: Floats = tables["transitions"]
            self.inner_transitions: Floats = tables["inner"]
            self.places: frozenset[str] = frozenset(tables["places"].tolist())
            self.known = [tables[f"known{number}"] for number in range(COLUMNS)]
            self.characters = str(tables["characters"])
        self._table = character_table(self.characters)

    def __call__(self, reading: Reading) -> tuple[Floats, Floats]:
        """Return the weight of each label for each row, 0 for padding: of outer names, and of names inside them."""
        parts = len(self.transitions), len(self.inner_transitions)
        scores = np.zeros((len(reading.layout.inside), sum(parts)), np.float32)
        self._weigh(reading, scores)
        rounded: Floats = np.round(scores * (1 << FRACTIONS)) / np.float32(1 << FRACTIONS)
        return rounded[:, : parts[0]], rounded[:, parts[0] :]

    def _weigh(self, reading: Reading, scores: Floats) -> None:
        """Fill in the weights of all sentences."""
        layout = reading.layout
        sentences = by_length(layout)
        if not sentences:
            return
        attributes = coded(attribute_columns(reading), self.known)
        start = int(layout.starts[layout.inside].min())
        characters = self._numbered(reading.text[start : layout.ends.max()])
        for at in range(0, len(sentences), BATCH):
            group = sentences[at : at + BATCH]
            (weighed,) = self._session.run(None, batch(characters, start, layout, attributes, group))
            for number, rows in enumerate(group):
                scores[rows] = weighed[: len(rows), number]

    def _numbered(self, text: str) -> npt.NDArray[np.int32]:
        return self._table[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]


def attribute_columns(reading: Reading) -> list[Column]:
    """Return the attributes of words that the network reads beside their characters."""
    layout = reading.layout
    quotes = layout.column(Attribute.QUOTE)
    quoted = quote_column(quotes, 1) * np.uint32(64) + quote_column(quotes, 3)
    own = (Attribute.TAG, Attribute.MIDDLE, Attribute.FINE, Attribute.SHAPE)
    return [*map(layout.column, own), reading.marks[GAZETTEER].values, quoted]


def coded(columns: Sequence[Column], known: Sequence[Column]) -> Numbers:
    """Number the values of each column from 1; what was not met in training is 0."""
    codes = np.zeros((len(columns[0]), len(columns)), np.int64)
    for number, (column, values) in enumerate(zip(columns, known, strict=True)):
        place = np.minimum(np.searchsorted(values, column), len(values) - 1)
        codes[:, number] = np.where(values[place] == column, place + 1, 0)
    return codes


def character_table(characters: str) -> npt.NDArray[np.int32]:
    """Return a number for each code point: that of a known character, from 1, or of the mark it stands for, else 0."""
    table = np.zeros(0x110000, np.int32)
    table[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)
    for mark, meant in WIDTHS.items():
        table[mark] = table[mark] or table[ord(meant)]
    return table


def sentence_rows(layout: Layout) -> list[Index]:
    """Return the rows of each sentence's words."""
    rows = np.flatnonzero(layout.inside)
    return [part for part in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(part)]


def by_length(layout: Layout) -> list[Index]:
    """Return the rows of each sentence's words, the sentence of the fewest characters first."""
    return sorted(sentence_rows(layout), key=lambda rows: (layout.ends[rows[-1]] - layout.starts[rows[0]], len(rows)))


def batch(
    characters: npt.NDArray[np.int32], start: int, layout: Layout, attributes: Numbers, group: Sequence[Index]
) -> dict[str, npt.NDArray[Any]]:
    """Lay sentences side by side: time runs down, a column a sentence, zeros below the shorter ones.

    ``characters`` are those of the document from offset ``start`` on.
    """
    starts = [int(layout.starts[rows[0]]) for rows in group]
    lengths = [int(layout.ends[rows[-1]]) - first for rows, first in zip(group, starts, strict=True)]
    shape = max(map(len, group)), len(group)
    inputs: dict[str, npt.NDArray[Any]] = {
        "chars": np.zeros((max(lengths), len(group)), np.int64),
        "char_lengths": np.array(lengths, np.int32),
        "first": np.zeros((*shape, 2), np.int64),
        "last": np.zeros((*shape, 2), np.int64),
        "attributes": np.zeros((*shape, attributes.shape[1]), np.int64),
        "word_lengths": np.array(list(map(len, group)), np.int32),
    }
    inputs["first"][:, :, 1] = inputs["last"][:, :, 1] = np.arange(len(group))
    for number, (rows, first, length) in enumerate(zip(group, starts, lengths, strict=True)):
        inputs["chars"][:length, number] = characters[first - start : first - start + length]
        inputs["first"][: len(rows), number, 0] = layout.starts[rows] - first
        inputs["last"][: len(rows), number, 0] = layout.ends[rows] - 1 - first
        inputs["attributes"][: len(rows), number] = attributes[rows]
    return inputs
