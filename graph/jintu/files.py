"""Write files so that what was there before stays until the new file is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file under a temporary name beside ``path``; it takes that name when all went well, else it is gone."""
    name = sha256(os.fsencode(path.name)).hexdigest()[:16]  # short, since a name may have the longest length there is
    unfinished = path.with_name(f".{name}.{os.getpid()}.part")
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
