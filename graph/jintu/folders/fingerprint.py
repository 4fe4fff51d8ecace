"""Tell whether anything that a reading depends on has changed: settings, ontology, code, parts it is made with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from jintu import ontology
from jintu.folders.shelf import digest_of
from jintu.pipeline import Settings
from jintu.recognise import available

PACKAGE = Path(__file__).parents[1]


def fingerprint(settings: Settings, code: str) -> str:
    """Return a digest that is another whenever the same document might be read otherwise; ``code`` is the package's."""
    chosen = replace(settings, tagger=settings.tagger or available(), ontology=None, corrections=None)
    asked = settings.corrections.read_bytes() if settings.corrections and settings.corrections.is_file() else b""
    data = _files(ontology.load(settings.ontology).root) if settings.ontology else ()
    return digest_of([repr(chosen), asked, *data, code, *_parts()])


def code_digest() -> str:
    """Return the digest of the package as this process first met it, with the data that it brings along as they are."""
    return digest_of([_package(), *_files(ontology.load().root)])


@cache
def _package() -> str:
    return digest_of(_files(PACKAGE))


def _files(folder: Path) -> Iterator[str | bytes]:
    """Yield the names and digests of the files in a folder, in the order of their names."""
    for path in sorted(_found(folder)):
        yield str(path.relative_to(folder))
        yield sha256(path.read_bytes()).digest()


def _found(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ontology.PACKAGED.name]  # an ontology goes by itself
        yield from (Path(at) / name for name in names if not name.endswith(".pyc"))


@cache
def _parts() -> tuple[str, ...]:
    """Return the names and versions of the packages that jintu may use."""
    try:
        named = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requires("jintu") or ()}
    except PackageNotFoundError:
        return ()
    return tuple(f"{name} {_version(name)}" for name in sorted(named))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
