"""Ledgers opened for reading, lent to one request at a time, and opened anew when the ledger has grown; and answers, kept
until then.

A `Ledger` is not for several threads at once, so each lease is one thread's own.
"""
from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

from rawabit.ledger.ledger import Ledger

KEPT = 512
"""Answers that are kept."""


class Readers:
    """As many readers of one ledger as `count`; a request waits until one is free. Opens them when first needed."""

    def __init__(self, location: str, count: int = 2) -> None:
        self._location = location
        self._free: Queue[Ledger | None] = Queue()
        for _ in range(count):
            self._free.put(None)
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._guard = threading.Lock()

    @contextmanager
    def lease(self) -> Iterator[Ledger]:
        """A reader that sees the ledger as it is now. Raises LedgerError where there is no ledger."""
        held = self._free.get()
        try:
            held = self._refresh(held)
            yield held
        finally:
            self._free.put(held)

    def answer(self, key: Any, ask: Callable[[Ledger], Any]) -> Any:
        """What `ask` finds, or found when it was asked under the same key of the ledger as it is now."""
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

    def _refresh(self, held: Ledger | None) -> Ledger:
        if held is None:
            return Ledger(self._location, held=True)
        if not held.is_current():
            held.refresh()
        return held
