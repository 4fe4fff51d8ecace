"""Write files so that what was there before stays until the new file is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file under a temporary name beside ``path``; it takes that name when all went well, else it is gone."""
    # another name on every machine, and a short one, since the file's own may have the longest length there is
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> Path:
    """Write ``content`` in place of what a file holds; folders that are not there yet are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(content)
    return path
