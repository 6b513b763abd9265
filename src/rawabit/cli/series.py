"""`rawabit series`: what two sides did with, for and against each other, day by day or week by week."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import EPILOG, with_format
from rawabit.cli.inputs import Day
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.cli.relating import with_pair
from rawabit.ledger import Ledger
from rawabit.relation import series as rows
from rawabit.relation.series import read_series

HEADS = ("coop v", "coop m", "conf v", "conf m", "plan", "deny", "deeds", "told", "temp", "level")
"""Of the table, in the order of `Day`: cooperation and conflict, verbal and material; planned; denied; deeds; attention."""


@click.command(epilog=EPILOG)
@with_pair
@click.option("--since", type=Day(), metavar="DATE", help="From this day; else from the first that a report of the pair tells of.")
@click.option("--by", type=click.Choice(["day", "week"]), default="week", show_default=True, help="Weeks begin on Monday.")
@with_format(("table", "json", "csv"))
def series(one: str, other: str, ledger: str, as_of: date | datetime | None, since: date | None, by: str, form: str,
           output: str | None) -> None:
    """What A and B did with, for and against each other, in time.

    A and B are codes of states or bodies; a group of states (REG-CentralAsia) stands for its members. A deed counts once, on its own day,
    by its PLOVER score; `attention` is how many outlets told it. Planned and denied deeds are counted apart. `temperature` is what deeds
    brought above or below the pair's long-run level; it halves in 6 days. See docs/relations.md.
    """
    found = read_series(Ledger(ledger, as_of), one, other, since=since)
    days = found.weeks() if by == "week" else found.days
    with open_output(output) as out:
        if form == "json":
            out.write(msgspec.json.format(msgspec.json.encode({"pair": found.pair, "by": by, "days": days}), indent=2) + b"\n")
        elif form == "csv":
            out.write(_csv(days))
        else:
            out.write(render_lines(_table(days), *find_paper(output not in (None, "-"))))
    if not found.deeds:
        click.echo(f"No deeds between {one} and {other}. See what there is: `rawabit deeds --actor {one}`.", err=True)


def _values(day: rows.Day) -> list[object]:
    return [round(value, 2) if isinstance(value, float) else value for value in msgspec.structs.astuple(day)]


def _csv(days: Sequence[rows.Day]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.Day.__struct_fields__)
    writer.writerows(_values(day) for day in days)
    return out.getvalue().encode("utf-8")


def _table(days: Sequence[rows.Day]) -> Iterator[Line]:
    yield Text("".join([f"{'day':<10}", *(f"{head:>7}" for head in HEADS)])), 0, False
    for day in days:
        first, *rest = msgspec.structs.astuple(day)
        yield Text("".join([str(first), *(f"{value:>7.1f}" if isinstance(value, float) else f"{value:>7}" for value in rest)])), 0, False
