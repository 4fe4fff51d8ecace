"""One contract for every tokenizer: words joined are the text, and all cut and tag alike."""

from collections.abc import Callable
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jintu.segment import Tokenizer, jieba_tokenizer, rjieba_tokenizer

MAKERS: list[Callable[[], Tokenizer]] = [jieba_tokenizer]
if find_spec("rjieba"):
    MAKERS.append(rjieba_tokenizer)

SENTENCES = (
    "凌河新区投资3.6亿元建成松岭水库，配套泵站12座。",
    "推进“清河护岸”三年行动，落实《城市更新条例》。",
    "PM2.5浓度下降8%，5G基站突破2000个，PPP项目落地。",
    "Ａ１２全角字符与半角AB混排，（括号）、顿号——破折号……",
    "新建臺灣產業園區，繁體字不應出錯。",
    "\u3000\u3000缩进的段落\t制表符\r\n换行",
    "一二三四五六七八九十百千万亿",
    "半个字符\ud800也不出错",
)


@pytest.fixture(scope="module", params=MAKERS, ids=lambda maker: maker.__name__)
def words(request: pytest.FixtureRequest) -> Tokenizer:
    made: Tokenizer = request.param()
    return made


@pytest.mark.parametrize("text", SENTENCES)
def test_words_joined_are_the_text(words: Tokenizer, text: str) -> None:
    assert "".join(words.cut(text)) == text


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_words_of_any_text_joined_are_the_text(words: Tokenizer, text: str) -> None:
    assert "".join(words.cut(text)) == text


def test_a_word_outside_the_dictionary_has_no_tag(words: Tokenizer) -> None:
    assert words.tag("水库") == "n"
    assert words.tag("龘龘龘") == "x"


@pytest.mark.skipif(len(MAKERS) < 2, reason="rjieba is not installed")
@pytest.mark.parametrize("text", SENTENCES)
def test_both_tokenizers_give_the_same_words_and_tags(text: str) -> None:
    slow, fast = (maker() for maker in MAKERS)
    assert slow.cut(text) == fast.cut(text)
    assert [slow.tag(word) for word in slow.cut(text)] == [fast.tag(word) for word in fast.cut(text)]
