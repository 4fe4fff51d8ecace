"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from jintu.ontology import Ontology, load

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files again.")
    parser.addoption("--update-expect", action="store_true", help="Write what the sample answers into the questions.")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """Return the ontology of the checkout."""
    return load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of texts that are not ours to ship, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: its texts are not ours to ship")
    return SHARED
