"""Options and fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, settings

from chromium import browser
from folder_samples import reports
from jintu.ontology import Ontology, load

__all__ = ["browser", "reports"]  # fixtures of all tests

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


@pytest.fixture(scope="session")
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen, and keep whatever is asked for: it must stay empty."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the library calls
            heard.append(self.path)
            self.send_error(500)

        do_POST = do_GET  # noqa: N815  # the same

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Ear)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", heard
    server.shutdown()
