"""`rawabit coverage`: what the lexicon leaves out in a corpus."""
from __future__ import annotations

import sys
from datetime import date

import click
import msgspec
from rich.console import Console
from rich.text import Text

from rawabit.cli.inputs import find_inputs, with_inputs
from rawabit.cli.lines import wrap_lines
from rawabit.cli.progress import count_progress
from rawabit.cli.work import read_all
from rawabit.coverage import Coverage, Row, Tally, find_gaps
from rawabit.source import Failure, Notice

EPILOG = "Exit status: 0 all reports read, 1 some reports failed (each named on standard error), 2 wrong usage."


@click.command(epilog=EPILOG)
@click.argument("corpus", nargs=-1, metavar="[CORPUS…|-]")
@with_inputs
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Rows of each list.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="table: for people; json: one object.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
def coverage(corpus: tuple[str, ...], published: date | None, source: str | None, language: str | None, allow_private: bool,
             top: int, form: str, workers: int) -> None:
    """Count what the lexicon leaves out in a corpus, to see what to add next.

    Lists the words that stand between two known actors where no frame covers a deed (verbs and verbal nouns among them), the names
    and offices that stay unresolved, and the reasons for which deeds were not coded. CORPUS is given as for `rawabit read`.
    """
    tally = Tally()
    outcomes = find_inputs(corpus, published, source, language, allow_private)
    for found in count_progress(read_all(outcomes, find_gaps, workers), quiet=False):
        if isinstance(found, Failure | Notice):
            click.echo(str(found), err=True)
            tally.failed += isinstance(found, Failure)
        else:
            tally.add(*found)
    _write(tally.coverage(top), form)
    sys.exit(1 if tally.failed else 0)


def _write(found: Coverage, form: str) -> None:
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
        return
    console = Console(highlight=False, emoji=False)
    console.print(Text(f"{found.reports:,} reports read, {found.failed:,} failed, {found.events:,} events"), soft_wrap=True)
    _render_rows(console, "Words between actors that no frame covers", found.words)
    _render_rows(console, "Unresolved names", found.names)
    _render_rows(console, "Unresolved offices and bodies", found.offices)
    _render_rows(console, "Unresolved pointing words", found.pointers)
    _render_rows(console, "Not coded, by reason", tuple(Row(reason, count, "") for reason, count in found.abstentions.items()))


def _render_rows(console: Console, name: str, rows: tuple[Row, ...]) -> None:
    """A heading and one row a line, with the beginning of the example where there is room."""
    if not rows:
        return
    console.print(Text(name, "underline"))
    for row in rows:
        for line in wrap_lines(Text.assemble(f"{row.count:>8,}  ", (row.form, "bold")), console):
            console.print(line, soft_wrap=True)
        if row.example:
            example = Text(row.example.replace("\n", " "), "dim")
            example.truncate(2 * max(20, console.width - 10), overflow="ellipsis")
            for line in wrap_lines(example, console, 10, whole=True):
                console.print(line, soft_wrap=True)
