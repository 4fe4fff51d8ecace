"""Encodings are told apart on short texts, and what is broken or mixed is named with its offset."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jintu.errors import SourceError
from jintu.read.decode import characters, decode

SIMPLIFIED = """
项目 水库 学校 医院 城市 农业 谢谢 展示 锦州市 供水工程 市人民医院 乡村振兴 一时间 省辖市 细胞学 新增就业1.2万人
生产总值增长7.4% 开发区管委会 黑山县大虎山镇 （一）工业 “双减”政策
"""
TRADITIONAL = """
水庫 學校 醫院 城市 農業 香港特別行政區 臺北市政府 觀塘公園 新聞公報 興建長廊 醫療服務 交通運輸 預計二零二五年完成
鐵路沿線 「公園」落成 總開支約一億元 環境保護署 立法會
"""


def first_rows(encoding: str, first: bytes, last: bytes) -> list[str]:
    """Return the Han characters whose leading byte is in a range: those that a standard puts first as common."""
    encoded = ((chr(code), chr(code).encode(encoding, "ignore")) for code in range(0x4E00, 0x9FA6))
    return [character for character, raw in encoded if first <= raw[:1] <= last]


COMMON = first_rows("gb2312", b"\xb0", b"\xd7")
LEVEL_ONE = first_rows("big5", b"\xa4", b"\xc6")


@pytest.mark.parametrize("text", SIMPLIFIED.split())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_short_simplified_text_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), source="a.txt") == text


@pytest.mark.parametrize("text", TRADITIONAL.split())
@pytest.mark.parametrize("encoding", ["utf-8", "big5"])
def test_short_traditional_text_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), source="a.txt") == text


@given(st.lists(st.sampled_from(COMMON), min_size=8, max_size=60))
def test_any_common_simplified_characters_are_read(letters: list[str]) -> None:
    text = "".join(letters)
    assert decode(text.encode("gb18030"), source="a.txt") == text


@given(st.lists(st.sampled_from(LEVEL_ONE), min_size=12, max_size=60))
def test_any_common_traditional_characters_are_read(letters: list[str]) -> None:
    text = "".join(letters)
    assert decode(text.encode("big5"), source="a.txt") == text


@given(st.text(min_size=1, max_size=80))
def test_utf8_stays_what_it_is_wherever_it_has_letters_or_han(text: str) -> None:
    assume(any((character.isascii() and character.isalpha()) or character >= "\u4e00" for character in text))
    raw = text.encode("utf-8", "ignore")
    try:
        read = decode(raw, source="a.txt")
    except SourceError as error:
        assert "control character" in str(error) or "holds no text" in str(error)
    else:
        assert read.encode() == raw.removeprefix(b"\xef\xbb\xbf") or raw[:2] in (b"\xff\xfe", b"\xfe\xff")


@given(st.integers(min_value=0, max_value=60), st.sampled_from([b"\xff", b"\xc0\x80", b"\x80\x80\xff", b"\xf8"]))
def test_a_broken_utf8_text_is_named_and_not_read_as_another(at: int, broken: bytes) -> None:
    raw = ("锦凌水库向城区供水，市中心医院新楼投入使用。" * 3).encode()
    with pytest.raises(SourceError, match=rf"^a\.txt: not text in utf-8 at byte {at * 3} "):
        decode(raw[: at * 3] + broken + raw[at * 3 :], source="a.txt")


def test_mixed_encodings_are_named_with_their_offset() -> None:
    gbk, utf8 = ("锦凌水库向城区供水。" * 20).encode("gb18030"), "市中心医院新楼".encode()
    with pytest.raises(SourceError, match=rf"mixes encodings, UTF-8 begins at byte {len(gbk)}"):
        decode(gbk + utf8, source="a.txt")


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", "rot13", "x-unknown", ""])
def test_a_declared_encoding_never_spoils_a_text(declared: str) -> None:
    text = "锦凌水库向城区供水，市中心医院新楼投入使用。"
    for encoding in ("utf-8", "gb18030"):
        assert characters(text.encode(encoding), source="a.html", declared=declared) == text
