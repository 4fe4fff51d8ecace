"""Give each question to a worker: quick ones at once, slow ones aside where they cannot hold up the others.

Every question starts on one of a few workers that are always there. One that is not answered soon makes room: it
goes on with less of the processor, and a fresh worker takes its place. Places for slow ones are counted too; where
all are taken and others wait, a slow question is stopped. So no mix of questions keeps a simple one waiting for
more than a second or two.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from jintu.web import bounds as b
from jintu.web.bounds import Bounds
from jintu.web.breeding import Breeder, Worker
from jintu.web.frames import Asked, Reply, pack_asked, receive_reply

TICK = 0.05
Result = TypeVar("Result")
NICE = 10  # a tenth of the processor beside a quick question


class BusyError(Exception):
    """Say that too much is asked at once; asking again later helps."""


@dataclass(eq=False, slots=True)
class Run:
    """Hold a question that is being answered: by whom, since when, and why it was stopped."""

    worker: Worker
    started: float
    slow: bool = False
    stopped: str = ""


@dataclass(eq=False)
class Pool:
    """Answer questions of one graph with workers."""

    breeder: Breeder
    bounds: Bounds
    idle: list[Worker] = field(default_factory=list)
    running: set[Run] = field(default_factory=set)
    waiting: deque[asyncio.Future[Worker]] = field(default_factory=deque)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    ticking: asyncio.TimerHandle | None = None
    coming: int = 0  # workers that are being forked

    @staticmethod
    async def open(path: Path, bounds: Bounds) -> Pool:
        """Load a graph and start the first workers.

        Raises:
            JintuError: if the graph cannot be read.
        """
        pool = Pool(await Breeder.start(path, bounds), bounds)
        pool._breed()
        await asyncio.gather(*pool.tasks)
        return pool

    async def ask(self, asked: Asked) -> Reply:
        """Answer a question within the bounds.

        Raises:
            BusyError: if too many wait, or this one had to make room.
        """
        worker = await self._take()
        run = Run(worker, asyncio.get_running_loop().time())
        self.running.add(run)
        self._tick_soon()
        reply = None
        try:
            worker.writer.write(pack_asked(asked))
            reply = await receive_reply(worker.reader)
        finally:  # where the asker has gone, too
            self.running.discard(run)
            if reply is None or reply.worn or run.slow:
                buried = self._end(worker)
                self._breed()
            else:
                self._free(worker)
        return reply or await self._fate(run, buried)

    async def close(self) -> None:
        """Stop all workers."""
        if self.ticking:
            self.ticking.cancel()
        for task in self.tasks:
            task.cancel()  # a fork that waits would start a keeper again
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for worker in [*self.idle, *(run.worker for run in self.running)]:
            worker.kill()
        await self.breeder.stop()

    async def _take(self) -> Worker:
        while self.idle:
            worker = self.idle.pop()
            if not worker.reader.at_eof():
                return worker
            self._end(worker)  # it was killed while it had nothing to do
        if len(self.waiting) >= self.bounds.waiting:
            raise BusyError("too many questions wait already; ask again later")
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        self._tick_soon()
        try:
            async with asyncio.timeout(b.LONGEST_WAIT):
                return await turn
        except BaseException as error:  # no worker in time, or the asker has gone
            with suppress(ValueError):
                self.waiting.remove(turn)
            if not turn.cancelled():
                self._free(turn.result())
            if isinstance(error, TimeoutError):
                raise BusyError(f"no worker was free within {b.LONGEST_WAIT:g} s; ask again later") from None
            raise

    def _free(self, worker: Worker) -> None:
        """Give a worker to whoever waits longest; one more than are kept for quick questions goes."""
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        if len(self.idle) < self.bounds.workers:
            self.idle.append(worker)
        else:
            self._end(worker)

    def _end(self, worker: Worker) -> asyncio.Future[int]:
        """End a worker and return its exit status to come."""
        worker.kill()
        return self._later(self.breeder.bury(worker))

    def _breed(self) -> None:
        """Fork workers for quick questions, and for those that wait, as many as there may be."""
        slow = sum(run.slow for run in self.running)
        quick = len(self.idle) + len(self.running) - slow + self.coming
        wanted = max(self.bounds.workers - quick, len(self.waiting) - self.coming)
        for _ in range(min(wanted, self.bounds.workers + self.bounds.slow - quick - slow)):
            self.coming += 1
            self._later(self._fork())

    async def _fork(self) -> None:
        try:
            worker = await self.breeder.fork()
        finally:
            self.coming -= 1
        self._free(worker)

    async def _fate(self, run: Run, buried: asyncio.Future[int]) -> Reply:
        """Say why a worker ended before it answered."""
        status = await buried
        if run.stopped == "room":
            raise BusyError(f"{self.bounds.slow} slow questions run already, and this one is slow too; ask again later")
        if run.stopped == "time" or status == -signal.SIGXCPU:
            return _limit(f"not answered within {self.bounds.seconds:g} s; ask for less, or serve with --timeout")
        if status in (-signal.SIGABRT, -signal.SIGKILL):
            return _limit(f"needs more than {self.bounds.memory} MB; ask for less, or serve with --memory")
        return Reply("failed", "", f"the worker ended (status {status}) and was replaced".encode())

    def _tick_soon(self) -> None:
        if self.ticking is None:
            self.ticking = asyncio.get_running_loop().call_later(TICK, self._tick)

    def _tick(self) -> None:
        """Stop what has had its time, and let what is slow make room."""
        self.ticking = None
        now, slow = asyncio.get_running_loop().time(), sum(run.slow for run in self.running)
        for run in sorted(self.running, key=lambda run: run.started):
            age = now - run.started
            if age > self.bounds.seconds:
                self._stop(run, "time")
            elif run.slow or age < (b.SLOW_AFTER_IF_OTHERS_WAIT if self.waiting else b.SLOW_AFTER):
                continue
            elif slow < self.bounds.slow:
                slow += 1
                self._make_room(run)
            elif self.waiting and age > b.STOPPED_AFTER_IF_OTHERS_WAIT:
                self._stop(run, "room")
        self._breed()
        if self.running or self.waiting:
            self._tick_soon()

    def _make_room(self, run: Run) -> None:
        """Let a slow question go on with less of the processor; it is counted among the quick ones no more."""
        run.slow = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, run.worker.number, NICE)

    def _stop(self, run: Run, why: str) -> None:
        run.stopped = run.stopped or why
        run.worker.kill()

    def _later(self, work: Coroutine[object, object, Result]) -> asyncio.Task[Result]:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


def _limit(words: str) -> Reply:
    return Reply("limit", "", words.encode())
