"""Show a knowledge graph in a notebook: its counts, or the whole explorer in a frame."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape

from jintu import html
from jintu.model import KnowledgeGraph
from jintu.reference import reference
from jintu.resources import ResourceGraph

HEIGHT = 640  # pixels: a page of this height leaves the cell above it in sight on an office screen


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


def show(graph: KnowledgeGraph | ResourceGraph, *, height: int = HEIGHT) -> Shown:
    """Show a graph in a notebook, as the page that ``write`` makes; ``height`` is in pixels."""
    return Shown(html.page(graph, reference=reference()), height)


def counts(knowledge: KnowledgeGraph, caption: str) -> str:
    """Return a table of how many entities of each kind a graph holds, as HTML.

    >>> counts(KnowledgeGraph((), (), (), ()), "空图<1>")
    '<table><caption>空图&lt;1&gt;</caption></table>'
    """
    rows = Counter(entity.kind.value for entity in knowledge.entities).most_common()
    cells = "".join(f"<tr><td>{kind}</td><td>{count}</td></tr>" for kind, count in rows)
    return f"<table><caption>{escape(caption)}</caption>{cells}</table>"
