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

from rawabit.ledger.ledger import Ledger
from rawabit.model import LedgerError

KEPT = 512
"""Answers that are kept."""
REST = 2.0
"""After an opening, at least so many times what it took passes before the next one: openings take a third of one core at most."""
PATIENCE = 30.0
"""Seconds that `renew` waits."""


class Generation:
    """Readers that were opened together and see the same. `versions`: of the ledger then."""

    def __init__(self, location: str, count: int) -> None:
        self.free: Queue[Ledger] = Queue()
        ledgers = [Ledger(location, held=True) for _ in range(count)]
        for ledger in ledgers:
            ledger.query("SELECT 1")
            self.free.put(ledger)
        self.versions = min(ledger.versions for ledger in ledgers)


class Readers:
    """As many readers of one ledger as `count`; a request waits until one is free. Opens them when first needed."""

    def __init__(self, location: str, count: int = 2) -> None:
        self._location, self._count = location, count
        self._now: Generation | None = None
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._guard, self._opening = threading.Lock(), threading.Lock()
        self._rested = 0.0
        self._opener: threading.Thread | None = None

    @contextmanager
    def lease(self) -> Iterator[Ledger]:
        """A reader that sees the ledger as it is now or was some seconds ago. Raises LedgerError where there is no ledger."""
        generation = self._now or self._open()
        ledger = generation.free.get()
        try:
            if not ledger.is_current():
                self._open_beside()
            yield ledger
        finally:
            generation.free.put(ledger)

    def answer(self, key: Any, ask: Callable[[Ledger], Any]) -> Any:
        """What `ask` finds, or found when it was asked under the same key of the same ledger."""
        with self.lease() as ledger:
            whole = (key, ledger.versions)
            with self._guard:
                if whole in self._answers:
                    self._answers.move_to_end(whole)
                    return self._answers[whole]
            found = ask(ledger)
            with self._guard:
                self._answers[whole] = found
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            return found

    def renew(self) -> None:
        """Opens the ledger anew and waits for it, so that what was written before this call is seen after it."""
        self._open()

    def _open(self) -> Generation:
        """Readers that see all: those that are there, or new ones."""
        with self._opening:
            if self._now is None or not self._sees_all(self._now):
                begun = time.monotonic()
                self._now = Generation(self._location, self._count)
                ended = time.monotonic()
                self._rested = ended + REST * (ended - begun)
            return self._now

    def _sees_all(self, generation: Generation) -> bool:
        """Whether nothing was written since the readers were opened."""
        ledger = generation.free.get(timeout=PATIENCE)
        try:
            return ledger.is_current()
        finally:
            generation.free.put(ledger)

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
