"""The paths of an endpoint: the SPARQL 1.1 Protocol, the Graph Store Protocol for reading, pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from jintu import rdf
from jintu.ontology import Ontology
from jintu.web.asking import ask
from jintu.web.browsing import Browsing
from jintu.web.frames import Asked
from jintu.web.guard import Guard
from jintu.web.media import GRAPHS, ROWS, choose, content_type
from jintu.web.pages import Site
from jintu.web.pool import BusyError, Pool
from jintu.web.protocol import RefusalError, asked, graph_form, parameters, unacceptable

STATUS = {"wrong": 400, "unknown": 404, "limit": 503, "failed": 500}
READ = ("GET", "HEAD", "OPTIONS")
Answering = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Answer requests about one graph."""

    pool: Pool

    async def sparql(self, request: Request) -> Response:
        """Answer a question, or describe the service where nothing is asked."""
        if request.method != "POST" and not parameters(request):
            return self._described(request)
        return await self.answer(request, await asked(request))

    async def store(self, request: Request) -> Response:
        """Give a whole graph."""
        named = parameters(request)
        if [name for name, _ in named] not in (["default"], ["graph"]):
            raise RefusalError(400, "name one graph: ?default, or ?graph= with its IRI")
        graph = dict(named).get("graph", "")
        if not graph and named[0][0] == "graph":
            raise RefusalError(400, "graph is empty; name a graph by its IRI")
        return await self.answer(request, Asked(graph=graph, forms=("", graph_form(request))))

    async def answer(self, request: Request, question: Asked) -> Response:
        """Have a question answered, unless the asker goes away meanwhile."""
        reply = await ask(request, self.pool, question)
        if reply.outcome == "answer":
            return Response(reply.body, media_type=content_type(reply.form), headers={"Vary": "Accept"})
        if reply.outcome == "unacceptable":
            raise unacceptable(GRAPHS if reply.form == "graph" else ROWS)
        raise RefusalError(STATUS[reply.outcome], reply.body.decode())

    def _described(self, request: Request) -> Response:
        if choose(request.headers.get("accept"), {"text/turtle": "", **GRAPHS, "text/html": "html"}) == "text/html":
            return RedirectResponse("/", 303)
        form = graph_form(request)
        address = str(request.url.replace(query="", fragment=""))
        described = rdf.written(rdf.service(address), format=form)
        return Response(described, media_type=content_type(form), headers={"Vary": "Accept"})


def application(pool: Pool, *, data: Ontology, base: str, names: frozenset[str], cors: str | None = None) -> Guard:
    """Return the application that answers requests about the graph of a pool."""
    endpoint, pages = Endpoint(pool), Browsing(pool, Site.of(data, base), data)
    routes = [
        _route("/sparql", endpoint.sparql, ("GET", "HEAD", "OPTIONS", "POST")),
        _route("/store", endpoint.store, READ),
        _route("/", pages.index, READ),
        _route("/known.json", pages.known, READ),
        _route("/questions/{name}", pages.question, READ),
        _route("/assets/{name:path}", pages.asset, READ),
        _route("/ontology", pages.vocabulary, READ),
        _route("/resource", pages.resource, READ),
        *(_route(f"/{kind}/{{name:path}}", pages.resource, READ) for kind in ("id", "status", "indicator", "unit")),
    ]
    allowed = [
        Middleware(CORSMiddleware, allow_origins=[cors or ""], allow_methods=["GET", "POST"], allow_headers=["*"])
    ]
    refusals = {RefusalError: _refused, BusyError: _busy, ClientDisconnect: _gone, 404: _not_found}
    app = Starlette(routes=routes, middleware=allowed if cors else [], exception_handlers=refusals)
    return Guard(app, names)


def _route(path: str, answering: Answering, methods: tuple[str, ...]) -> Route:
    """Answer a path for some methods; say of others which there are."""
    allow = {"Allow": ", ".join(methods)}

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        if request.method not in methods:
            raise RefusalError(
                405, f"{request.method} is not allowed here, the graph is read-only; {allow['Allow']} are", allow
            )
        return await answering(request)

    route = Route(path, answer)
    route.methods = None  # every method, so that what is not allowed gets our line
    return route


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, RefusalError)
    return PlainTextResponse(refusal.line + "\n", refusal.status, headers=dict(refusal.headers))


async def _busy(_: Request, busy: Exception) -> Response:
    return PlainTextResponse(f"{busy}\n", 503, headers={"Retry-After": "5"})


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it


async def _not_found(request: Request, _: Exception) -> Response:
    return PlainTextResponse("nothing is here; the endpoint is at /sparql, graphs at /store\n", 404)
