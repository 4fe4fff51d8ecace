"""Arguments and choices that several verbs share, and what they are made into."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jintu.pipeline import Failure, Settings

SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
GRAPH = click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH")
ONTOLOGY = click.option(
    "--ontology", type=click.Path(path_type=Path), help="Folder to take instead of the shipped ontology."
)
OUTPUT = click.option(
    "-o", "--output", default="outputs", type=click.Path(path_type=Path), help="Folder to write to [outputs]."
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every verb that reads documents."""
    for option in (
        click.option(
            "--place", help="The reports' own place, e.g. 锦州市; else title, opening lines or file name say it."
        ),
        click.option("--year", type=click.IntRange(1949, 2100), help="The year the reports were given in."),
        click.option(
            "--tagger",
            type=click.Choice(["full", "fast"]),
            help="full: with the neural tagger (default); fast: without.",
        ),
        click.option("--corrections", type=click.Path(path_type=Path), help="Table of merges and names to correct."),
        ONTOLOGY,
    ):
        command = option(command)
    return command


def settings_of(choices: dict[str, Any]) -> Settings:
    """Return the settings that the reading options stand for."""
    from jintu.pipeline import Settings

    return Settings(**choices)


def formats_of(words: str, known: Any) -> tuple[str, ...]:
    """Return the formats named in a list with commas, each once; refuse one that is not known."""
    wanted = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    for word in wanted:
        if word not in known:
            raise click.BadParameter(f'"{word}" is none of {", ".join(sorted(known))}', param_hint="--format")
    return wanted or tuple(known)[:1]


def finish(failures: Iterable[Failure], *, keep_going: bool = False) -> None:
    """Say what could not be read, and stop with status 1 if there was any, unless the user keeps going."""
    said = [failure.reason for failure in failures]
    for reason in said:
        click.echo(f"jintu: {reason}", err=True)
    if said and not keep_going:
        sys.exit(1)
