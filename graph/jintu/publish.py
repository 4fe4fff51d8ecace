"""Write a knowledge graph's files: proved, checked, then renamed into place together."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import TYPE_CHECKING

from jintu import rdf
from jintu.errors import EvidenceError, GraphError, JintuError, refuse
from jintu.model import KnowledgeGraph
from jintu.ontology import Ontology

if TYPE_CHECKING:
    from jintu.html import Reference

Writer = Callable[[KnowledgeGraph, Path], object]


def _pages() -> tuple[ModuleType, Reference]:
    """Load what pages are made with: pyvis and pypinyin take half a second, and only pages need them."""
    from jintu import html  # noqa: PLC0415
    from jintu.reference import reference  # noqa: PLC0415

    return html, reference()


def _networks() -> ModuleType:
    """Load what GraphML is made with: networkx takes a tenth of a second."""
    from jintu import network  # noqa: PLC0415

    return network


def _page(knowledge: KnowledgeGraph, path: Path) -> None:
    html, known = _pages()
    html.write_page(knowledge, path, reference=known)


def _graphml(knowledge: KnowledgeGraph, path: Path) -> None:
    _networks().write_graphml(knowledge, path)


WRITERS: Mapping[str, Writer] = {
    **{ending: partial(rdf.write, format=ending) for ending in rdf.FORMATS},
    "graphml": _graphml,
    "html": _page,
}
LOADERS: Mapping[str, Callable[[], object]] = {"html": _pages, "graphml": _networks}
USUAL = ("ttl", "html", "graphml")


def load_ahead(formats: Sequence[str]) -> None:
    """Load what formats are made with while workers read: on one report that is a quarter of the time."""

    def load() -> None:
        with suppress(Exception):  # what is wrong is met again, and said, where it is used
            for loader in filter(None, map(LOADERS.get, formats)):
                loader()

    Thread(target=load).start()


def publish(
    knowledge: KnowledgeGraph,
    folder: Path,
    *,
    name: str,
    formats: Sequence[str] = USUAL,
    data: Ontology | None = None,
    reifiers: bool = False,
) -> tuple[Path, ...]:
    """Write ``NAME.ttl``, ``NAME.html`` and so on into a folder and return their paths.

    Every statement is proved from its document and the graph is checked against the shapes
    before any file there is replaced. With ``reifiers`` RDF files hold statements as RDF 1.2 does.

    Raises:
        EvidenceError: if a statement cannot be proved from the documents.
        GraphError: if the graph breaks a shape, or a format holds no reifiers.
    """
    writers = writers_of(formats, reifiers=reifiers)
    texts = {document.id: document.text for document in knowledge.documents}
    refuse(rdf.verify(knowledge, texts.get), EvidenceError, "statements cannot be proved")
    refuse(rdf.check(knowledge, data), GraphError, "shapes are broken")
    _make(folder)
    with tempfile.TemporaryDirectory(prefix=".jintu-", dir=folder) as workshop:
        made = [Path(workshop) / f"{name}.{ending}" for ending in formats]
        for path, ending in zip(made, formats, strict=True):
            writers[ending](knowledge, path)
        return tuple(path.replace(folder / path.name) for path in made)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JintuError(f"{folder}: cannot be made a folder ({error.strerror}); name another one with -o") from None
    if not os.access(folder, os.W_OK):
        raise JintuError(f"{folder}: may not be written to; name another folder with -o")


def writers_of(formats: Sequence[str], *, reifiers: bool = False) -> Mapping[str, Writer]:
    """Return what writes each format.

    Raises:
        GraphError: if with ``reifiers`` a format holds none.
    """
    if not reifiers:
        return WRITERS
    for ending in formats:
        rdf.refuse_reifiers(ending)
    return {**WRITERS, **{ending: partial(rdf.write, format=ending, reifiers=True) for ending in rdf.FORMATS}}


def file_name(words: str) -> str:
    """Return a name that is safe as a file's on every system.

    >>> file_name("锦州市/2023: 报告")
    '锦州市-2023-报告'
    """
    safe = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+', "-", words).strip("-. ")
    return safe.encode("utf-8")[:200].decode("utf-8", "ignore") or "graph"
