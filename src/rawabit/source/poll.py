"""A feed polled again and again → the reports that are new in it. The caller keeps the state and what was seen.

Order of work: nothing before it is due; the feed is asked for only if it changed (ETag, Last-Modified); each new entry's page is
fetched, and the entry's own title, date and summary stand in for what the page does not give. A feed that fails is asked less and
less often, up to once a day.

Keep the new state once its reports are kept. Where one of them failed, keep `retry_state(state)`, so that the next poll sees the whole
feed again, not only that nothing changed in it.
"""
from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime, timedelta

import msgspec

from rawabit.model import InputError
from rawabit.source.feed import Entry, Feed, read_feed
from rawabit.source.lines import make_outcome
from rawabit.source.outcome import Defaults, Failure, Intake, Notice, Outcome, ReadDay, make_bytes
from rawabit.source.page import host_of, read_page
from rawabit.source.pages import PAGES
from rawabit.source.web import FetchError, WebClient

EVERY = timedelta(minutes=30)
"""Between polls of a feed that works."""
FIRST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=1)


class FeedState(msgspec.Struct, frozen=True):
    """What must be kept of a feed between polls. `next_due` is None for a feed that was never asked."""

    url: str
    etag: str | None = None
    modified: str | None = None
    next_due: datetime | None = None
    failures: int = 0


def poll_feed(client: WebClient, state: FeedState, seen: Container[str] = (), defaults: Defaults = Defaults(),  # noqa: B008
              read_day: ReadDay | None = None) -> tuple[FeedState, Iterator[Outcome]]:
    """The state after this poll, and the reports whose place (`where`, the address of the page) is not in `seen`, as they are fetched."""
    now = client.clock()
    if state.next_due and now < state.next_due:
        return state, iter([Notice(state.url, f"not due before {state.next_due:%Y-%m-%d %H:%M} UTC. Poll it again then.")])
    try:
        found = client.fetch(state.url, _conditions(state))
        feed = Feed(found.url) if found.status == 304 else read_feed(found.data, found.url, found.charset)
    except InputError as error:
        return _failed(state, error, now), iter([Failure(state.url, str(error))])
    intake = Intake(defaults, client.clock, read_day)
    if found.status == 304:
        return msgspec.structs.replace(state, next_due=now + EVERY, failures=0), iter(())
    new = FeedState(state.url, found.headers.get("etag"), found.headers.get("last-modified"), now + EVERY)
    return new, take_feed(client, feed, intake, seen)


def retry_state(state: FeedState) -> FeedState:
    """The state with which the next poll gets the whole feed."""
    return msgspec.structs.replace(state, etag=None, modified=None)


def _conditions(state: FeedState) -> dict[str, str]:
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in headers.items() if value}


def _failed(state: FeedState, error: InputError, now: datetime) -> FeedState:
    """Twice the pause at every failure in a row, or what the server asks for, up to a day."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(state.failures, 20))
    if isinstance(error, FetchError) and error.pause:
        pause = max(pause, timedelta(seconds=error.pause))
    return msgspec.structs.replace(state, next_due=now + pause, failures=state.failures + 1)


def take_feed(client: WebClient, feed: Feed, intake: Intake, seen: Container[str] = ()) -> Iterator[Outcome]:
    """The report of every entry whose place is not in `seen`."""
    for number, entry in enumerate(feed.entries, 1):
        where = entry.url or f"{feed.url}#{number}"
        if where not in seen:
            yield _take_entry(client, entry, where, intake)
    for issue in feed.issues:
        yield Notice(feed.url, issue)


def _take_entry(client: WebClient, entry: Entry, where: str, intake: Intake) -> Outcome:
    """The page of an entry; what the feed says where there is none, and a failure where there may be one later."""
    if entry.url is None:
        return _make_outcome(entry, where, intake, "the feed gives no page: read from what it says itself.")
    try:
        found = client.fetch(entry.url)
        if found.kind not in PAGES:
            raise InputError(f"{found.kind or 'of no type'}, not a page.")
        fields, issues = read_page(found.data, found.charset, found.url)
    except InputError as error:
        if isinstance(error, FetchError) and error.again:
            return Failure(where, str(error))
        if not entry.text:
            return Failure(where, str(error))
        return _make_outcome(entry, where, intake, f"read from the feed alone, for its page could not be read: {error}")
    whole = {**fields, "title": fields["title"] or entry.title, "published": fields["published"] or entry.published}
    return make_outcome(where, whole, found.data, intake, issues)


def _make_outcome(entry: Entry, where: str, intake: Intake, issue: str) -> Outcome:
    fields = {"title": entry.title, "text": entry.text, "published": entry.published, "url": entry.url, "source": host_of(where)}
    return make_outcome(where, fields, make_bytes(fields), intake, (issue,))
