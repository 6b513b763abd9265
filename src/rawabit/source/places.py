"""Everything a user can name → reports: paths of files, folders and archives, `-`, addresses of pages and of feeds.

The one door for the commands that take reports. A place that begins with a scheme (`https://…`) is an address.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import IO

from rawabit.model import InputError
from rawabit.source.feed import is_feed, read_feed
from rawabit.source.files import take_paths
from rawabit.source.outcome import Clock, Defaults, Failure, Intake, Outcome, ReadDay, utc_now
from rawabit.source.pages import read_fetched
from rawabit.source.poll import take_feed
from rawabit.source.web import WebClient

SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*://")


def read_sources(places: Iterable[str], defaults: Defaults = Defaults(), *, stdin: IO[bytes] | None = None,  # noqa: B008
                 client: WebClient | None = None, allow_private: bool = False, read_day: ReadDay | None = None,
                 clock: Clock = utc_now) -> Iterator[Outcome]:
    """Every report of the places, in order, as it is read.

    `client` fetches addresses (its clock counts for them) and stays open; without one, one is opened, which `allow_private` lets into
    private networks.
    """
    with nullcontext(client) if client else WebClient(allow_private=allow_private, clock=clock) as web:
        for place in places:
            if SCHEME.match(place):
                yield from read_url(web, place, Intake(defaults, web.clock, read_day))
            else:
                yield from take_paths([place], Intake(defaults, clock, read_day), stdin)


def read_url(client: WebClient, url: str, intake: Intake) -> Iterator[Outcome]:
    """The report of a page, or the reports of the pages that a feed names."""
    try:
        found = client.fetch(url)
        if is_feed(found.data):
            yield from take_feed(client, read_feed(found.data, found.url, found.charset), intake)
        else:
            yield from read_fetched(found, intake)
    except InputError as error:
        yield Failure(url, str(error))
