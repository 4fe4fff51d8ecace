"""End in one line where an answer cannot be written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EIO, ENOSPC

import click

FULL = (EDQUOT, EIO, ENOSPC)  # what a disk says that takes no more


@contextmanager
def answering(status: int = 1) -> Iterator[None]:
    """End with a status where what is printed cannot be written: in one line, or in none if the reader left."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        is_left = isinstance(error, BrokenPipeError)
        if not is_left and (error.filename or error.errno not in FULL):
            raise
        if not is_left:
            click.echo(f"jintu: the answer cannot be written: {error.strerror}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(status)
