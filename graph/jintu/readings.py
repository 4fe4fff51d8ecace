"""Write what was read from a document as JSON, and read it back: linking goes on from it without reading again.

A value is written as the list of its fields; where a field may be of several classes, the class's name stands first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jintu.model import Reading

Json = Any  # what json.loads gives
Coder = Callable[[Any], Any]
FIELDS = "__struct_fields__"  # where a class of values names its fields


def dump(reading: Reading) -> bytes:
    """Write a reading, the same bytes for the same reading.

    >>> from jintu.model import Document, Kind, Mention, Span
    >>> paper = Document("甲", "锦凌水库投用。", "甲", "甲.txt", "0" * 64, place="锦州市")
    >>> lake = Mention("甲", Span(0, 4), "锦凌水库", Kind.PROJECT)
    >>> load(dump(Reading(paper, (lake,), ()))).mentions == (lake,)
    True
    """
    written = encoder(Reading)(reading)
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(written: bytes) -> Reading:
    """Read back what :func:`dump` wrote.

    Raises:
        ValueError: if it is no reading.
    """
    try:
        reading: Reading = decoder(Reading)(json.loads(written.decode("utf-8", "surrogatepass")))
    except (LookupError, TypeError, ArithmeticError) as error:
        raise ValueError(f"no reading: {error}") from None
    return reading


@cache
def encoder(hint: Any) -> Coder:
    """Return what writes values of a class as JSON.

    >>> from jintu.model import Span
    >>> encoder(Span)(Span(0, 4)), decoder(Span)([0, 4])
    ([0, 4], Span(start=0, end=4))
    """
    classes = _classes(hint)
    if hasattr(hint, FIELDS):
        named = [(name, encoder(of)) for name, of in _fields(hint)]
        return lambda value: [encode(getattr(value, name)) for name, encode in named]
    if get_origin(hint) is tuple:
        each = encoder(get_args(hint)[0])
        return lambda values: [each(value) for value in values]
    if len(classes) > 1:
        known = {of: encoder(of) for of in classes}
        return lambda value: [type(value).__name__, *known[type(value)](value)]
    if classes[0] is not hint:
        inner = encoder(classes[0])
        return lambda value: None if value is None else inner(value)
    return str if hint is Decimal else _as_it_is


@cache
def decoder(hint: Any) -> Coder:
    """Return what reads values of a class from JSON; the lists it is given are used up."""
    classes = _classes(hint)
    if hasattr(hint, FIELDS):
        return _maker(hint, [decoder(of) for _, of in _fields(hint)])
    if get_origin(hint) is tuple:
        one = decoder(get_args(hint)[0])
        return lambda values: tuple([one(value) for value in values])
    if len(classes) > 1:
        known = {of.__name__: decoder(of) for of in classes}
        return lambda value: known[value[0]](value[1:])
    if classes[0] is not hint:
        inner = decoder(classes[0])
        return lambda value: None if value is None else inner(value)
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    return hint if hint is Decimal else _as_it_is


def _maker(of: Any, coders: list[Coder]) -> Coder:
    """Return what makes a value of the list of its fields; most fields are as JSON gives them."""
    coded = [(number, coder) for number, coder in enumerate(coders) if coder is not _as_it_is]

    def make(found: list[Json]) -> Any:
        for number, coder in coded:
            found[number] = coder(found[number])
        return of(*found)

    return make


def _as_it_is(value: Json) -> Json:
    return value


def _fields(of: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(of)
    return [(name, hints[name]) for name in getattr(of, FIELDS)]


def _classes(hint: Any) -> tuple[Any, ...]:
    """Return the classes that a value may be of, None left out."""
    return tuple(of for of in get_args(hint) if of is not NoneType) if isinstance(hint, UnionType) else (hint,)
