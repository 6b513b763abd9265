"""`rawabit demo`: one of the reports that come with Rawabit, read."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import resources

import click

from rawabit.cli.output import JOIN, make_show
from rawabit.lexicon.load import known_languages
from rawabit.model import Document
from rawabit.reader import read_document
from rawabit.source import Defaults, make_document
from rawabit.source.lines import parse_object

FIRST = "demo-rus-aze-12"
"""The report that is read where none is named: a meeting, an apology, an agreement and figures in six sentences."""


@click.command()
@click.argument("report", metavar="[ID]", required=False)
@click.option("--list", "listed", is_flag=True, help="Name the bundled reports.")
@click.option("--format", "form", type=click.Choice(list(JOIN)), default="table", show_default=True, help="As for `rawabit read`.")
def demo(report: str | None, listed: bool, form: str) -> None:
    """Read one bundled report and show its reading.

    ID names another of the reports that come with Rawabit; they were written for it, after the events of 2018 to 2025.
    """
    docs = {doc.id: doc for doc in read_dispatches()}
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


def read_dispatches() -> Iterator[Document]:
    """The bundled reports in a language that Rawabit reads."""
    lines = resources.files("rawabit").joinpath("demo", "dispatches.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        doc, _ = make_document(parse_object(line), Defaults())
        if doc.language in known_languages():
            yield doc
