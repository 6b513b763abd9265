"""`rawabit indicators import FILE`: series that the user has, beside what reports tell."""
from __future__ import annotations

import sys

import click

from rawabit.cli.ledger_option import with_ledger
from rawabit.ledger.add import find_recipe
from rawabit.ledger.indicators import import_indicators
from rawabit.ledger.writer import LedgerWriter

SHOWN = 20
"""Lines that are named when they fail."""


@click.group()
def indicators() -> None:
    """See to indicator series of your own: trade shares, remittances, loans, …"""


@indicators.command("import", epilog="Exit status: 0 all lines read, 1 some lines failed (named on standard error), 2 wrong usage.")
@click.argument("file", metavar="FILE.csv")
@with_ledger
def import_(file: str, ledger: str) -> None:
    """Import a CSV file in UTF-8 with a header row.

    Columns: measure (trade_share), subject (TJK), partner (RUS, or empty), period (2024, 2024-03 or 2024-03-31), value (22.6), unit
    (percent), source (who publishes it) and, if you like, published (the day; else the series is taken as known when its period ends).
    The same file twice adds nothing; a revised value replaces the older in answers and stays in the ledger. See docs/influence.md.
    """
    tally = import_indicators(file, LedgerWriter(ledger, find_recipe()))
    for place, why in tally.issues[:SHOWN]:
        click.echo(f"{place}: {why}", err=True)
    if len(tally.issues) > SHOWN:
        click.echo(f"… and {len(tally.issues) - SHOWN:,} more", err=True)
    click.echo(f"{tally.read:,} lines read, {tally.new:,} new values, {tally.seen:,} seen before, {len(tally.issues):,} failed", err=True)
    sys.exit(1 if tally.issues else 0)
