"""Have a question answered, unless the asker goes away meanwhile."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from jintu.web.bounds import SLOW_AFTER
from jintu.web.frames import Asked, Reply
from jintu.web.pool import Pool


async def ask(request: Request, pool: Pool, asked: Asked) -> Reply:
    """Return the reply to a question; when it takes long, stop once the asker has closed the connection.

    Raises:
        BusyError: if too much is asked at once.
        ClientDisconnect: if the asker has gone.
    """
    answering = asyncio.ensure_future(pool.ask(asked))
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
