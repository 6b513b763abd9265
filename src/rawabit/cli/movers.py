"""`rawabit movers`: the pairs that warmed or cooled most, with the deeds that did it."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import Line
from rawabit.cli.relating import Since, find_since, plural, with_answer, with_day, write_answer
from rawabit.ledger import Ledger
from rawabit.relation.deeds import Deed
from rawabit.relation.movers import Mover, read_movers
from rawabit.relation.series import find_day


@click.command(epilog=EPILOG)
@with_day
@click.option("--since", type=Since(), default="30d", show_default=True, metavar="DATE|DAYS", help="From this day, or the last days: 30d.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="Pairs at most.")
@click.option("--all", "bodies", is_flag=True, help="Bodies and groups too, not states alone.")
@with_answer
def movers(ledger: str, since: date | timedelta, as_of: date | datetime | None, limit: int, bodies: bool, form: str,
           output: str | None) -> None:
    """The pairs that warmed or cooled most, each in one sentence with the deeds that did it."""
    opened = Ledger(ledger, as_of)
    first = find_since(since, find_day(opened))
    found = read_movers(opened, first, states_only=not bodies)[:limit]
    write_answer({"since": first, "movers": found}, _lines(found), form, output)
    if not found:
        click.echo(f"No pair moved since {first}. Give an earlier --since.", err=True)


def _lines(found: Sequence[Mover]) -> Iterator[Line]:
    for mover in found:
        yield Text(render_mover(mover)), 0, True


def render_mover(mover: Mover) -> str:
    """One sentence: which pair, which way, how far, and by what."""
    way = "warmed" if mover.change > 0 else "cooled"
    return f"{mover.pair.replace('|', '–')} {way} by {abs(mover.change):.0f}: {'; '.join(map(_render_deed, mover.deeds))}."


def _render_deed(deed: Deed) -> str:
    return f"{deed.summary} on {deed.day} ({plural(deed.reports, 'report')}, {deed.deed_id})"
