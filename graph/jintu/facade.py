"""The library in four verbs: build, write, open, show."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from jintu import html, pipeline, publish
from jintu.errors import JintuError
from jintu.graphs import Graph, open
from jintu.model import KnowledgeGraph
from jintu.pipeline import Settings
from jintu.text.units import unit_names

__all__ = ["Graph", "Shown", "build", "open", "show", "write"]


def build(*sources: str | Path, settings: Settings | None = None) -> KnowledgeGraph:
    """Build the knowledge graph of files, folders and globs.

    Raises:
        JintuError: if a source cannot be read; ``pipeline.build`` goes on with the others.
    """
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


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold the explorer of a graph as a notebook shows it: in a frame that can reach neither notebook nor network."""

    page: str = field(repr=False)
    height: int

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own."""
        allowed = "allow-scripts allow-downloads allow-modals"
        style = f"width: 100%; height: {self.height}px; border: 0"
        return f'<iframe title="jintu" sandbox="{allowed}" style="{style}" srcdoc="{escape(self.page)}"></iframe>'


def show(knowledge: KnowledgeGraph | Graph, *, height: int = 640) -> Shown:
    """Show a graph in a notebook, as the page that ``write`` makes; ``height`` is in pixels."""
    known = knowledge.knowledge if isinstance(knowledge, Graph) else knowledge
    return Shown(html.page(known, units=unit_names()), height)
