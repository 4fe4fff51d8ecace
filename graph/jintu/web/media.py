"""Choose the form of an answer by what the asker accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_FORMS = {media: form for form, media in MEDIA.items()}
# what is offered, the most useful first, and under which other names it is asked for
ROWS = {media: form for media, form in _FORMS.items() if form in ("json", "xml", "csv", "tsv")} | {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS = {media: form for media, form in _FORMS.items() if form in ("ttl", "nt", "jsonld", "rdf")} | {
    "application/x-turtle": "ttl",
    "text/plain": "nt",
    "application/json": "jsonld",
    "application/xml": "rdf",
}
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.I)


def choose(accepted: str | None, offered: Mapping[str, str]) -> str:
    """Return the media type that is liked best, the first of equals, "" where none will do.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml, */*;q=0.1", ROWS)
    'application/sparql-results+xml'
    >>> choose("image/png", ROWS)
    ''
    """
    ranges = _ranges(accepted or "*/*")
    best = max(offered, key=lambda media: _quality(media, ranges))
    return best if _quality(best, ranges) > 0 else ""


def content_type(form: str) -> str:
    """Return the media type under which a form is sent.

    >>> content_type("csv"), content_type("json")
    ('text/csv; charset=utf-8', 'application/sparql-results+json')
    """
    media = MEDIA[form]
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _ranges(accepted: str) -> list[tuple[str, str, float]]:
    found = (_RANGE.match(part) for part in accepted.split(","))
    return [(match[1].lower(), match[2].lower(), _wanted(match[3])) for match in found if match]


def _wanted(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0


def _quality(media: str, ranges: list[tuple[str, str, float]]) -> float:
    """Return the quality that the most exact range gives."""
    major, _, minor = media.partition("/")
    fits = [
        (second != "*", first != "*", q)
        for first, second, q in ranges
        if first in ("*", major) and second in ("*", minor)
    ]
    return max(fits, default=(False, False, 0.0))[2]
