"""The verbs that ask a graph: query, questions, show, check and verify."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jintu.cli.options import GRAPH, ONTOLOGY
from jintu.errors import JintuError
from jintu.terminal import print_table

if TYPE_CHECKING:
    from jintu.graphs import Graph

FORMS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf")


@click.command(context_settings={"ignore_unknown_options": True}, options_metavar="[OPTIONS]")
@GRAPH
@click.argument("question", metavar="QUERY")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option("--format", "form", default="table", type=click.Choice(FORMS), help="How to write the answer [table].")
@click.option("--explain", is_flag=True, help="Show what runs, how much each pattern meets and how long it takes.")
@ONTOLOGY
def query(graph: Path, question: str, values: tuple[str, ...], form: str, explain: bool, ontology: Path | None) -> None:
    """Ask GRAPH a QUERY: SPARQL text, a .rq file or the name of a shipped question with its parameters.

    \b
    jintu query outputs/sample/jinzhou-2023.ttl projects --place 锦州市 --min 1亿元
    jintu query outputs/sample/jinzhou-2023.ttl evidence --name 锦凌水库 --format csv
    jintu query outputs/sample/jinzhou-2023.ttl 'SELECT * { ?s a jt:Project } LIMIT 5' --format json
    jintu query outputs/sample/jinzhou-2023.ttl 'DESCRIBE <division/210700>' --format jsonld
    """
    from jintu import graphs

    opened, given = graphs.open(graph, ontology=ontology), _parameters(question, values)
    if explain:
        _explain(opened, question, given)
        return
    answer = opened.query(question, **given)
    print_table(answer.columns, answer.table()) if form == "table" and answer.columns else click.echo(answer.text(form))
    if answer.is_empty:
        click.echo(opened.missed(question, **given), err=True)


@click.command()
@ONTOLOGY
def questions(ontology: Path | None) -> None:
    """List the questions that are shipped, with their parameters.

    \b
    jintu questions
    """
    from jintu import ontology as data
    from jintu import rdf

    shipped = rdf.questions(data.load(ontology)).values()
    rows = [(q.name, q.zh, q.en, " ".join(f"--{name}" for name in q.parameters)) for q in shipped]
    print_table(("name", "zh", "en", "parameters"), rows)


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
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
def verify(graph: Path, sources: tuple[str, ...]) -> None:
    """Open SOURCEs again and prove every quote of GRAPH; without SOURCEs, from the texts kept in sources/ beside it.

    \b
    jintu verify outputs/sample/jinzhou-2023.ttl tests/corpus/jinzhou-2023.txt
    jintu verify outputs/graph.ttl
    """
    from jintu import graphs

    proof = graphs.verify(graph, sources)
    _verdict(proof.mistakes, f"{graph}: {proof.quotes} quotes stand in {proof.documents} documents", "unproved")


def _parameters(question: str, words: tuple[str, ...]) -> dict[str, str]:
    """Return the values of ``--name value`` and ``--name=value``."""
    if question.startswith("--"):
        raise click.UsageError(f"name the question before its parameter {question}")
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, is_there, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise click.UsageError(f'"{word}" is no parameter; write --name value, and a query with blanks in quotes')
        if name in found:
            raise click.UsageError(f"--{name} is given twice; ask once for each value")
        found[name] = value if is_there else next(rest, "")
        if not found[name]:
            raise click.UsageError(f"--{name} has no value")
    return found


def _explain(graph: Graph, question: str, values: dict[str, str]) -> None:
    start = time.perf_counter()
    _ = graph.store
    opening = time.perf_counter() - start
    made = graph.explain(question, **values)
    click.echo(f"{made.sparql.strip()}\n")
    print_table(("pattern", "triples"), ((pattern, "a path" if n is None else n) for pattern, n in made.patterns))
    click.echo(f"\n{made.engine}: opened in {opening:.3f} s, {made.found} found in {made.seconds:.4f} s")


def _verdict(mistakes: Any, good: str, what: str) -> None:
    if mistakes:
        raise JintuError("\n".join([*map(str, mistakes), f"{len(mistakes)} {what}"]))
    click.echo(good)
