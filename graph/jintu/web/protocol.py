"""Read a question out of a request, by the SPARQL 1.1 Protocol (2013), section 2.1."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from jintu.web.bounds import LARGEST_BODY, LONGEST_UPLOAD, LONGEST_URL
from jintu.web.frames import Asked
from jintu.web.media import GRAPHS, MEDIA, ROWS, choose

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
Pairs = Sequence[tuple[str, str]]


class RefusalError(Exception):
    """Refuse a request with a status, one clear line and headers."""

    def __init__(self, status: int, line: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(line)
        self.status, self.line, self.headers = status, line, dict(headers or {})


async def asked(request: Request) -> Asked:
    """Return what a request asks.

    Raises:
        RefusalError: if it is no question, or too long, or badly written.
    """
    pairs = parameters(request)
    if request.method == "POST":
        pairs = [*pairs, *await _posted(request)]
    if any(name == "update" for name, _ in pairs):
        raise RefusalError(403, "updates are refused: this endpoint is read-only")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise RefusalError(400, f"one query is wanted, and here are {len(queries)}; send it as the parameter query")
    return Asked(
        queries[0], _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri"), forms=forms(request)
    )


def forms(request: Request) -> tuple[str, str]:
    """Return the forms that are accepted for rows and for graphs.

    Raises:
        RefusalError: if neither is.
    """
    accepted = _accepted(request)
    rows, graphs = choose(accepted, ROWS), choose(accepted, GRAPHS)
    if not rows and not graphs:
        raise unacceptable({media: form for form, media in MEDIA.items()})
    return ROWS.get(rows, ""), GRAPHS.get(graphs, "")


def graph_form(request: Request) -> str:
    """Return the form that is accepted for graphs.

    Raises:
        RefusalError: if none is.
    """
    form = GRAPHS.get(choose(_accepted(request), GRAPHS), "")
    if not form:
        raise unacceptable(GRAPHS)
    return form


def _accepted(request: Request) -> str | None:
    return ", ".join(request.headers.getlist("accept")) or None


def unacceptable(offered: Mapping[str, str]) -> RefusalError:
    """Say which media types there are."""
    first = ", ".join(MEDIA[form] for form in dict.fromkeys(offered.values()))
    return RefusalError(406, f"none of the accepted media types is offered; choose {first}")


def parameters(request: Request) -> Pairs:
    """Return the parameters of a URL.

    Raises:
        RefusalError: if it is too long or not percent-encoded UTF-8.
    """
    if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > LONGEST_URL:
        raise RefusalError(414, f"the URL is longer than {LONGEST_URL} bytes; send the query by POST")
    return _pairs(request.scope["query_string"], "the URL")


async def _posted(request: Request) -> Pairs:
    media, charset = _content_type(request)
    if media not in (FORM, QUERY, UPDATE):
        raise RefusalError(
            415, f"the body is {media or 'of no type'}; send {QUERY} or {FORM}", {"Accept-Post": f"{QUERY}, {FORM}"}
        )
    if charset not in ("utf-8", "utf8") or request.headers.get("content-encoding", "identity") != "identity":
        raise RefusalError(415, "the body is compressed or not in UTF-8; send plain UTF-8")
    if media == UPDATE:
        raise RefusalError(403, "updates are refused: this endpoint is read-only")
    body = await _body(request)
    return _pairs(body, "the form") if media == FORM else [("query", _text(body, "the query"))]


async def _body(request: Request) -> bytes:
    """Read a body; of one that is too large the rest is taken and dropped, so that the sender gets to read why."""
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(LONGEST_UPLOAD):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= LARGEST_BODY:
                    body += chunk
                elif size > 32 * LARGEST_BODY:
                    break
    except TimeoutError:
        raise RefusalError(408, f"the body did not come within {LONGEST_UPLOAD:g} s", {"Connection": "close"}) from None
    if size > LARGEST_BODY:
        raise RefusalError(413, f"the body is larger than {LARGEST_BODY} bytes", {"Connection": "close"})
    return bytes(body)


def _content_type(request: Request) -> tuple[str, str]:
    media, *rest = request.headers.get("content-type", "").lower().split(";")
    named = dict(part.strip().partition("=")[::2] for part in rest)
    return media.strip(), named.get("charset", "utf-8").strip("\"' ")


def _pairs(written: bytes, where: str) -> Pairs:
    text = _text(written, where)
    if found := _NO_ESCAPE.search(text):
        raise RefusalError(
            400, f'{where} holds "{text[found.start() : found.start() + 3]}", which is no percent-encoding'
        )
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise RefusalError(400, f"{where} is not percent-encoded UTF-8, or has too many parameters") from None


def _text(written: bytes, where: str) -> str:
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusalError(400, f"{where} is not in UTF-8") from None


def _values(pairs: Pairs, wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in pairs if name == wanted)
