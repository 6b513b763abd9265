"""`rawabit demo`: one of the reports that come with Rawabit, read."""
from __future__ import annotations

import sys

import click

from rawabit.cli.output import JOIN, make_show
from rawabit.demo import read_dispatches
from rawabit.lexicon.load import known_languages
from rawabit.reader import read_document

FIRST = "demo-cas-01"
"""The report that is read where none is named: a summit of six states, criticism, demands and a figure in six sentences."""


@click.command()
@click.argument("report", metavar="[ID]", required=False)
@click.option("--list", "listed", is_flag=True, help="Name the bundled reports.")
@click.option("--format", "form", type=click.Choice(list(JOIN)), default="table", show_default=True, help="As for `rawabit read`.")
def demo(report: str | None, listed: bool, form: str) -> None:
    """Read one bundled report and show its reading.

    ID names another of the reports that come with Rawabit; they were written for it, after the events of 2018 to 2025.
    """
    docs = {doc.id: doc for doc in read_dispatches() if doc.language in known_languages()}
    if listed:
        for doc in docs.values():
            click.echo(f"{doc.id:20}  {doc.published}  {doc.title}")
        return
    chosen = docs.get(report or FIRST)
    if chosen is None:
        raise click.UsageError(f"no bundled report {report!r}. See `rawabit demo --list`.")
    shown = make_show(form, to_file=False)(read_document(chosen))
    for chunk in JOIN[form](iter((shown,))):
        sys.stdout.buffer.write(chunk)
