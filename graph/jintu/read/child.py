"""The process that reads files which may be hostile: it computes within limits, and touches nothing else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, BinaryIO

from jintu.errors import SourceError
from jintu.read.extract import Extract
from jintu.read.formats import Format

MEMORY = 2**30  # bytes of address space; a report takes a fifth of it
MOST = 50_000_000  # characters of a text; the longest yearbooks have five million
SHOWN = 160  # characters of a library's words in a message
Read = Callable[..., Extract]
READERS: Mapping[Format, tuple[str, str]] = {  # loaded when first asked for
    Format.MARKDOWN: ("jintu.read.markdown", "markdown"),
    Format.PAGE: ("jintu.read.page", "page"),
    Format.PDF: ("jintu.read.pdf", "pdf"),
    Format.WORD: ("jintu.read.word", "word"),
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
NETWORK = ("socket.", "urllib.", "ftplib.", "http.")
PROGRAMS = ("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "ctypes.")
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.")


def serve() -> None:
    """Answer the questions that come on standard input until it ends."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    sys.dont_write_bytecode = True
    _limit_memory()
    sys.addaudithook(guard)
    while line := questions.readline():
        answers.write(json.dumps(_answer(json.loads(line), questions)).encode("ascii") + b"\n")
        answers.flush()


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what reading a document never needs: the network, other programs, writing files."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
    if writes or event.startswith(NETWORK + PROGRAMS + CHANGES):
        raise PermissionError(f"reading a document may not {event}")


def _answer(question: Mapping[str, Any], questions: BinaryIO) -> dict[str, Any]:
    raw = questions.read(question["size"])
    _limit_time(question["seconds"])
    try:
        found = extracted(Format(question["format"]), raw, source=question["source"])
    except SourceError as error:
        return {"error": str(error)}
    return {
        "text": found.text, "title": found.title, "date": found.date,
        "paging": found.paging and (found.paging.leaf, found.paging.starts),
        "headings": [(heading.start, heading.level) for heading in found.headings],
    }  # fmt: skip


def extracted(format: Format, raw: bytes, *, source: str) -> Extract:
    """Read a file in this process.

    Raises:
        SourceError: whatever the library that reads the format meets.
    """
    module, name = READERS[format]
    read: Read = getattr(import_module(module), name)
    try:
        found = read(raw, source=source)
    except SourceError:
        raise
    except MemoryError:
        raise SourceError(f"{source}: reading it takes more than {MEMORY >> 30} GB of memory; leave it out") from None
    except Exception as error:  # the bytes may be hostile, and the libraries raise whatever they meet
        raise SourceError(f"{source}: no {format} file that can be read ({_words(error)}); save it anew") from None
    if len(found.text) > MOST:
        raise SourceError(f"{source}: holds {len(found.text)} characters, more than {MOST}; part it")
    return found


def _words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:SHOWN].rstrip(": ")


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - Unix alone has it; elsewhere the clock of the parent is the only limit
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_time(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - as above
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))
