"""`rawabit chart`: the series of a pair with its phases and turning points, as a picture."""
from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from rawabit.catalogue import known_catalogues
from rawabit.cli.asking import EPILOG
from rawabit.cli.inputs import Day
from rawabit.cli.output import open_output
from rawabit.cli.relating import with_pair
from rawabit.ledger import Ledger
from rawabit.relation.chart import render_png, render_svg
from rawabit.relation.phases import read_history

RENDER = {".png": render_png, ".svg": render_svg}


@click.command(epilog=EPILOG)
@with_pair
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.png or FILE.svg.")
@click.option("--since", type=Day(), metavar="DATE", help="Draw from this day.")
@click.option("--language", type=click.Choice(list(known_catalogues())), default="en", show_default=True, help="Of the labels.")
def chart(one: str, other: str, ledger: str, as_of: date | datetime | None, output: str, since: date | None, language: str) -> None:
    """Draw the temperature of A and B with its phases and turning points."""
    ending = Path(output).suffix.lower()
    if ending not in RENDER:
        raise click.UsageError(f"{output} ends in no form of picture. Write FILE.png or FILE.svg.")
    history = read_history(Ledger(ledger, as_of), one, other, since=since)
    if not history.series.deeds or not history.series.days:
        raise click.ClickException(f"there is nothing between {one} and {other} to draw. See `rawabit deeds --actor {one}`.")
    drawn = RENDER[ending](history, language)
    with open_output(output) as out:
        out.write(drawn)
