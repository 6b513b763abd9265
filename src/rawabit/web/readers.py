"""Ledgers opened for reading, lent to one request at a time; opened anew beside the requests when the ledger has grown; and answers, kept
until then.

A `Ledger` is not for several threads at once, so each lease is one thread's own. To open one on 70,000 tellings takes 0.6 s, so nobody
waits for it: while a writer adds, requests are answered from the ledger as it was when it was last opened, at most some seconds ago.
`renew` is for one who has just written and wants to see it.
"""
from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

from rawabit.ledger.ledger import CHANGING, Ledger
from rawabit.ledger.store import Store
from rawabit.model import LedgerError

KEPT = 512
"""Answers that are kept."""
SETTINGS = 4
"""Days as of which a reader holds its views at one time: on 70,000 tellings each takes 100 MB, and 0.6 s when it is asked for anew."""
REST = 2.0
"""After an opening, at least so many times what it took passes before the next one: openings take a third of one core at most."""
SHORTEST = 3.0
"""Seconds that pass at least: each opening begins with no answers kept."""
LOOK = 0.25
"""Seconds between two looks at whether the ledger has grown."""


class Generation:
    """Readers that were opened together and see the same. `versions`: of the ledger then."""

    def __init__(self, location: str, count: int) -> None:
        self.free: Queue[Ledger] = Queue()
        first = Ledger(location, held=True, kept=SETTINGS)
        ledgers = [first, *(first.twin() for _ in range(count - 1))]
        for ledger in ledgers:
            ledger.query("SELECT 1")
            self.free.put(ledger)
        self.versions = first.versions


class Readers:
    """As many readers of one ledger as `count`; a request waits until one is free. Opens them when first needed."""

    def __init__(self, location: str, count: int = 2) -> None:
        self._location, self._count = location, count
        self._now: Generation | None = None
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._guard, self._opening, self._looking = threading.Lock(), threading.Lock(), threading.Lock()
        self._store, self._versions, self._next_look = Store(location), threading.Lock(), 0.0
        self._rested = 0.0
        self._opener: threading.Thread | None = None

    @contextmanager
    def lease(self) -> Iterator[Ledger]:
        """A reader that sees the ledger as it is now or was some seconds ago. Raises LedgerError where there is no ledger."""
        generation = self._now or self._open()
        self._look(generation)
        ledger = generation.free.get()
        try:
            yield ledger
        finally:
            generation.free.put(ledger)

    def answer(self, key: Any, ask: Callable[[Ledger], Any]) -> Any:
        """What `ask` finds, or found when it was asked under the same key of the same ledger: then no reader is waited for."""
        generation = self._now or self._open()
        kept = self._find_kept((key, generation.versions))
        if kept is not None:
            self._look(generation)
            return kept[0]
        with self.lease() as ledger:
            kept = self._find_kept((key, ledger.versions))
            return kept[0] if kept is not None else self._keep((key, ledger.versions), ask(ledger))

    def _find_kept(self, whole: Any) -> tuple[Any] | None:
        with self._guard:
            if whole not in self._answers:
                return None
            self._answers.move_to_end(whole)
            return (self._answers[whole],)

    def _keep(self, whole: Any, found: Any) -> Any:
        with self._guard:
            self._answers[whole] = found
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return found

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

    def _open(self) -> Generation:
        """Readers that see all: those that are there, or new ones."""
        with self._opening:
            if self._now is None or self._find_versions() != self._now.versions:
                begun = time.monotonic()
                self._now = Generation(self._location, self._count)
                ended = time.monotonic()
                self._rested = ended + max(SHORTEST, REST * (ended - begun))
            return self._now

    def _find_versions(self) -> tuple[int, ...]:
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
