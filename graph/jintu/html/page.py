"""Put payload, scripts and styles into one file that asks the network for nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jintu.files import replace_file
from jintu.html import picture, spelling
from jintu.html.chart import Reference
from jintu.html.others import payload_of_resources
from jintu.html.payload import default_title, payload
from jintu.html.picture import is_large, vis_network
from jintu.model import KnowledgeGraph
from jintu.resources import ResourceGraph

SCRIPTS = (
    *("base", "state", "search", "labels", "drawing", "legend", "panel", "history", "copying", "views", "tables"),
    *("timeline", "divisions", "map", "mapdrawing", "statistics", "exporting", "permalink", "main"),
)
RENDERERS = (("vis",), ("districts", "shaders", "webgl"))  # for graphs that pyvis draws well, and for larger ones
# what could end a script element, or an old browser's string
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
NOTHING = Reference()
LONE = re.compile("[\ud800-\udfff]")  # surrogates that UTF-8 cannot hold


@dataclass(frozen=True, slots=True)
class Sparql:
    """Hold what a page needs to answer SPARQL by itself: the triples, and questions as (name, words, query)."""

    turtle: str
    questions: tuple[tuple[str, str, str], ...] = ()


def load() -> None:
    """Load what the first page would else wait for."""
    picture.load()
    spelling.load()


def page(
    shown: KnowledgeGraph | ResourceGraph,
    *,
    title: str | None = None,
    reference: Reference = NOTHING,
    sparql: Sparql | None = None,
) -> str:
    """Return the explorer of a knowledge graph, or of a graph in any vocabulary, as HTML.

    ``title`` is else taken from the documents or the file, ``reference`` names units and places
    divisions on the map, and with ``sparql`` the page can be asked, which adds two million characters to it.
    """
    if isinstance(shown, ResourceGraph):
        named = _named(title, shown.source)
        content = payload_of_resources(shown, named)
    else:
        named = _named(title, default_title(shown.documents))
        content = payload(shown, named, reference)
    large = is_large(content["entities"]["count"])
    style = _asset("explorer.css")
    scripts = [_asset("vendor/sigma.js") if large else vis_network()]
    scripts.append(_script(RENDERERS[large], asked=sparql is not None))
    parts = {
        "policy": _policy(scripts, style, asked=sparql is not None),
        "title": escape(named),
        "style": style,
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
        "payload": _json(content),
        "sparql": _engine(sparql) if sparql else "",
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("explorer.html"))


def write_page(
    shown: KnowledgeGraph | ResourceGraph,
    path: str | Path,
    *,
    title: str | None = None,
    reference: Reference = NOTHING,
    sparql: Sparql | None = None,
) -> Path:
    """Write the explorer of a graph to one file, the same bytes each time, and return the path."""
    return replace_file(Path(path), page(shown, title=title, reference=reference, sparql=sparql).encode("utf-8"))


def _named(title: str | None, usual: str) -> str:
    return LONE.sub("\ufffd", usual if title is None else title)


def _asset(name: str) -> str:
    return (files("jintu.html") / "assets" / name).read_text(encoding="utf-8")


def _script(renderers: tuple[str, ...], *, asked: bool) -> str:
    """Join the scripts in one scope of their own; the last starts them."""
    names = [*SCRIPTS[:-1], *renderers, *(["asking"] if asked else []), SCRIPTS[-1]]
    return '(() => {\n"use strict";\n' + "\n".join(_asset(f"{name}.js") for name in names) + "})();\n"


def _engine(sparql: Sparql) -> str:
    """Return the triples, the questions and the engine as elements that hold text alone."""
    engine = b64encode((files("jintu.html") / "assets" / "vendor" / "oxigraph.wasm.gz").read_bytes()).decode("ascii")
    asked = {"turtle": sparql.turtle, "questions": sparql.questions}
    return (
        f'<script type="application/json" id="sparql">{_json(asked)}</script>\n'
        f'<script type="text/plain" id="oxigraph">{_asset("vendor/oxigraph.js")}</script>\n'
        f'<script type="text/plain" id="engine">{engine}</script>'
    )


def _json(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    escaped = re.sub("[<>&\u2028\u2029]", lambda match: UNSAFE[match[0]], text)
    return LONE.sub("\ufffd", escaped)


def _policy(scripts: list[str], style: str, *, asked: bool) -> str:
    """Return a content security policy: our scripts by digest, our style, and no network at all."""
    allowed = " ".join(map(_digest, scripts))
    # to ask, a worker is made of text of the page and compiles WebAssembly; no text becomes a script beside the others
    engine, worker = (" 'wasm-unsafe-eval'", " worker-src blob:;") if asked else ("", "")
    return (
        f"default-src 'none'; script-src {allowed}{engine};{worker} style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
