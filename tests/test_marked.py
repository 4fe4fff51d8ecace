"""What stands in book marks is one name."""

from __future__ import annotations

import time

import pytest

from jintu.model import Kind, Span
from jintu.recognise.marked import marked
from relate_samples import read


def names(text: str) -> list[tuple[str, Kind, bool]]:
    document, given = read(text)
    found = list(marked(document, Span(0, len(document.text)), given))
    assert all(name.span.of(document.text) == name.text for name in found)
    return sorted((name.text, name.kind, name.nested) for name in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "印发《[P 黑山县]供水[G 三年行动方案]》",
            [("黑山县供水三年行动方案", Kind.PROGRAMME), ("黑山县", Kind.PLACE)],
        ),
        ("出台《供水条例（修订）》", [("供水条例（修订）", Kind.PROGRAMME)]),
        ("话剧《凌河岸边》上演", [("凌河岸边", Kind.WORK)]),
        ("落实《[G 供水规划]》", [("供水规划", Kind.PROGRAMME)]),
        ("入选[H 《凌河名录》]", [("《凌河名录》", Kind.HONOUR)]),
        ("审议《政府工作报告》", []),
        ("书名号《没有合上", []),
    ],
)
def test_what_stands_in_book_marks_is_one_name(text: str, found: list[tuple[str, Kind]]) -> None:
    assert [(name, kind) for name, kind, _ in names(text)] == sorted(found)


def test_a_place_in_the_name_of_a_paper_is_nested() -> None:
    assert ("黑山县", Kind.PLACE, True) in names("印发《[P 黑山县]供水[G 三年行动方案]》")


@pytest.mark.parametrize("words", ["《去[P 黑山县]看》", "《在[P 锦州市]，说》"])
def test_many_marks_are_read_in_linear_time(words: str) -> None:
    document, given = read(words * 8_000)
    start = time.process_time()
    assert len(list(marked(document, Span(0, len(document.text)), given))) == 16_000
    assert time.process_time() - start < 4  # 0.2 s; what looks at all names for each mark takes over ten
