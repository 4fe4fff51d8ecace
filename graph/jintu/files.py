"""Write files so that what was there before stays until the new file is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from jintu.errors import JintuError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file under a temporary name beside ``path``; it takes that name when all went well, else it is gone.

    Raises:
        JintuError: if it cannot be written.
    """
    # another name on every machine, and a short one, since the file's own may have the longest length there is
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        if error.filename not in (None, str(unfinished)):
            raise  # another file, which was read meanwhile
        raise JintuError(f"{path}: cannot be written ({error.strerror or error}); name another place") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> Path:
    """Write ``content`` in place of what a file holds; folders that are not there yet are made.

    Raises:
        JintuError: if it cannot be written.
    """
    make_folder(path.parent)
    with replacing(path) as file:
        file.write(content)
    return path


def make_folder(folder: Path) -> None:
    """Make a folder that is not there yet, and those around it.

    Raises:
        JintuError: if it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JintuError(f"{folder}: cannot be made a folder ({error.strerror}); name another one") from None
