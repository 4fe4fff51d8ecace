"""The library in three verbs: build, write, open; what they give shows itself."""

from __future__ import annotations

from pathlib import Path

from jintu import pipeline, publish
from jintu.errors import JintuError
from jintu.graphs import Graph, open
from jintu.model import KnowledgeGraph
from jintu.pipeline import Settings

__all__ = ["Graph", "build", "open", "write"]


def build(*sources: str | Path, settings: Settings | None = None) -> KnowledgeGraph:
    """Build the knowledge graph of files, folders and globs.

    Raises:
        JintuError: if a source cannot be read, where ``pipeline.build`` goes on with the others, or is no path.
    """
    for source in sources:
        if not isinstance(source, str | Path):
            raise JintuError(f"{type(source).__name__}: is no path; name each source by itself: jintu.build(*sources)")
    made = pipeline.build([str(source) for source in sources], settings)
    if made.failures:
        raise JintuError("\n".join(failure.reason for failure in made.failures))
    return made.knowledge


def write(knowledge: KnowledgeGraph, path: str | Path) -> Path:
    """Write a graph to a file whose ending names the format: .ttl, .html, .graphml, .nt, ...

    Raises:
        JintuError: if the ending is unknown or a statement cannot be proved.
    """
    target = Path(path)
    ending = target.suffix.lstrip(".")
    if ending not in publish.WRITERS:
        raise JintuError(f"{target}: no format has this ending; choose one of {', '.join(sorted(publish.WRITERS))}")
    (written,) = publish.publish(knowledge, target.parent, name=target.stem, formats=(ending,))
    return written
