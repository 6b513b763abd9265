"""`rawabit movers`: the pairs that warmed or cooled most, with the deeds that did it."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import Moment, with_format
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.cli.pair import EPILOG, Since, find_since, plural
from rawabit.ledger import Ledger
from rawabit.relation.movers import Mover, read_movers
from rawabit.relation.series import Deed, find_day


@click.command(epilog=EPILOG)
@with_ledger
@click.option("--since", type=Since(), default="30d", show_default=True, metavar="DATE|DAYS", help="From this day, or the last days: 30d.")
@click.option("--as-of", type=Moment(), metavar="DATE", help="What could be known then: later reports do not count.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="Pairs at most.")
@click.option("--all", "bodies", is_flag=True, help="Bodies and groups too, not states alone.")
@with_format(("table", "json"))
def movers(ledger: str, since: date | timedelta, as_of: date | datetime | None, limit: int, bodies: bool, form: str,
           output: str | None) -> None:
    """The pairs that warmed or cooled most, each in one sentence with the deeds that did it."""
    opened = Ledger(ledger, as_of)
    first = find_since(since, find_day(opened))
    found = read_movers(opened, first, states_only=not bodies)[:limit]
    with open_output(output) as out:
        if form == "json":
            out.write(msgspec.json.format(msgspec.json.encode({"since": first, "movers": found}), indent=2) + b"\n")
        else:
            out.write(render_lines(_lines(found), *find_paper(output not in (None, "-"))))
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
    whom = f" → {', '.join(deed.recipients)}" if deed.recipients else ""
    return f"{deed.type} {', '.join(deed.actors)}{whom} on {deed.day} ({plural(deed.reports, 'report')}, {deed.deed_id})"
