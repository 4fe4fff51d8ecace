"""The command line: each verb parses, calls one function of the library and prints.

Words for people and progress go to stderr, what was asked for to stdout; exit status 0 done,
1 refused or failed with a clear line, 2 wrong usage.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from jintu.cli import asking, building, scoring, serving, writing
from jintu.cli.answers import answering
from jintu.errors import JintuError

VERBS = (
    *(building.build, building.annotate, scoring.evaluate),
    *(asking.query, asking.questions, asking.show, asking.check, asking.verify),
    *(writing.table, writing.ledger, writing.html, writing.diff),
    *(serving.serve, serving.push),
)


class Verbs(click.Group):
    """Say in one line what becomes of a verb that Ctrl-C stops."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; builds keep what they have made, whatever stops them."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(err=True)  # ends the line in which the terminal shows ^C
            goes_on = "; the same command goes on where it stood" if ctx.invoked_subcommand == "build" else ""
            raise JintuError(f"stopped{goes_on}") from None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jintu", message="jintu %(version)s")
def cli() -> None:
    """Build RDF knowledge graphs from Chinese documents, and ask them.

    \b
    jintu build 锦州市-2023.txt -o outputs/
    jintu query outputs/锦州市-2023.ttl projects-by-investment
    """


for verb in VERBS:
    cli.add_command(verb)


def main() -> None:
    """Run the command line in UTF-8 whatever the locale, and turn our errors into one clear line."""
    sys.stdout = sys.stdout or io.TextIOWrapper(io.BytesIO())  # it was closed: nobody wants to know
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    with answering():
        try:
            cli(standalone_mode=True)
        except JintuError as error:
            click.echo(f"jintu: {error}", err=True)
            sys.exit(1)
