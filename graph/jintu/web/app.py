"""The paths of an endpoint: the SPARQL 1.1 Protocol, the Graph Store Protocol for reading, pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from jintu import rdf
from jintu.web.bounds import SLOW_AFTER
from jintu.web.frames import Asked, Reply
from jintu.web.guard import Guard
from jintu.web.media import GRAPHS, ROWS, choose, content_type
from jintu.web.pool import BusyError, Pool
from jintu.web.protocol import RefusalError, asked, forms, parameters, unacceptable

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
        return await self.answer(request, Asked(graph=graph, forms=("", _graph_form(request))))

    async def answer(self, request: Request, question: Asked) -> Response:
        """Have a question answered, unless the asker goes away meanwhile."""
        reply = await _unless_gone(request, self.pool.ask(question))
        if reply.outcome == "answer":
            return Response(reply.body, media_type=content_type(reply.form), headers={"Vary": "Accept"})
        if reply.outcome == "unacceptable":
            raise unacceptable(GRAPHS if reply.form == "graph" else ROWS)
        raise RefusalError(STATUS[reply.outcome], reply.body.decode())

    def _described(self, request: Request) -> Response:
        if choose(request.headers.get("accept"), {"text/turtle": "", **GRAPHS, "text/html": "html"}) == "text/html":
            return RedirectResponse(request.url_for("page").path, 303)
        form = _graph_form(request)
        address = str(request.url.replace(query="", fragment=""))
        written = BytesIO()
        rdf.put(rdf.service(address), written, format=form)
        return Response(written.getvalue(), media_type=content_type(form), headers={"Vary": "Accept"})


def application(pool: Pool, *, names: frozenset[str], cors: str | None = None) -> Guard:
    """Return the application that answers requests about the graph of a pool."""
    endpoint = Endpoint(pool)
    routes = [
        _route("/sparql", endpoint.sparql, ("GET", "HEAD", "OPTIONS", "POST")),
        _route("/store", endpoint.store, READ),
    ]
    allowed = [
        Middleware(CORSMiddleware, allow_origins=[cors or ""], allow_methods=["GET", "POST"], allow_headers=["*"])
    ]
    refusals = {RefusalError: _refused, BusyError: _busy, ClientDisconnect: _gone, 404: _not_found}
    app = Starlette(routes=routes, middleware=allowed if cors else [], exception_handlers=refusals)
    return Guard(app, names)


def _route(path: str, answering: Answering, methods: tuple[str, ...], name: str | None = None) -> Route:
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

    route = Route(path, answer, name=name)
    route.methods = None  # every method, so that what is not allowed gets our line
    return route


async def _unless_gone(request: Request, asking: Awaitable[Reply]) -> Reply:
    """Wait for a reply; when it takes long, stop once the asker has closed the connection."""
    answering = asyncio.ensure_future(asking)
    try:
        done, _ = await asyncio.wait({answering}, timeout=SLOW_AFTER)
        if not done:
            going = asyncio.ensure_future(_gone_away(request))
            await asyncio.wait({answering, going}, return_when=asyncio.FIRST_COMPLETED)
            going.cancel()
            if not answering.done():
                raise ClientDisconnect
        return answering.result()
    finally:
        answering.cancel()


async def _gone_away(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _graph_form(request: Request) -> str:
    graphs = forms(request)[1]
    if not graphs:
        raise unacceptable(GRAPHS)
    return graphs


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, RefusalError)
    return PlainTextResponse(refusal.line + "\n", refusal.status, headers=dict(refusal.headers))


async def _busy(_: Request, busy: Exception) -> Response:
    return PlainTextResponse(f"{busy}\n", 503, headers={"Retry-After": "5"})


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it


async def _not_found(request: Request, _: Exception) -> Response:
    return PlainTextResponse("nothing is here; the endpoint is at /sparql, graphs at /store\n", 404)
