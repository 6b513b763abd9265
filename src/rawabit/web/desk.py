"""The writing side of the observatory: one writer at a time, and what is fetched for it from the web, within limits.

A report is added by the code of `rawabit add`, a judgement by that of `rawabit review`. What was fetched is kept a while under its id, so
that a page which is saved as it came keeps the hash of its bytes.
"""
from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rawabit.ledger.add import Tally, add_reports, find_recipe
from rawabit.ledger.ids import make_document_id
from rawabit.ledger.writer import LedgerWriter
from rawabit.mention.dates import read_day
from rawabit.model import Document, InputError
from rawabit.source import Defaults, Failure, Intake, Sourced, WebClient, WebLimits
from rawabit.source.clean import clean_document
from rawabit.source.feed import is_feed
from rawabit.source.outcome import Outcome, make_bytes, make_hash, utc_now
from rawabit.source.pages import read_fetched

LIMITS = WebLimits(body=5_000_000, seconds=15.0, redirects=5, tries=1)
"""For a person who waits: one try, and a page of a size that a body of this server could hold as text."""
FETCHES = 4
"""Pages that are fetched at one time."""
KEPT = 64
"""Fetched reports that are kept until they are saved."""
COMMAND = "add (observatory)"
"""How a run of the observatory is named in the ledger."""


class Busy(InputError):
    """Too many pages are being fetched at this moment."""


class SeveralReports(InputError):
    """An address of a feed or of several reports, where one is added at a time."""


class Desk:
    """Writes to one ledger. `open_client` is there for tests."""

    def __init__(self, location: str, open_client: Callable[[], WebClient] = lambda: WebClient(limits=LIMITS)) -> None:
        self.location, self.open_client = location, open_client
        self._writing, self._fetching = threading.Lock(), threading.BoundedSemaphore(FETCHES)
        self._writer: LedgerWriter | None = None
        self._fetched: OrderedDict[str, Sourced] = OrderedDict()

    @contextmanager
    def writer(self) -> Iterator[LedgerWriter]:
        """The writer, for one thread at a time. Raises LedgerError where the ledger cannot be written."""
        with self._writing:
            if self._writer is None:
                self._writer = LedgerWriter(self.location, find_recipe())
            try:
                yield self._writer
            except BaseException:
                self._writer = None
                raise

    def add(self, outcome: Outcome) -> Tally:
        """Adds one report, as `rawabit add` does; one that the ledger has is passed over. Raises LedgerError."""
        with self.writer() as writer:
            return add_reports([outcome], writer, None, COMMAND, lambda tally: None)

    def fetch(self, url: str, defaults: Defaults) -> Sourced:
        """The one report at an address. Raises InputError for what is refused, is not there or is no report."""
        if not self._fetching.acquire(blocking=False):
            raise Busy(f"{FETCHES} pages are being fetched already. Try again in some seconds.")
        try:
            with self.open_client() as client:
                found = client.fetch(url)
                intake = Intake(defaults, client.clock, read_day)
                outcomes = [] if is_feed(found.data) else [one for _, one in zip(range(2), read_fetched(found, intake), strict=False)]
        finally:
            self._fetching.release()
        return self._keep(_find_one(outcomes))

    def _keep(self, report: Sourced) -> Sourced:
        self._fetched[name_report(report.document)] = report
        while len(self._fetched) > KEPT:
            self._fetched.popitem(last=False)
        return report

    def source(self, doc: Document, issues: tuple[str, ...] = ()) -> Sourced:
        """A typed report with where it came from: as it was fetched if nothing was changed, else its fields stand for its bytes."""
        kept = self._fetched.get(name_report(doc))
        if kept is not None and kept.document.url == doc.url:
            return kept
        fields = {"title": doc.title, "text": doc.text, "source": doc.source, "language": doc.language, "published": doc.published,
                  "url": doc.url}
        return Sourced(doc.url or "observatory", doc, make_hash(make_bytes(fields)), utc_now(), issues)


def _find_one(outcomes: list[Outcome]) -> Sourced:
    if len(outcomes) != 1:
        raise SeveralReports("a feed or a list of reports. Give the address of one report, or use `rawabit add` or `rawabit follow`.")
    (found,) = outcomes
    if isinstance(found, Sourced):
        return found
    raise InputError(found.error if isinstance(found, Failure) else found.text)


def name_report(doc: Document) -> str:
    """The id under which the ledger holds a report. Raises InputError for a language that is no language tag."""
    return make_document_id(clean_document(doc))
