"""Make IRIs, the only place that does: readable, the same in every run, legal whatever a name holds.

Letters, digits, Chinese and full-width punctuation stay as they are. Quotes, angle brackets,
blanks, percent and number signs, marks that turn the direction of writing and all else that a
reader cannot see are percent-encoded in UTF-8 (a lone surrogate as its three bytes). So is the colon: rdflib takes
whatever stands before one in a relative IRI for a scheme.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from jintu.errors import GraphError
from jintu.model import Evidence, Fact, Indicator, Mention, Quantity, Section, Status, Value
from jintu.rdf.terms import BASE, INDICATOR, PREFIXES, STATUS, UNIT
from jintu.text.units import units

# Latin, Greek, Cyrillic, visible punctuation and symbols, Han with its punctuation, kana, full-width forms, emoji:
# ranges and not Unicode categories, so that a newer Python's tables do not change an IRI.
_PLAIN = (
    r"A-Za-z0-9\-._~()+,\u00a1-\u00ac\u00ae-\u024f\u0370-\u0373\u0391-\u03c9\u0400-\u045f\u2010-\u2027\u2030-\u205e"
    r"\u2070-\u218f\u2460-\u24ff\u2e80-\u2fd5\u3001-\u3163\u3165-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe6b"
    r"\uff01-\uff9f\uffe0-\uffe6\U0001f000-\U0001faff\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
_HIDDEN = re.compile(f"[^{_PLAIN}]")
_LAST_DOTS = re.compile(r"\.+$")  # "." and ".." are steps in a path, and a last dot ends a sentence of Turtle
_DIGEST = 24  # hexadecimal digits, 96 bits: a clash among a billion statements has a chance of one in 10^11


@lru_cache(maxsize=2**16)
def encode(name: str) -> str:
    """Percent-encode what may not stand in a part of an IRI, the slash too.

    >>> encode("“双减” 3/4")
    '“双减”%203%2F4'
    """
    part = _HIDDEN.sub(lambda match: _percent(match.group()), name)
    return _LAST_DOTS.sub(lambda match: "%2E" * len(match.group()), part)


def decode(part: str) -> str:
    """Return the name that was encoded.

    Raises:
        GraphError: if it was not encoded here.

    >>> decode("“双减”%203%2F4")
    '“双减” 3/4'
    """
    try:
        return unquote_to_bytes(part).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise GraphError(f'"{part}": what is percent-encoded in this IRI is no UTF-8') from None


@dataclass(frozen=True, slots=True)
class Mint:
    """Make the IRIs of what is known under one base, and read them back.

    >>> Mint().entity("place/210700/锦凌水库").value
    'https://w3id.org/jintu/id/place/210700/锦凌水库'
    >>> Mint().entity_id(Mint().entity('institution/210700/"甲/乙"'))
    'institution/210700/"甲/乙"'
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s#?<>\"{}|\\^`%]*/", self.base):
            raise GraphError(f'base "{self.base}": must be an IRI that ends in a slash, such as {BASE}')

    def entity(self, identifier: str) -> NamedNode:
        """Return the IRI of an entity; the first two slashes of its id are kept, those of the label encoded."""
        return NamedNode(self.base + _path(identifier))

    def entity_id(self, iri: NamedNode) -> str:
        """Return the id of an entity."""
        return decode(self._local(iri))

    def document(self, identifier: str) -> NamedNode:
        """Return the IRI of a document; the gazetteer, which is none, has the empty id."""
        return NamedNode(self._document(identifier))

    def document_id(self, iri: NamedNode) -> str:
        """Return the id of a document."""
        return decode(self._local(iri).removeprefix("document/")) if iri != self.document("") else ""

    def section(self, identifier: str, section: Section) -> NamedNode:
        """Return the IRI of a section of a document."""
        return NamedNode(f"{self._document(identifier)}#section={section.span.start},{section.span.end}")

    def mention(self, mention: Mention) -> NamedNode:
        """Return the IRI of a mention: its document, its characters and its kind."""
        return NamedNode(f"{self._document(mention.doc)}#char={mention.span.start},{mention.span.end};{mention.kind}")

    def evidence(self, evidence: Evidence) -> NamedNode:
        """Return the IRI of a piece of evidence: its document, its characters, its rule and score."""
        span, rule = evidence.span, encode(evidence.rule)
        return NamedNode(
            f"{self._document(evidence.doc)}#char={span.start},{span.end};{rule};{decimal(evidence.score)}"
        )

    def statement(self, fact: Fact) -> NamedNode:
        """Return the IRI of a statement: a digest of all but its evidence."""
        return NamedNode(f"{self.base}statement/{digest(fact)}")

    def quantity(self, fact: Fact) -> NamedNode:
        """Return the IRI of an amount; it belongs to one statement, so that equal amounts do not join two projects."""
        return NamedNode(f"{self.base}quantity/{digest(fact)}")

    def observation(self, fact: Fact) -> NamedNode:
        """Return the IRI of an indicator's figure, which belongs to one statement."""
        return NamedNode(f"{self.base}observation/{digest(fact)}")

    def _document(self, identifier: str) -> str:
        return f"{self.base}document/{encode(identifier)}" if identifier else self.base + "gazetteer"

    def _local(self, iri: NamedNode) -> str:
        if not iri.value.startswith(self.base):
            raise GraphError(
                f"<{iri.value}>: not under the base {self.base}; name the base that the graph was made with"
            )
        return iri.value[len(self.base) :]


