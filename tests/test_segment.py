"""What sentences, sections and modality are."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from jintu.model import Document, Modality, Section, Sentence, Span
from jintu.segment import LONGEST, segment


def document(text: str, *sections: Section) -> Document:
    return Document("report", text, "", "", "", sections=sections)


def texts(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("水库建成。！？；，\n \u3000一二、（）“”今年#a1\r"), max_size=300))
def test_offsets_are_true_and_only_white_space_is_left_out(text: str) -> None:
    found = segment(document(text))
    assert all(sentence.span.of(text) == sentence.text for sentence in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert "".join("".join(texts(found)).split()) == "".join(text.split())


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert texts(segment(document("他说：“水库建好了。”大家鼓掌！")))[0] == "他说：“水库建好了。”"


def test_a_semicolon_does_not_end_a_sentence() -> None:
    assert len(segment(document("一是修路；二是架桥；三是植树。"))) == 1


def test_no_text_has_no_sentences() -> None:
    assert segment(document("")) == segment(document(" \n\u3000 ")) == ()


def test_a_sentence_without_any_mark_is_cut_to_pieces_in_linear_time() -> None:
    before = time.process_time()
    found = segment(document("建" * 1_000_000))
    assert time.process_time() - before < 5
    assert max(len(sentence.text) for sentence in found) == LONGEST
    assert sum(len(sentence.text) for sentence in found) == 1_000_000


def test_a_long_sentence_is_cut_at_a_pause() -> None:
    found = segment(document(("修建水库和道路，" * 100) + "完工。"))
    assert all(sentence.text.endswith(("，", "。")) for sentence in found)


def test_sections_that_the_reader_found_are_taken_as_they_are() -> None:
    text = "上篇\n建成水库。\n下篇\n建设学校。"
    parts = (Section(Span(0, 9), "上篇", Modality.STATED), Section(Span(9, 18), "下篇", Modality.PLANNED))
    assert [sentence.section for sentence in segment(document(text, *parts))] == ["上篇", "上篇", "下篇", "下篇"]
    assert segment(document(text, *parts))[-1].modality is Modality.PLANNED
