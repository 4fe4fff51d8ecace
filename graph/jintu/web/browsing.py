"""Answer requests for pages and for what they need."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from jintu import rdf
from jintu.errors import QueryError
from jintu.ontology import Ontology
from jintu.web import pages
from jintu.web.asking import ask
from jintu.web.frames import Asked
from jintu.web.media import GRAPHS, choose, content_type
from jintu.web.pages import Row, Site
from jintu.web.pool import Pool
from jintu.web.protocol import RefusalError, parameters
from jintu.web.resources import FACTS, INTO, KNOWN, OUT, SHOWN, TRIPLES, WHOLE, facts_of, iris_of, plain_of

# scripts, styles and answers of this server alone
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'%s; connect-src 'self'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGES = {**GRAPHS, "text/html": "html"}  # where all is liked equally, programs get a graph


@dataclass(frozen=True, slots=True)
class Browsing:
    """Answer requests for the pages of one graph."""

    pool: Pool
    site: Site
    data: Ontology

    async def index(self, request: Request) -> Response:
        """Give the query page."""
        nonce = secrets.token_urlsafe(16)  # the editor puts styles into the page, and attributes of them
        return _page(self.site.index(nonce), styles=f" 'nonce-{nonce}'; style-src-attr 'unsafe-inline'")

    async def known(self, request: Request) -> Response:
        """Give what the query page knows: prefixes, words of the vocabulary, questions."""
        return Response(self.site.known(), media_type="application/json")

    async def question(self, request: Request) -> Response:
        """Give the text of a shipped question with its parameters set."""
        values = {name: value for name, value in parameters(request) if value}
        question = self.site.questions.get(request.path_params["name"])
        if question is None:
            raise RefusalError(404, f"no such question; choose {', '.join(self.site.questions)}")
        try:
            return Response(pages.query_of(question.filled(values)), media_type="application/sparql-query")
        except QueryError as error:
            raise RefusalError(400, str(error)) from None

    async def asset(self, request: Request) -> Response:
        """Give a script or a style sheet."""
        name = request.path_params["name"]
        if name == "vendor/vis-network.js":
            return Response(pages.vis_network(), media_type="text/javascript", headers=_CACHED)
        if name not in pages.ASSETS:
            raise RefusalError(404, "nothing is here")
        return Response(pages.asset(name), media_type=pages.ASSETS[name], headers=_CACHED)

    async def vocabulary(self, request: Request) -> Response:
        """Give the vocabulary, as a page or as RDF."""
        form = _form(request)
        if form == "html":
            return _page(self.site.vocabulary())
        return _graph(rdf.written(rdf.triples(self.data.path("vocabulary.ttl")), format=form), form)

    async def resource(self, request: Request) -> Response:
        """Give what the graph says of a resource, as a page or as RDF."""
        form = _form(request)
        iri, term = await self._known(request)
        if not term:
            line = "the graph does not know this resource"
            return _page(self.site.missing(), 404) if form == "html" else PlainTextResponse(line + "\n", 404)
        rows = self.pool.bounds.rows
        most = min(SHOWN, rows) if form == "html" else max(SHOWN, rows // TRIPLES)
        slots = {"iri": term, "plain": plain_of(term), "facts": facts_of(term), "most": most}
        if form != "html":
            return _graph(await self._asked(request, WHOLE % slots, form), form)
        out, into, facts = [_rows(await self._asked(request, query % slots)) for query in (OUT, INTO, FACTS)]
        return _page(self.site.resource(iri, out=out, into=into, facts=facts, most=most))

    async def _known(self, request: Request) -> tuple[str, str]:
        """Return the IRI that a request names, and as it stands in a query, "" if the graph does not know it."""
        named, path, raw = dict(parameters(request)), request.scope["path"], request.scope["raw_path"].decode("latin-1")
        for iri in [named.get("iri", "")] if path == "/resource" else iris_of(path, raw, self.site.base):
            term = rdf.iri(iri)
            if term and json.loads(await self._asked(request, KNOWN % {"iri": term}))["boolean"]:
                return iri, term
        return "", ""

    async def _asked(self, request: Request, sparql: str, form: str = "") -> bytes:
        reply = await ask(request, self.pool, Asked(sparql, forms=("json", form)))
        if reply.outcome != "answer":
            raise RefusalError(503 if reply.outcome == "limit" else 500, reply.body.decode())
        return reply.body


async def base_of(pool: Pool) -> str:
    """Return the base of the IRIs of a graph, which its documents tell."""
    reply = await pool.ask(Asked("SELECT ?document { ?document a jt:Document } LIMIT 1"))
    found = _rows(reply.body) if reply.outcome == "answer" else []
    start, document, _ = found[0]["document"].partition("document/") if found else ("", "", "")
    return start if document else rdf.BASE


_CACHED = {"Cache-Control": "no-cache"}


def _form(request: Request) -> str:
    media = choose(", ".join(request.headers.getlist("accept")) or None, PAGES)
    if not media:
        raise RefusalError(406, f"none of the accepted media types is offered; choose {', '.join(PAGES)}")
    return PAGES[media]


def _rows(body: bytes) -> list[Row]:
    """Return rows with the value of each variable under its name, and its sort under that with ``Type``."""
    found = json.loads(body)
    names = found["head"]["vars"]
    return [
        {
            **{name: row.get(name, {}).get("value", "") for name in names},
            **{f"{name}Type": row.get(name, {}).get("type", "") for name in names},
        }
        for row in found["results"]["bindings"]
    ]


def _page(text: str, status: int = 200, *, styles: str = "") -> Response:
    headers = {"Content-Security-Policy": POLICY % styles, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(text.encode("utf-8", "replace"), status, media_type="text/html", headers=headers)


def _graph(body: bytes, form: str) -> Response:
    return Response(body, media_type=content_type(form), headers={"Vary": "Accept"})
