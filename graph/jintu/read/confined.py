"""Read a file that may be hostile in a process of its own, with limits on time and memory.

Parsers of PDF, HTML and Word files can be driven to minutes of work, gigabytes of memory or a
crash. One child process reads document after document; one that goes too far is ended, said in
a line, and the next document gets a new child.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from threading import Lock, Timer
from typing import Any

from jintu.errors import SourceError
from jintu.model import Leaf, Paging
from jintu.read.extract import Extract, Heading
from jintu.read.formats import Format

SECONDS = 8  # of computing for any document; a report of 100 pages takes less than 3
SECONDS_A_MEGABYTE = 4  # and these for a long one: a yearbook of 1,000 pages has 10 MB and takes 30
LONGEST = 60
PATIENCE = 5  # times as long on the clock, for machines that are busy with other things
PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from jintu.read.child import serve; serve()"


def extract(format: Format, raw: bytes, *, source: str) -> Extract:
    """Return the text of a file of one of the formats that need a parser.

    Raises:
        SourceError: if it cannot be read, or not within the limits.
    """
    child = _child(os.getpid())
    answer = child.ask(format, raw, source=source)
    if "error" in answer:
        raise SourceError(answer["error"])
    paging = Paging(Leaf(answer["paging"][0]), tuple(answer["paging"][1])) if answer["paging"] else None
    headings = tuple(Heading(start, level) for start, level in answer["headings"])
    return Extract(answer["text"], answer["title"], answer["date"], headings, paging)


@cache
def _child(_process: int) -> Child:
    """Return this process's child; one that was forked from it must not share the pipes."""
    return Child()


def allowed(size: int) -> int:
    """Return the seconds of computing that a file of so many bytes may take.

    >>> allowed(20_000), allowed(10 * 2**20)
    (8, 48)
    """
    return min(SECONDS + SECONDS_A_MEGABYTE * size // 2**20, LONGEST)


class Child:
    """Ask the child process, which is started when it is first needed and again after it was ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, format: Format, raw: bytes, *, source: str) -> dict[str, Any]:
        """Return the child's answer; ``error`` in it says why there is no text."""
        seconds = allowed(len(raw))
        question = {"format": format, "source": source, "size": len(raw), "seconds": seconds}
        with self._lock:
            process = self._process = self._process or _start()
            watch = Timer(seconds * PATIENCE, process.kill)
            watch.start()
            try:
                answer = _exchange(process, json.dumps(question).encode() + b"\n" + raw)
            finally:
                watch.cancel()
            if answer:
                told: dict[str, Any] = json.loads(answer)
                return told
            self._process = None
            return {"error": f"{source}: {_reason(process.wait(), format, seconds)}; leave it out or save it anew"}


def _start() -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", PROGRAM, json.dumps(sys.path)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _exchange(process: subprocess.Popen[bytes], question: bytes) -> bytes:
    """Send a question and return the line that answers it, or nothing where the child has ended."""
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(question)
        process.stdin.flush()
    except BrokenPipeError:
        return b""
    line = process.stdout.readline()
    return line if line.endswith(b"\n") else b""


def _reason(status: int, format: Format, seconds: int) -> str:
    """Say why a child has ended: it used up its time, by its own clock (SIGXCPU) or ours (SIGKILL), or crashed."""
    if status in (-24, -9):
        return f"reading this {format} file takes more than {seconds} seconds of computing"
    return f"this {format} file breaks the program that reads it (status {status})"
