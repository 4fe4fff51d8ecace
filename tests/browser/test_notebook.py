"""A graph in a notebook: cells are really executed, and what they show is opened in a real browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jintu.model import KnowledgeGraph

nbformat = pytest.importorskip("nbformat", reason="nbclient and ipykernel are missing: pip install nbclient ipykernel")
nbclient = pytest.importorskip("nbclient", reason="nbclient is missing: pip install nbclient ipykernel")
pytest.importorskip("ipykernel", reason="ipykernel is missing: pip install ipykernel")

Open = Callable[..., Any]
CELLS = (
    "import jintu, jintu.rdf\nfrom pathlib import Path\nfrom knowledge_samples import jinzhou\nknowledge = jinzhou()",
    "knowledge.show()",
    "knowledge",
    "jintu.rdf.write(knowledge, Path('graph.ttl'))\ngraph = jintu.open('graph.ttl')\ngraph.show(height=400)",
    "graph",
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the HTML that each cell with an output shows, after running them all in a kernel."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    paths = [str(Path(path).resolve()) for path in sys.path if path]
    client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "IPYTHONDIR": str(folder)})
    return [output["data"]["text/html"] for cell in notebook.cells for output in cell.outputs]


@pytest.mark.parametrize("place", [0, 2], ids=["built", "opened"])
def test_a_notebooks_frame_holds_the_whole_page(visit: Open, outputs: list[str], place: int) -> None:
    page = visit(KnowledgeGraph((), (), (), ()))
    page.page.goto("about:blank")
    page.page.set_content(outputs[place])
    frame = page.page.frame_locator("iframe")
    frame.locator("#search").fill("jlsk")
    frame.locator("#search").press("Enter")
    assert "锦凌水库位于太和区境内" in frame.locator("#panel mark").first.inner_text()


def test_a_graph_as_a_cells_last_word_is_told_by_its_counts(outputs: list[str]) -> None:
    assert "<tr><td>Place</td><td>18</td></tr>" in outputs[1]
    assert outputs[3] == outputs[1].replace("KnowledgeGraph", "graph.ttl")


def test_the_frame_is_as_high_as_was_asked(outputs: list[str]) -> None:
    assert "height: 640px" in outputs[0][:200]
    assert "height: 400px" in outputs[2][:200]
