"""Build RDF knowledge graphs from Chinese documents, with the words behind every statement.

>>> import jintu
>>> jintu.Settings(place="锦州市").place
'锦州市'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jintu.errors import JintuError
    from jintu.facade import build, open, write
    from jintu.pipeline import Settings

__all__ = ["JintuError", "Settings", "build", "open", "write"]

_HOMES = {
    "JintuError": "errors",
    "Settings": "pipeline",
    "build": "facade",
    "open": "facade",
    "write": "facade",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import jintu`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jintu' has no attribute {name!r}")
    return getattr(import_module(f"jintu.{_HOMES[name]}"), name)