@cache
def status(name: str) -> NamedNode:
    """Return the concept of a status, the same under every base.

    >>> status("开工").value
    'https://w3id.org/jintu/status/开工'
    """
    return NamedNode(STATUS + encode(name))


def indicator(name: str) -> NamedNode:
    """Return the concept of an indicator, the same under every base."""
    return NamedNode(INDICATOR + encode(name))


@cache
def unit(code: str) -> NamedNode:
    """Return the IRI of a unit: QUDT's where it has one, else our own.

    >>> unit("CNY").value, unit("MU").value
    ('http://qudt.org/vocab/currency/CNY', 'https://w3id.org/jintu/unit/MU')
    """
    names = {known.code: known.iri for known in units().values()}
    prefix, _, local = names.get(code, "").partition(":")
    return NamedNode(PREFIXES[prefix] + local if local and prefix in PREFIXES else UNIT + encode(code))


def decimal(number: Decimal | float) -> str:
    """Write a number as canonical ``xsd:decimal``: no exponent, no needless zeros.

    >>> decimal(Decimal("5.320E+8")), decimal(0.9)
    ('532000000', '0.9')
    """
    written = format(number if isinstance(number, Decimal) else Decimal(repr(number)), "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written if written != "-0" else "0"


def digest(fact: Fact) -> str:
    """Return what makes a fact this fact as hexadecimal digits."""
    return _hash([fact.subject, fact.relation, _parts(fact.object), fact.modality, fact.year])


def key(value: str | Value) -> str:
    """Return a text that is the same for equal objects of facts alone."""
    return json.dumps(_parts(value), ensure_ascii=False)


def _parts(value: str | Value) -> object:
    match value:
        case Quantity():
            return _figure(value)
        case Indicator(name, quantity, measure):
            return [name, _figure(quantity), measure]
        case Status(name):
            return [name]
    return value


def _figure(quantity: Quantity) -> list[str]:
    number = decimal(quantity.value)
    return [quantity.text, quantity.number, quantity.unit, number, quantity.measured_in, quantity.bound]


def _hash(parts: object) -> str:
    return sha256(json.dumps(parts).encode("ascii")).hexdigest()[:_DIGEST]


def _path(identifier: str) -> str:
    parts = identifier.split("/", 2)
    return "/".join(map(encode, parts)) if all(parts) else encode(identifier)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
