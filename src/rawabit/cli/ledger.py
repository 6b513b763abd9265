"""`rawabit ledger`: what it holds, whether it is sound, and its upkeep."""
from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext

import click
import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from rawabit.cli.ledger_option import make_ledger_option
from rawabit.ledger.add import find_recipe
from rawabit.ledger.check import check_ledger
from rawabit.ledger.compact import RETENTION, compact_ledger
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.rebuild import find_stale, rebuild_ledger
from rawabit.ledger.status import Status, find_status
from rawabit.ledger.writer import LedgerWriter

SHOWN = 10
"""Rows of a count that are shown to people."""


with_place = make_ledger_option("place")


@click.group()
def ledger() -> None:
    """See to a ledger: what it holds, whether it is sound, its files, its readings."""


@ledger.command()
@with_place
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="json has every day.")
def status(place: str, form: str) -> None:
    """Count what a ledger holds: by outlet, language and day; days without a report; size on the disk."""
    found = find_status(place)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        _show_status(found)


def _show_status(found: Status) -> None:
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    records = " · ".join(f"{count:,} {name}" for name, count in found.records.items())
    console.print(f"{found.location}\n{found.reports:,} reports ({found.failed} not read) · {found.deeds:,} deeds · {records} · "
                  f"{found.reviews:,} judgements")
    if found.first:
        days = ", ".join(f"{gap.first} … {gap.last} ({gap.days})" for gap in sorted(found.gaps, key=lambda gap: -gap.days)[:SHOWN])
        console.print(f"published {found.first} … {found.last} on {len(found.by_day)} days, {found.undated} undated\n"
                      f"days without a report: {sum(gap.days for gap in found.gaps):,}{' · longest ' + days if days else ''}")
    for name, counts in (("outlets", found.by_outlet), ("languages", found.by_language), ("recipes", found.recipes)):
        console.print(f"{name}: " + ", ".join(f"{key} {count:,}" for key, count in list(counts.items())[:SHOWN]))
    table = Table("table", box=None, pad_edge=False, header_style="bold")
    for name in ("rows", "files", "KB", "commits"):
        table.add_column(name, justify="right")
    for size in found.sizes:
        table.add_row(size.table, f"{size.rows:,}", f"{size.files:,}", f"{size.bytes / 1024:,.0f}", f"{size.commits:,}")
    console.print(table)


@ledger.command(epilog="Exit status: 0 sound, 1 something is wrong (each an issue with an id) or the ledger cannot be read, 2 wrong usage.")
@with_place
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="jsonl: one line an issue.")
def check(place: str, form: str) -> None:
    """Look for what cannot be: words that their report does not hold, doubled ids, links that lead nowhere, lost files.

    What a batch that was cut off left behind is no fault, and is told on standard error.
    """
    wrong = 0
    for finding in check_ledger(place):
        wrong += not finding.harmless
        if form == "jsonl":
            click.echo(msgspec.json.encode({"issue_id": finding.issue_id, **msgspec.to_builtins(finding)}))
        else:
            click.echo(str(finding), err=finding.harmless)
    if wrong:
        click.echo(f"{wrong} issues. Put the files back from a copy of the ledger, or send these lines to the authors.", err=True)
        sys.exit(1)
    click.echo("sound", err=form == "jsonl")


@ledger.command()
@with_place
@click.option("--vacuum", is_flag=True, help="Delete files that no longer count, once they are older than --retention.")
@click.option("--retention", type=click.IntRange(1), default=RETENTION, show_default=True, metavar="HOURS",
              help="How long superseded files are kept for those who opened the ledger before.")
def compact(place: str, vacuum: bool, retention: int) -> None:
    """Join small files and sort their rows, so that questions read less. The rows stay the same; others may go on reading and adding."""
    for done in compact_ledger(place, retention if vacuum else None):
        gone = f", {done.vacuumed} old files deleted" if vacuum else ""
        click.echo(f"{done.table}: {done.rows:,} rows, {done.before} → {done.after} files{gone}")


@ledger.command()
@with_place
@click.option("--from-documents", is_flag=True, required=True, help="Read the stored reports again.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
def rebuild(place: str, from_documents: bool, workers: int) -> None:
    """Read again what another version of Rawabit or of its lexicon read, and record the new readings.

    The old readings stay, and are seen by asking as of then. Deeds keep their ids. A run that is cut off goes on where it stopped.
    """
    Ledger(place)
    writer = LedgerWriter(place, find_recipe())
    stale = find_stale(place, writer.recipe)
    with ProcessPoolExecutor(workers) if workers > 1 else nullcontext() as pool, Progress(
            console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading again", total=len(stale))
        for read in rebuild_ledger(writer, stale, pool, "ledger rebuild --from-documents"):
            bar.update(task, completed=read)
    click.echo(f"{len(stale):,} reports read again by {writer.recipe}")
