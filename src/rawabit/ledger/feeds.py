"""Followed feeds: polled when they are due, their new reports added, their state kept as rows.

A feed's new state is appended after its reports, so that a run that is cut off asks for them again; where one of them failed, the next
poll sees the whole feed. What was added before is known by its address and not fetched again.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from datetime import date, datetime

import msgspec

from rawabit.ledger.add import Tally, Told, add_reports
from rawabit.ledger.writer import LedgerWriter
from rawabit.source import Defaults, Failure, FeedState, Outcome, WebClient, poll_feed, retry_state


def poll_feeds(feeds: Iterable[str], writer: LedgerWriter, client: WebClient, defaults: Defaults, executor: Executor | None,
               told: Told, read_day: Callable[[str], date | None] | None = None) -> Iterator[tuple[FeedState, Tally]]:
    """Polls each feed that is due once, and adds what is new in it: its new state and what came of it."""
    for url in feeds:
        state = writer.known.find_feed(url)
        if state.next_due and client.clock() < state.next_due:
            continue
        new, outcomes = poll_feed(client, state, writer.known.find_places(), defaults, read_day)
        failed: list[Failure] = []
        tally = add_reports(_watch(outcomes, failed), writer, executor, f"follow {url}", told)
        new = retry_state(new) if failed else new
        writer.append_rows("feeds", [{"url": url, "state": msgspec.json.encode(new).decode()}])
        yield new, tally


def find_due(feeds: Iterable[str], writer: LedgerWriter, now: datetime) -> datetime:
    """When the first of some feeds is due."""
    return min((writer.known.find_feed(url).next_due or now for url in feeds), default=now)


def _watch(outcomes: Iterator[Outcome], failed: list[Failure]) -> Iterator[Outcome]:
    """The same outcomes; failures are kept too."""
    for item in outcomes:
        if isinstance(item, Failure):
            failed.append(item)
        yield item
