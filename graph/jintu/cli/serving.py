"""The verbs that speak HTTP: serve and push."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from jintu.cli.options import GRAPH, ONTOLOGY
from jintu.errors import JintuError
from jintu.terminal import progress

OPEN = (
    "--host {}: everybody who reaches this address can read the whole graph, unencrypted and without a password, "
    "and keep this machine busy; a proxy in front can ask for both"
)


@click.command()
@GRAPH
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; others than this machine reach any but 127.0.0.1.",
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for a query.")
@click.option("--memory", default=1024, show_default=True, type=click.IntRange(16), help="Megabytes for a query.")
@click.option("--rows", default=100_000, show_default=True, type=click.IntRange(1), help="Rows of an answer.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes for quick queries [one a core]; slow ones have five times as many more.",
)
@click.option("--name", "names", multiple=True, help="Name by which browsers reach this server, if not by address.")
@click.option("--cors", metavar="ORIGIN", help="Let pages of this origin read answers, e.g. https://example.org, or *.")
@ONTOLOGY
def serve(
    graph: Path,
    *,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    rows: int,
    workers: int | None,
    names: tuple[str, ...],
    cors: str | None,
    ontology: Path | None,
) -> None:
    """Serve GRAPH over HTTP: a SPARQL endpoint and pages, read-only.

    \b
    jintu serve outputs/sample/jinzhou-2023.ttl
    jintu serve outputs/sample/jinzhou-2023.ttl --port 0 --timeout 10
    """
    if not hasattr(os, "fork"):
        raise JintuError("serve needs a system that can fork processes: Linux, macOS, or WSL on Windows")
    with needed_parts():
        from jintu.web.server import is_open, serve
    from jintu.web.bounds import Bounds

    def tell(url: str) -> None:
        click.echo(url)
        if is_open(host):
            click.echo(OPEN.format(host), err=True)

    bounds = Bounds(timeout, memory, rows, workers or Bounds().workers)
    serve(graph, host=host, port=port, bounds=bounds, names=names, cors=cors, ontology=ontology, told=tell)


@click.command()
@GRAPH
@click.argument("url")
@click.option("--graph", "name", metavar="IRI", help="Name a graph for what is in none, for servers without a default.")
def push(graph: Path, url: str, name: str | None) -> None:
    """Send GRAPH to the Graph Store at URL of a bigger server, a request for each named graph.

    What the server has taken is kept in GRAPH.pushed.jsonl: a push that was stopped goes on there, and a repeated one
    sends what has changed. JINTU_PUSH_USER and JINTU_PUSH_PASSWORD say who may write.

    \b
    jintu push outputs/liaoning.trig http://localhost:7878/store
    JINTU_PUSH_USER=dba JINTU_PUSH_PASSWORD=... jintu push outputs/liaoning.trig http://localhost:8890/sparql-graph-crud-auth
    """
    with needed_parts():
        from jintu.web.push import push

    with progress("pushing") as watch:
        pushed = push(graph, url, graph=name, watch=watch)
    click.echo(f"{pushed.graphs} graphs with {pushed.triples} triples pushed, {pushed.kept} were there")


@contextmanager
def needed_parts() -> Iterator[None]:
    """Say which part is missing, and how to get it."""
    try:
        yield
    except ImportError as error:
        raise JintuError(f"{error.name} is missing; install it with pip install 'jintu[serve]'") from None
