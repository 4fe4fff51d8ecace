"""What is summed up once weighs what all features of a row weigh, looked up one by one."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import pytest

from jintu.model import Document
from jintu.ontology import load
from jintu.recognise.decision import Models, shipped
from jintu.recognise.features import templates
from jintu.recognise.lexicon import FIRST
from jintu.recognise.model import Model
from jintu.recognise.reading import Reader, Reading
from jintu.recognise.templates import Few, Template, Words, numbered
from jintu.recognise.weigher import ROOM, Weigher
from jintu.recognise.within import Names, seen, templates_within, words_within
from jintu.segment import segment

TEXTS = (
    "松江市建成云岭水库，市人民医院入选全国先进单位。实施“清水绿岸”行动，《水法》施行。",
    "",
    "，",
    "水",
    "黑山县、义县等3个县的城南水厂二期、北湖大桥等项目开工；松江市建成云岭水库。",
    "\ud800松江\udfff市 PPP 项目，plain words 12.5%",
    "".join(f"云{chr(mark)}" for mark in range(0x2190, 0x2400)),  # more kinds of words than a table of pairs holds
    "松江市人民医院和云岭水库管理处迁入北湖新区。",
)


@cache
def reader() -> Reader:
    return Reader(load())


@cache
def models() -> Models:
    return shipped(load(), "fast")


def readings(read: Reader | None = None) -> Iterator[Reading]:
    for text in TEXTS:
        document = Document("report", text, "", "", "")
        yield (read or reader())(document, segment(document))


def one_by_one(model: Model, found: Sequence[Template], reading: Reading, words: Words) -> npt.NDArray[np.float32]:
    columns = numbered(found, reading.layout.table, words)
    total = sum((model.summed([column], len(column)) for column in columns), np.zeros((1, len(model.step)), np.int16))
    return np.asarray(total * model.step)


def outer(reading: Reading) -> list[Template]:
    return list(templates(reading.layout, reading.marks, models().outer.sources))


def test_outer_names_are_weighed_as_by_all_their_features() -> None:
    weigh = Weigher(models().outer)
    for reading in [*readings(), *readings()]:
        layout, found = reading.layout, outer(reading)
        weighed = weigh(iter(found), layout.table, layout.beside)
        expected = one_by_one(weigh.model, found, reading, layout.beside)
        assert (weighed[layout.inside] == expected[layout.inside]).all()


def test_a_template_of_too_many_values_is_weighed_as_any_other() -> None:
    sizes = [each.size for reading in readings() for each in outer(reading) if isinstance(each, Few)]
    assert min(sizes) <= ROOM < max(sizes)


def test_a_table_that_starts_anew_is_weighed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jintu.recognise.lexicon.ROWS", 24)
    read = Reader(load())
    weigh, tables = Weigher(models().outer), set()
    for reading in chain(readings(read), readings(read)):
        found = outer(reading)
        weighed = weigh(iter(found), reading.layout.table, reading.layout.beside)
        expected = one_by_one(weigh.model, found, reading, reading.layout.beside)
        assert (weighed[reading.layout.inside] == expected[reading.layout.inside]).all()
        tables.add(reading.layout.table.shape)
    assert len(tables) > 1


def test_names_inside_names_are_weighed_as_by_all_their_features() -> None:
    weigh = Weigher(models().inner)
    for reading in [*readings(), *readings()]:
        labels = np.where(reading.layout.inside, 2, 0).astype(np.int8)
        labels[np.flatnonzero(reading.layout.inside)[::4]] = 1  # names of four words, and of what is left
        names = Names.of(labels)
        words = words_within(reading, names)
        found = list(templates_within(reading, names, seen(reading, names), weigh.model.sources))
        weighed = weigh(iter(found), reading.layout.table, words)
        assert (weighed == one_by_one(weigh.model, found, reading, words)).all()


def test_no_word_has_the_number_of_what_stands_around_sentences_or_names() -> None:
    for reading in readings():
        assert (reading.layout.words[reading.layout.inside] >= FIRST).all()
        assert not reading.layout.words[~reading.layout.inside].any()
