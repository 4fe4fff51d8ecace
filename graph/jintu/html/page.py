"""Put payload, scripts and styles into one file that asks the network for nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jintu.files import replace_file
from jintu.html.payload import default_title, payload
from jintu.html.picture import vis_network
from jintu.model import KnowledgeGraph

SCRIPTS = ("base", "state", "search", "labels", "drawing", "legend", "panel", "tables", "permalink", "main")
# what could end a script element, or an old browser's string
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
LONE = re.compile("[\ud800-\udfff]")  # surrogates that UTF-8 cannot hold


def page(knowledge: KnowledgeGraph, *, title: str | None = None) -> str:
    """Return the explorer of a knowledge graph as HTML; ``title`` is else taken from its documents."""
    named = LONE.sub("\ufffd", default_title(knowledge.documents) if title is None else title)
    style, library, script = _asset("explorer.css"), vis_network(), _script()
    parts = {
        "policy": _policy([library, script], style),
        "title": escape(named),
        "style": style,
        "library": library,
        "script": script,
        "payload": _json(payload(knowledge, named)),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("explorer.html"))


def write_page(knowledge: KnowledgeGraph, path: str | Path, *, title: str | None = None) -> Path:
    """Write the explorer of a knowledge graph to one file, the same bytes each time, and return the path."""
    return replace_file(Path(path), page(knowledge, title=title).encode("utf-8"))


def _asset(name: str) -> str:
    return (files("jintu.html") / "assets" / name).read_text(encoding="utf-8")


def _script() -> str:
    """Join the scripts in one scope of their own."""
    return '(() => {\n"use strict";\n' + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();\n"


def _json(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    escaped = re.sub("[<>&\u2028\u2029]", lambda match: UNSAFE[match[0]], text)
    return LONE.sub("\ufffd", escaped)


def _policy(scripts: list[str], style: str) -> str:
    """Return a content security policy: our scripts by digest, our style, and no network at all."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
