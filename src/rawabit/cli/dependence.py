"""`rawabit dependence CODE`: figures, ties and indicators that say on whom a state depends."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import Line
from rawabit.cli.relating import read_code, tell_words, with_answer, with_day, write_answer
from rawabit.ledger.ledger import Ledger
from rawabit.relation.dependence import Dependence, find_dependence
from rawabit.relation.series import find_day

MARKS = {"figure": "read", "tie": "tie", "indicator": "imported"}


@click.command(epilog=EPILOG)
@click.argument("code", callback=read_code)
@click.option("--on", callback=read_code, metavar="CODE", help="Only on this state or body.")
@with_day
@with_answer
def dependence(code: str, on: str | None, ledger: str, as_of: date | None, form: str, output: str | None) -> None:
    """What says that CODE depends on others: trade, remittances, workers, loans, aid, arms, bases, with year, source and who says so.

    Figures that reports tell (read), relations that they assert (tie) and indicators that you imported stand beside each other and are
    never added up. `rawabit indicators import` takes your own series.
    """
    opened = Ledger(ledger)
    found = find_dependence(opened, code, on, find_day(opened, as_of))
    write_answer(found, (line for row in found for line in render_dependence(row)), form, output)
    if not found:
        click.echo(f"Nothing is told of it. Try `rawabit figures --actor {code}`, or import series (`rawabit indicators`).", err=True)


def render_dependence(row: Dependence) -> Iterator[Line]:
    """A value or tie, with what it rests on."""
    number = "" if row.value is None else f"{row.value:,.0f}" if row.value == int(row.value) else f"{row.value:,}"
    amount = f"{(row.bound or '=').replace('=', '')}{number} {row.unit}" if number else ""
    sides = f"{row.subject} – {row.partner}" if row.partner else row.subject
    year = row.period or "no year told"
    yield Text.assemble((f"{row.measure}  ", "bold"), f"{sides}  {amount}  {year}  ", (MARKS[row.kind], "dim")), 0, False
    told = row.published and f"published {row.published}"
    yield from tell_words(row.evidence or f"{row.source}", row.says and f"says {row.says}", row.evidence and row.source, told,
                          f"{row.kind} {row.record_id}")
