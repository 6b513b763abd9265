"""`rawabit follow`: feeds into the ledger, again and again."""
from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from rawabit.cli.add import open_executor, show_summary
from rawabit.cli.inputs import with_origin
from rawabit.cli.ledger_option import with_ledger
from rawabit.ledger.add import find_recipe
from rawabit.ledger.feeds import find_due, poll_feeds
from rawabit.ledger.writer import LedgerWriter
from rawabit.mention.dates import read_day
from rawabit.source import Defaults, WebClient

LONGEST_SLEEP = 60.0
"""Seconds slept at a time, so that an interruption is heard."""


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@with_ledger
@with_origin
@click.option("--once", is_flag=True, help="Poll the feeds that are due once, and end.")
def follow(feeds: tuple[str, ...], ledger: str, source: str | None, language: str | None, allow_private: bool, once: bool) -> None:
    """Follow RSS and Atom feeds: add what is new in them, until interrupted.

    A feed is asked only for what changed (ETag, Last-Modified), every half hour; one that fails is asked less and less often, up to once
    a day. Its state is kept in the ledger, so that following goes on where it stopped.
    """
    writer = LedgerWriter(ledger, find_recipe())
    with WebClient(allow_private=allow_private) as client, open_executor(1, None) as executor:
        while True:
            defaults = Defaults(None, source, language)
            for state, tally in poll_feeds(feeds, writer, client, defaults, executor, lambda tally: None, read_day):
                show_summary(tally, f"{ledger} · {state.url}")
            if once:
                return
            _sleep_until(find_due(feeds, writer, client.clock()))


def _sleep_until(moment: datetime) -> None:
    """Waits until then, and a second at least."""
    time.sleep(1)
    while (left := (moment - datetime.now(UTC)).total_seconds()) > 0:
        time.sleep(min(left, LONGEST_SLEEP))
