"""Ledgers opened for reading, lent to one request at a time; opened anew beside the requests when the ledger has grown.

A `Ledger` is not for several threads at once, so each lease is one thread's own. To open one on 70,000 tellings and put its views together
takes 1.3 s, so nobody waits for it: while a writer adds, requests are answered from the ledger as it was when it was last opened, at most
some seconds ago. `renew` is for one who has just written and wants to see it. Answers are kept in `answers`.
"""
from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue

from rawabit.ledger.ledger import CHANGING, Ledger
from rawabit.ledger.store import Store
from rawabit.model import LedgerError
from rawabit.relation.series import find_day
from rawabit.relation.standing import keep_pairs
from rawabit.relation.told import prepare_told

SETTINGS = 4
"""Days as of which a reader holds its views at one time: on 70,000 tellings each takes 100 MB, and 0.6 s when it is asked for anew."""
REST = 2.0
"""After an opening, at least so many times what it took passes before the next one: openings take a third of one core at most."""
SHORTEST = 3.0
"""Seconds that pass at least: after each opening the answers that are asked for are made again."""
FORGOTTEN = 600.0
"""Seconds after which nobody needs to know when a state was left behind."""
LOOK = 0.25
"""Seconds between two looks at whether the ledger has grown."""


Versions = tuple[int, ...]
"""Which state of the ledger is seen: `Ledger.versions`."""


class Generation:
    """Readers that were opened together and see the same. `versions`: of the ledger then."""

    def __init__(self, location: str, count: int) -> None:
        self.free: Queue[Ledger] = Queue()
        first = Ledger(location, held=True, kept=SETTINGS)
        for ledger in (first, *(first.twin() for _ in range(count - 1))):
            prepare(ledger)
            self.free.put(ledger)
        self.versions = first.versions


def prepare(ledger: Ledger) -> None:
    """Puts together what most pages rest on, so that no request does: the views of all that is held and of the newest day, and the deeds
    by pair. Of an empty ledger there is none."""
    ledger.query("SELECT 1 FROM deeds LIMIT 1")
    with suppress(LedgerError):
        keep_pairs(ledger, find_day(ledger))


class Readers:
    """As many readers of one ledger as `count`; a request waits until one is free. Opens them when first needed."""

    def __init__(self, location: str, count: int = 3) -> None:
        self._location, self._count = location, count
        self._now: Generation | None = None
        self._ended: dict[Versions, float] = {}
        self._guard, self._opening, self._looking = threading.Lock(), threading.Lock(), threading.Lock()
        self._store, self._versions, self._next_look = Store(location), threading.Lock(), 0.0
        self._rested = 0.0
        self._opener: threading.Thread | None = None

    @contextmanager
    def lease(self) -> Iterator[Ledger]:
        """A reader that sees the ledger as it is now or was some seconds ago. Raises LedgerError where there is no ledger."""
        generation = self._find_generation()
        ledger = generation.free.get()
        try:
            yield ledger
        finally:
            generation.free.put(ledger)

    @property
    def versions(self) -> Versions:
        """The state of the ledger that one who leases now sees. Raises LedgerError where there is no ledger."""
        return self._find_generation().versions

    def find_age(self, versions: Versions) -> float:
        """Seconds since readers of a newer state took the place of those that saw `versions`: 0 for those of now; infinite for a state
        that somebody has renewed, who wants to see what he wrote."""
        with self._guard:
            if self._now is not None and versions == self._now.versions:
                return 0.0
            return time.monotonic() - self._ended.get(versions, -math.inf)

    def _find_generation(self) -> Generation:
        generation = self._now or self._open()
        self._look(generation)
        return generation

    def _look(self, generation: Generation) -> None:
        """Has new readers opened where the ledger has grown; one thread looks at a time, the others go on."""
        if time.monotonic() >= self._next_look and self._looking.acquire(blocking=False):
            try:
                self._next_look = time.monotonic() + LOOK
                if self._find_versions() != generation.versions:
                    self._open_beside()
            finally:
                self._looking.release()

    def renew(self) -> None:
        """Opens the ledger anew and waits for it, so that what was written before this call is seen after it."""
        self._open()
        with self._guard:
            self._ended.clear()

    def _open(self) -> Generation:
        """Readers that see all: those that are there, or new ones."""
        with self._opening:
            if self._now is None or self._find_versions() != self._now.versions:
                begun = time.monotonic()
                opened = Generation(self._location, self._count)
                ended = time.monotonic()
                with self._guard:
                    first = self._now is None
                    if self._now is not None:
                        self._ended = {seen: moment for seen, moment in self._ended.items() if ended - moment < FORGOTTEN}
                        self._ended[self._now.versions] = ended
                    self._now = opened
                self._rested = ended + max(SHORTEST, REST * (ended - begun))
                if first:
                    threading.Thread(target=self._read_ahead, name="reports", daemon=True).start()
            return self._now

    def _read_ahead(self) -> None:
        """Looks through the reports that were there at first, resting as after an opening, so that requests come first; later ones are
        few."""
        with self.lease() as ledger:
            begun = time.monotonic()
            for _ in prepare_told(ledger):
                time.sleep(REST * (time.monotonic() - begun))
                begun = time.monotonic()

    def _find_versions(self) -> Versions:
        """What the newest commits of the ledger are, whatever the readers see."""
        with self._versions:
            return tuple(self._store.version(name) for name in CHANGING)

    def _open_beside(self) -> None:
        """Opens new readers in a thread of its own, once the last opening has been rested from."""
        with self._guard:
            busy = self._opener is not None and self._opener.is_alive()
            if busy or time.monotonic() < self._rested:
                return
            self._opener = threading.Thread(target=self._try_open, name="readers", daemon=True)
            self._opener.start()

    def _try_open(self) -> None:
        """A ledger that cannot be opened now (its disk is away, say) is asked for again at the next request."""
        try:
            self._open()
        except LedgerError:
            self._rested = time.monotonic() + 1.0
