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

from jintu import html, network, rdf
from jintu.errors import EvidenceError, GraphError, JintuError, refuse
from jintu.files import make_folder
from jintu.model import KnowledgeGraph
from jintu.ontology import Ontology
from jintu.read import OUR_PAGE, begins_with
from jintu.reference import reference

Writer = Callable[[KnowledgeGraph, Path], object]


def _page(knowledge: KnowledgeGraph, path: Path) -> None:
    html.write_page(knowledge, path, reference=reference())


WRITERS: Mapping[str, Writer] = {
    **{ending: partial(rdf.write, format=ending) for ending in rdf.FORMATS},
    "graphml": network.write_graphml,
    "html": _page,
}
LOADERS: Mapping[str, tuple[Callable[[], object], ...]] = {"html": (html.load, reference), "graphml": (network.load,)}
HEAD = 4096  # bytes
MARKS = (OUR_PAGE, b"w3id.org/jintu/", b'attr.name="modality"')  # one of which stands in the head of ours
USUAL = ("ttl", "html", "graphml")


def load_ahead(formats: Sequence[str]) -> None:
    """Load what formats are made with while workers read: on one report that is a quarter of the time."""

    def load() -> None:
        with suppress(Exception):  # what is wrong is met again, and said, where it is used
            for load_it in (each for format in formats for each in LOADERS.get(format, ())):
                load_it()

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
    make_folder(folder)
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


def is_ours(path: Path) -> bool:
    """Tell whether there is a file at a path that begins as those that were written here."""
    return begins_with(path, MARKS, within=HEAD)


def file_name(words: str) -> str:
    """Return a name that is safe as a file's on every system.

    >>> file_name("锦州市/2023: 报告")
    '锦州市-2023-报告'
    """
    safe = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+', "-", words).strip("-. ")
    return safe.encode("utf-8")[:200].decode("utf-8", "ignore") or "graph"
