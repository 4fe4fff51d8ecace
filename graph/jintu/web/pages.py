"""Write the pages: the query page, a page for each resource, the vocabulary. All text enters them escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from jintu import rdf
from jintu.html import picture
from jintu.ontology import Ontology
from jintu.rdf.shipped import EXAMPLES
from jintu.web.resources import path_of

Row = Mapping[str, str]
_SCRIPTS = ("ask", "draw", "editor", "evidence", "main", "page", "results", "table")
ASSETS = {
    "page.css": "text/css",
    **{f"{name}.js": "text/javascript" for name in _SCRIPTS},
    "vendor/codemirror.js": "text/javascript",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Hold what all pages of a server share: the words of the vocabulary, the shipped questions, the base of IRIs."""

    base: str
    words: Mapping[str, rdf.Word]
    questions: Mapping[str, rdf.Question]

    @staticmethod
    def of(data: Ontology, base: str) -> Site:
        """Read the ontology."""
        return Site(base, {word.iri: word for word in rdf.vocabulary(data)}, rdf.questions(data))

    def known(self) -> str:
        """Return what the query page knows, as JSON."""
        asked = [
            {
                "name": question.name,
                "zh": question.zh,
                "en": question.en,
                "text": query_of(question.text),
                "parameters": [
                    {"name": one.name, "about": one.about, "example": EXAMPLES[one.type]}
                    for one in question.parameters.values()
                ],
            }
            for question in self.questions.values()
        ]
        words = [
            {"name": f"jt:{word.name}", "zh": word.zh, "en": word.en, "about": word.about, "sort": word.sort}
            for word in self.words.values()
        ]
        known = {"base": self.base, "prefixes": rdf.PREFIXES, "words": words, "questions": asked}
        return json.dumps(known, ensure_ascii=False)

    def index(self, nonce: str) -> str:
        """Return the query page; only styles with the nonce are let into it."""
        return _pages().get_template("index.html").render(nonce=nonce)

    def missing(self) -> str:
        """Return the page that says that the graph does not know a resource."""
        return _pages().get_template("missing.html").render()

    def resource(self, iri: str, *, out: Sequence[Row], into: Sequence[Row], facts: Sequence[Row], most: int) -> str:
        """Return the page of a resource."""
        title = next((row["object"] for row in out if row["relation"] in rdf.LABELS), rdf.short(iri))
        template = _pages().get_template("resource.html")
        return template.render(
            iri=iri, title=title, out=out, into=into, facts=_merged(facts), most=most, say=self.say, path=self.path
        )

    def vocabulary(self) -> str:
        """Return the page of the vocabulary."""
        return _pages().get_template("vocabulary.html").render(words=self.words.values())

    def say(self, iri: str) -> str:
        """Name a resource: a word of the vocabulary by its label, others shortly."""
        word = self.words.get(iri)
        return word.zh if word and word.zh else rdf.short(iri)

    def path(self, iri: str) -> str:
        """Return the path of a resource's page."""
        return path_of(iri, self.base)


@cache
def asset(name: str) -> bytes:
    """Return a script or a style sheet."""
    return (files("jintu.web") / "assets" / name).read_bytes()


@cache
def vis_network() -> bytes:
    """Return the script that draws networks, which pyvis brings."""
    return picture.vis_network().encode()


def query_of(text: str) -> str:
    """Return a question's text without the lines that describe it."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("# param:", "# en:"))).strip() + "\n"


def _merged(facts: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """Put the pieces of evidence of one statement together."""
    merged: dict[tuple[str, str], tuple[Row, list[Row]]] = {}
    for row in facts:
        merged.setdefault((row["statement"], row["object"]), (row, []))[1].append(row)
    return list(merged.values())


@cache
def _pages() -> Environment:
    loader = PackageLoader("jintu.web", "assets")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
