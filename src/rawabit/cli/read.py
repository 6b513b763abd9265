"""`rawabit read`: reports in, readings out."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from rawabit.cli.inputs import find_inputs, with_inputs
from rawabit.cli.output import JOIN, make_show, open_output
from rawabit.cli.progress import count_progress
from rawabit.cli.work import read_all
from rawabit.source import Failure, Notice

EPILOG = "Exit status: 0 all reports read, 1 some reports failed (each named on standard error), 2 wrong usage."


@click.command(epilog=EPILOG)
@click.argument("places", nargs=-1, metavar="[PATH…|URL…|-]")
@with_inputs
@click.option("--format", "form", type=click.Choice(list(JOIN)), default="table", show_default=True,
              help="table: for people; json: an object, or a list where there are several reports; jsonl: one line a reading.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, which appears when all is read.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes; the order of the input is kept.")
def read(places: tuple[str, ...], published: date | None, source: str | None, language: str | None, allow_private: bool,
         form: str, output: str | None, workers: int) -> None:
    """Read reports: people, events, statements, figures and ties, each with its evidence.

    PATH is a .txt (first line the title), .html, .json, .jsonl, .csv, .parquet or .warc file, also packed (.gz, .bz2, .xz), a folder or
    archive (.zip, .tar, .tar.gz) of these, or - for standard input (plain text, a page, JSON or JSON Lines). URL is a web page, or an
    RSS or Atom feed, whose pages are fetched; http and https only. Options fill in what a report leaves out.
    """
    to_file = output not in (None, "-")
    outcomes = find_inputs(places, published, source, language, allow_private)
    tally = Tally()
    shown = tally.split(count_progress(read_all(outcomes, make_show(form, to_file), workers), quiet=not to_file and sys.stdout.isatty()))
    with open_output(output) as out:
        for chunk in JOIN[form](shown):
            out.write(chunk)
            out.flush()
    sys.exit(1 if tally.failed else 0)


class Tally:
    """Tells failures and notices on standard error as they come, and remembers whether a report failed."""

    def __init__(self) -> None:
        self.failed = 0

    def split(self, shown: Iterator[bytes | Failure | Notice]) -> Iterator[bytes | None]:
        """What was shown, None for a failure."""
        for item in shown:
            if isinstance(item, bytes):
                yield item
                continue
            click.echo(str(item), err=True)
            if isinstance(item, Failure):
                self.failed += 1
                yield None
