"""`rawabit watch`: what is new about a pair since a day."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import Line
from rawabit.cli.relating import Since, deed_line, find_since, phase_line, with_answer, with_pair, write_answer
from rawabit.ledger import Ledger
from rawabit.relation.movers import News, read_news
from rawabit.relation.series import find_day

LISTS = (("New phases", "phases"), ("Deeds", "deeds"), ("Planned", "planned"), ("Denied", "denied"))


@click.command(epilog=EPILOG)
@with_pair
@click.option("--since", type=Since(), default="7d", show_default=True, metavar="DATE|DAYS",
              help="Told on or after this day; or in the last days.")
@with_answer
def watch(one: str, other: str, ledger: str, as_of: date | datetime | None, since: date | timedelta, form: str, output: str | None) -> None:
    """What is new about A and B: phases that began, deeds first told, plans and denials."""
    opened = Ledger(ledger, as_of)
    first = find_since(since, find_day(opened))
    news = read_news(opened, one, other, first)
    write_answer({"pair": [one, other], "since": first, **msgspec.structs.asdict(news)}, _lines(news), form, output)
    if not any(getattr(news, name) for _, name in LISTS):
        click.echo(f"Nothing new between {one} and {other} since {first}. Give an earlier --since.", err=True)


def _lines(news: News) -> Iterator[Line]:
    yield Text("Now", "underline"), 0, False
    yield phase_line(news.now)
    for name, field in LISTS:
        rows = getattr(news, field)
        if rows:
            yield Text(name, "underline"), 0, False
        for row in rows:
            yield from [phase_line(row)] if field == "phases" else deed_line(row)
