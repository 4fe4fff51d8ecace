"""The verbs that ask a graph: query, questions, show, check and verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jintu.cli.options import GRAPH, ONTOLOGY, SOURCES
from jintu.errors import JintuError
from jintu.terminal import print_table


@click.command()
@GRAPH
@click.argument("question", metavar="QUERY")
@click.option(
    "--format", "form", default="table", type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt"])
)
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Value of a shipped question's parameter.")
@ONTOLOGY
def query(graph: Path, question: str, form: str, values: tuple[str, ...], ontology: Path | None) -> None:
    """Ask GRAPH a QUERY: SPARQL text, a .rq file or the name of a shipped question.

    \b
    jintu query outputs/sample/jinzhou-2023.ttl projects-by-investment
    jintu query outputs/sample/jinzhou-2023.ttl indicators-of-place --set place=锦州市
    jintu query outputs/sample/jinzhou-2023.ttl 'SELECT * { ?s a jt:Project } LIMIT 5' --format csv
    """
    from jintu import graphs

    answer = graphs.open(graph, ontology=ontology).query(question, **_pairs(values))
    print_table(answer.columns, answer.table()) if form == "table" and answer.columns else click.echo(answer.text(form))


@click.command()
@ONTOLOGY
def questions(ontology: Path | None) -> None:
    """List the questions that are shipped, with their parameters.

    \b
    jintu questions
    """
    from jintu import ontology as data
    from jintu import rdf

    rows = [(q.name, q.zh, q.en, " ".join(sorted(q.parameters))) for q in rdf.questions(data.load(ontology)).values()]
    print_table(("name", "zh", "en", "--set"), rows)


@click.command()
@GRAPH
@click.option("--top", default=10, show_default=True, help="How many of the most connected entities to show.")
def show(graph: Path, top: int) -> None:
    """Show what GRAPH holds: documents, counts by kind, the most connected, what was left out.

    \b
    jintu show outputs/sample/jinzhou-2023.ttl
    """
    from jintu import graphs

    for title, columns, rows in graphs.overview(graph, top=top):
        click.echo(f"\n{title}")
        print_table(columns, rows)


@click.command()
@GRAPH
@ONTOLOGY
def check(graph: Path, ontology: Path | None) -> None:
    """Check GRAPH against the shapes of the ontology.

    \b
    jintu check outputs/sample/jinzhou-2023.ttl
    """
    from jintu import ontology as data
    from jintu import rdf

    _verdict(rdf.check(graph, data.load(ontology)), f"{graph}: keeps to the shapes", "broken shapes")


@click.command()
@GRAPH
@SOURCES
def verify(graph: Path, sources: tuple[str, ...]) -> None:
    """Open SOURCEs again and prove every quote of GRAPH.

    \b
    jintu verify outputs/sample/jinzhou-2023.ttl tests/corpus/jinzhou-2023.txt
    """
    from jintu import graphs

    proof = graphs.verify(graph, sources)
    _verdict(proof.mistakes, f"{graph}: {proof.quotes} quotes stand in {proof.documents} documents", "unproved")


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f'"{value}" has no "="; write NAME=VALUE', param_hint="--set")
    return dict(value.split("=", 1) for value in values)


def _verdict(mistakes: Any, good: str, what: str) -> None:
    if mistakes:
        raise JintuError("\n".join([*map(str, mistakes), f"{len(mistakes)} {what}"]))
    click.echo(good)
