"""What the documents say is there, and what is there is in the documents."""

import re
import shlex
from pathlib import Path

import pytest

from jintu.cli import cli
from jintu.ontology import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONTOLOGY_README = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Return the lines of the README's shell blocks that call jintu."""
    blocks = re.findall(r"```(?:sh|bash|shell)\n(.*?)```", README, re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if "jintu " in line and not line.startswith(("python", "git", "pip"))]


def test_every_verb_is_in_the_readme() -> None:
    assert [verb for verb in cli.commands if f"jintu {verb}" not in README] == []


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_readme_is_parsed(line: str) -> None:
    words = shlex.split(line)
    verb, *rest = words[words.index(next(word for word in words if word.endswith("jintu"))) + 1 :]
    cli.commands[verb].make_context(verb, [word for word in rest if word not in {">", "|"}])


def test_every_question_and_table_is_in_the_ontology_readme() -> None:
    ontology = load()
    names = [
        *ontology.names("queries", ".rq"),
        *ontology.names("gazetteers", ".tsv"),
        *ontology.names("rules", ".toml"),
    ]
    assert [name for name in names if name not in ONTOLOGY_README] == []


def test_files_that_the_documents_name_exist() -> None:
    for document in (ROOT / "README.md", ROOT / "graph" / "README.md", ROOT / "ontology" / "README.md"):
        links = re.findall(r"\]\((?!http|#)([^)#]+)\)", document.read_text(encoding="utf-8"))
        assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_python_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in example.splitlines() if line.strip()]) == 5
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert list((tmp_path / "outputs").glob("*.ttl"))
