"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from jintu.ontology import Ontology, load

# A busy machine is no mistake of ours; a folder may be written to again by each example.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("patient")

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
