"""Bytes to text: strict, in an order that is right on short texts, never dropping anything."""

from __future__ import annotations

import codecs
import unicodedata

from jintu.errors import SourceError

MARKS = (  # the longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KEPT = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"  # controls that only part lines or columns
PLAUSIBLE = 0.9  # share of common characters; mixed encodings read as GB18030 gave 0.2 to 0.7, real texts over 0.97


def decode(raw: bytes, *, source: str) -> str:
    """Decode the bytes of a text file.

    A byte-order mark decides; without one strict UTF-8 is tried, then GB18030, which must
    give a text of common characters: a UTF-8 text with broken bytes would pass it too.

    Raises:
        SourceError: if the bytes are no text, with the offset of the first that is wrong.

    >>> decode("锦凌水库".encode("gb18030"), source="a.txt")
    '锦凌水库'
    """
    text = _marked(raw, source)
    if text is None:
        text = _unmarked(raw, source)
    if not text.strip():
        raise SourceError(f"{source}: holds no text; leave it out or fill it")
    return _clean(text, source)


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


def _unmarked(raw: bytes, source: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _gb18030(raw)
        if text is None:
            raise SourceError(_broken(source, error)) from None
        return text


def _gb18030(raw: bytes) -> str | None:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    sample = text[:100_000]
    return text if sum(map(_common, sample)) >= PLAUSIBLE * len(sample) else None


def _common(character: str) -> bool:
    """Tell whether GB 2312 has the character: its 6,763 Han characters, punctuation, Latin."""
    try:
        return len(character.encode("gb2312")) > 0
    except UnicodeEncodeError:
        return False


def _clean(text: str, source: str) -> str:
    for at, character in _controls(text):
        raise SourceError(f"{source}: control character U+{ord(character):04X} at character {at}; remove it")
    return text


def _controls(text: str) -> list[tuple[int, str]]:
    odd = {c for c in set(text) if unicodedata.category(c) in {"Cc", "Cs"} and c not in KEPT}
    return sorted((text.index(c), c) for c in odd)[:1]
