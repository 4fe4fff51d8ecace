"""Lay out files that are put together of parts: what they begin with, what stands between parts, how they end.

A part is what stands below the header; none begins with the subject that the one before it ended with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO

from pyoxigraph import RdfFormat, serialize

from jintu.rdf.jsonld import opening
from jintu.rdf.terms import BASE, PREFIXES

NEAT = ("ttl", "trig")  # the formats with prefixes in a header
_BETWEEN = {"jsonld": b","}
_FOOTERS = {"jsonld": b"\n]}\n", "rdf": b"\n</rdf:RDF>"}
_OPENS, _CLOSES = b" {\n", b"}\n"  # a graph's block in TriG; a literal holds no line break there


@cache
def header(format: str, *, base: str = BASE) -> bytes:
    """Return what a file of a format begins with, before any triple."""
    if format == "jsonld":
        return opening(base).encode()
    if format == "rdf":
        whole = BytesIO()
        serialize((), whole, format=RdfFormat.RDF_XML, prefixes=PREFIXES)
        return whole.getvalue().removesuffix(footer("rdf"))
    if format not in NEAT:
        return b""
    lines = [f"@base <{base}> .", *(f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items()))]
    return "\n".join(lines).encode() + b"\n\n"


def footer(format: str) -> bytes:
    """Return what a file of a format ends with, behind all triples."""
    return _FOOTERS.get(format, b"")


def joined(parts: Iterable[bytes], *, format: str, base: str = BASE) -> Iterator[bytes]:
    """Give the bytes of a file that is made of parts, the same as if all had been written at once.

    >>> parts = [b"<a> {\\n\\t<b> a <c> .\\n}\\n", b"<a> {\\n\\t<d> a <c> .\\n}\\n"]
    >>> b"".join(joined(parts, format="trig")).removeprefix(header("trig"))
    b'<a> {\\n\\t<b> a <c> .\\n\\t<d> a <c> .\\n}\\n'
    """
    yield header(format, base=base)
    found = (part for part in parts if part)
    yield from _blocks(found) if format == "trig" else _between(found, _BETWEEN.get(format, b""))
    yield footer(format)


def _between(parts: Iterable[bytes], between: bytes) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        if number:
            yield between
        yield part


def _blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Join the last block of a part and the first one of the next where both are of one graph."""
    last = b""
    for part in parts:
        if last and part.startswith(last):
            yield part[len(last) : -len(_CLOSES)]
        else:
            yield (_CLOSES if last else b"") + part.removesuffix(_CLOSES)
        opens = part.rindex(_OPENS)
        last = part[part.rfind(b"\n", 0, opens) + 1 : opens + len(_OPENS)]
    if last:
        yield _CLOSES
