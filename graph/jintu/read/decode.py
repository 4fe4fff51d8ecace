"""Bytes to text: strict, in an order that is right on short texts, never dropping anything."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from jintu.errors import SourceError

MARKS = (  # the longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KEPT = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"  # controls that only part lines or columns
ODD = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")  # all the others, and lone surrogates
HAN = ("gb18030", "big5hkscs")  # GB18030 first: it wins where both are as likely
DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs"}
PIECE = 2**20  # bytes decoded at a time
SAMPLE = 40_000  # characters that are enough to tell an encoding
PLAUSIBLE = 0.85  # likeness below which bytes are no text: noise read as GB18030 gives under 0.6, real texts over 0.95
UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){4}")  # four Han characters or marks: no other text
BEYOND = re.compile(rb"[\x80-\xff]")
DAMAGE = 8  # bytes beyond ASCII; more of them before UTF-8 goes on are text in another encoding
LETTERS = re.compile(r"[A-Za-z\u0800-\U0010ffff]")  # without any, two bytes a character, it may be GBK


def decode(raw: bytes, *, source: str) -> str:
    """Decode the bytes of a text file.

    A byte-order mark decides; without one strict UTF-8 is tried, then GB18030 and Big5, of
    which the one wins that gives the commoner characters.

    Raises:
        SourceError: if the bytes are no text, with the offset of the first that is wrong.

    >>> decode("锦凌水库".encode("gb18030"), source="a.txt"), decode("錦凌水庫".encode("big5"), source="b.txt")
    ('锦凌水库', '錦凌水庫')
    """
    return _clean(characters(raw, source=source), source)


def characters(raw: bytes, *, source: str, declared: str | None = None) -> str:
    """Decode bytes without asking what the characters are; ``declared`` is the encoding a page names.

    What a page names is believed where the bytes are that and their characters common ones.
    """
    text = _marked(raw, source)
    if text is None:
        text = _unmarked(raw, source, DECLARED.get((declared or "").lower(), declared))
    if not text.strip():
        raise SourceError(f"{source}: holds no text; leave it out or fill it")
    return text


def _marked(raw: bytes, source: str) -> str | None:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, source)
    return None


def _strict(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(_broken(source, error)) from None


def _broken(source: str, error: UnicodeDecodeError) -> str:
    return f"{source}: not text in {error.encoding} at byte {error.start} ({error.reason}); save it as UTF-8"


def _mixed(source: str, utf8: re.Match[bytes]) -> str:
    return f"{source}: mixes encodings, UTF-8 begins at byte {utf8.start()}; save it as UTF-8"


def _unmarked(raw: bytes, source: str, declared: str | None) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        mixed = UTF8.search(raw, error.start)
        likely = None if mixed else _likeliest(raw, declared)
        if likely is None:
            other = BEYOND.findall(raw, error.start, mixed.start()) if mixed else ()
            said = _mixed(source, mixed) if mixed and len(other) > DAMAGE else _broken(source, error)
            raise SourceError(said) from None
        return likely
    return text if LETTERS.search(text) else _likeliest(raw, declared) or text


def _likeliest(raw: bytes, declared: str | None) -> str | None:
    """Return the text in the declared encoding, GB18030 or Big5, whichever gives the commonest characters, or None."""
    if raw.isascii():
        return None
    encodings = tuple(dict.fromkeys(filter(None, (_known(declared), *HAN))))
    heads = {encoding: head for encoding in encodings if (head := _tried(raw, encoding)) is not None}
    if not heads:
        return None
    best = max(heads, key=lambda encoding: likeness(heads[encoding]))
    return raw.decode(best) if likeness(heads[best]) >= PLAUSIBLE else None


def _known(encoding: str | None) -> str | None:
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None


def _tried(raw: bytes, encoding: str) -> str | None:
    """Return how bytes begin in an encoding, None where they are not in it; a piece is decoded at a time."""
    try:
        raw[:1].decode(encoding, "replace")
        decoder = codecs.getincrementaldecoder(encoding)()
        pieces = (decoder.decode(raw[at : at + PIECE], at + PIECE >= len(raw)) for at in range(0, len(raw), PIECE))
        head = ""
        for piece in pieces:
            head += piece[: SAMPLE - len(head)]
    except (UnicodeError, LookupError):  # LookupError: a codec that makes no text of bytes, such as rot13
        return None
    return head


def likeness(text: str) -> float:
    """Return from 0 to 1 how common the characters of a text are, those of ASCII apart; controls are not.

    >>> likeness("锦凌水库"), likeness("錦凌水庫") > likeness("錦凌水庫".encode("big5").decode("gb18030"))
    (1.0, True)
    """
    beyond = [character for character in text[:SAMPLE] if not " " <= character <= "~" and character not in KEPT]
    return sum(map(_commonness, beyond)) / len(beyond) if beyond else 1.0


@lru_cache(maxsize=2**15)
def _commonness(character: str) -> float:
    """Return 1 for the common characters of GB 2312 and Big5 and their punctuation, less for rare ones.

    Both standards put their common characters first: rows 16 to 55 (3,755 characters) of
    GB 2312, lead bytes A4 to C6 (5,401 characters) of Big5.
    """
    simplified, traditional = _bytes(character, "gb2312"), _bytes(character, "big5")
    if simplified and (b"\xa1" <= simplified[:1] <= b"\xa3" or b"\xb0" <= simplified[:1] <= b"\xd7"):
        return 1.0
    if traditional and b"\xa1" <= traditional[:1] <= b"\xc6":
        return 0.95
    return 0.6 if simplified else 0.2 if traditional else 0.0


def _bytes(character: str, encoding: str) -> bytes:
    return character.encode(encoding, "ignore")


def _clean(text: str, source: str) -> str:
    if odd := ODD.search(text):
        raise SourceError(f"{source}: control character U+{ord(odd[0]):04X} at character {odd.start()}; remove it")
    return text
