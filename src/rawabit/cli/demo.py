"""`rawabit demo`: the reports that come with Rawabit, as pages in the browser, or one of them read."""
from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from rawabit.cli.output import JOIN, make_show
from rawabit.demo import read_dispatches
from rawabit.lexicon.load import known_languages
from rawabit.model import Document
from rawabit.reader import read_document

PAIR = "pair/AZE/RUS"
"""The page that opens: two states of which the bundled reports tell a whole arc, from a visit to a crisis and back."""
EPILOG = "Exit status: 0 shown, or stopped with Ctrl-C; 2 wrong usage."


@click.command(epilog=EPILOG)
@click.argument("report", metavar="[ID]", required=False)
@click.option("--list", "listed", is_flag=True, help="Name the bundled reports.")
@click.option("--format", "form", type=click.Choice(list(JOIN)), help="Of one report's reading, as for `rawabit read`.  [default: table]")
@click.option("--open/--no-open", "opened", default=True, help="Open the browser.  [default: open]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where the pages are served.  [default: a free port]")
def demo(report: str | None, listed: bool, form: str | None, opened: bool, port: int) -> None:
    """Show the bundled reports in the browser, or read one of them.

    They were written for Rawabit, after the events of 2018 to 2025. They are read into a ledger that is gone when the demo ends, and the
    browser opens at Russia and Azerbaijan, in Arabic or English as your system is set. With ID, the reading of that report is printed.
    """
    docs = find_dispatches()
    if listed:
        for doc in docs.values():
            click.echo(f"{doc.id:20}  {doc.published}  {doc.title}")
    elif report is not None:
        show_reading(docs, report, form or "table")
    elif form is not None:
        raise click.UsageError("--format is for one report. Name it, for example `rawabit demo demo-cas-01 --format json`.")
    else:
        serve_demo(docs, port, opened)


def find_dispatches() -> dict[str, Document]:
    """The bundled reports in languages that can be read, by id."""
    return {doc.id: doc for doc in read_dispatches() if doc.language in known_languages()}


def show_reading(docs: Mapping[str, Document], report: str, form: str) -> None:
    """Prints the reading of one report."""
    chosen = docs.get(report)
    if chosen is None:
        raise click.UsageError(f"no bundled report {report!r}. See `rawabit demo --list`.")
    shown = make_show(form, to_file=False)(read_document(chosen))
    for chunk in JOIN[form](iter((shown,))):
        sys.stdout.buffer.write(chunk)


def serve_demo(docs: Mapping[str, Document], port: int, opened: bool) -> None:
    """Serves a ledger of the reports until it is stopped; then the ledger is gone."""
    from rawabit.cli.serve import run_server
    from rawabit.web import Settings

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="rawabit-demo-") as folder:
        place = str(Path(folder) / "ledger")
        click.echo(f"Reading {len(docs)} reports …", err=True)
        fill_ledger(place, docs)
        run_server(Settings(ledger=place, port=port), opened, f"{find_language(os.environ)}/{PAIR}")


def fill_ledger(place: str, docs: Mapping[str, Document]) -> None:
    """Reads the reports into a ledger, each as if taken now."""
    from rawabit.ledger import LedgerWriter
    from rawabit.ledger.add import add_reports, find_recipe
    from rawabit.source import Sourced

    now = datetime.now(UTC)
    sourced = (Sourced(f"demo:{doc.id}", doc, hashlib.sha256(doc.content.encode()).hexdigest(), now) for doc in docs.values())
    add_reports(sourced, LedgerWriter(place, find_recipe()), None, "demo", lambda tally: None)


def find_language(environment: Mapping[str, str]) -> str:
    """Arabic or English, as the system's locale has it."""
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "ar" if wanted.lower().startswith("ar") else "en"
