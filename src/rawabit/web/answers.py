"""Answers of pages, kept: what many ask for is made once, and what the ledger's growth has made old is made again beside the requests.

An answer is served at once while the ledger is as it was, and for `OLDEST` seconds after it has grown, in which one thread makes it again;
older ones, and those of a state that somebody has renewed (`Readers.renew`), are made while the reader waits. Those who wait for the same
answer wait for one making of it. Refuses to keep an error: whoever asks again is told again.
"""
from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.web.readers import Readers, Versions

KEPT = 512
"""Answers that are kept."""
OLDEST = 60.0
"""Seconds for which an answer is served after the ledger has grown: a reader who asks again after a pause sees no older page."""
REST = 1.0
"""After an answer was made again, so many times what it took passes before the next one: requests come first."""
Ask = Callable[[Ledger], Any]


class Kept(msgspec.Struct, frozen=True):
    """An answer, and the state of the ledger that it was made of."""

    versions: Versions
    found: Any


class Answers:
    """The answers of one ledger's readers."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._guard = threading.Lock()
        self._kept: OrderedDict[Any, Kept] = OrderedDict()
        self._making: dict[Any, Future[Any]] = {}
        self._old: dict[Any, Ask] = {}
        self._remaker: threading.Thread | None = None
        self.written = 0

    def note_writing(self) -> None:
        """Tells that something was written here; answers that must show it at once have `written`, how often that was, in their key."""
        with self._guard:
            self.written += 1

    def find(self, key: Any, ask: Ask) -> Any:
        """What `ask` finds in the ledger, or found at most `OLDEST` seconds ago under the same key. Raises what `ask` raises."""
        versions = self._readers.versions
        with self._guard:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None or self._readers.find_age(kept.versions) > OLDEST:
            return self._make_once(key, versions, ask)
        if kept.versions != versions:
            self._remake_beside(key, ask)
        return kept.found

    def _make_once(self, key: Any, versions: Versions, ask: Ask) -> Any:
        """Makes an answer, or waits for who makes it of the same state."""
        with self._guard:
            making = self._making.get((key, versions))
            mine = making is None
            if making is None:
                making = self._making[key, versions] = Future()
        if mine:
            try:
                making.set_result(self._make(key, ask))
            except BaseException as error:
                making.set_exception(error)
            finally:
                with self._guard:
                    del self._making[key, versions]
        return making.result()

    def _make(self, key: Any, ask: Ask) -> Any:
        with self._readers.lease() as ledger:
            found = ask(ledger)
            versions = ledger.versions
        with self._guard:
            self._kept[key] = Kept(versions, found)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def _remake_beside(self, key: Any, ask: Ask) -> None:
        """Has an answer made again by the one thread that does so."""
        with self._guard:
            self._old.setdefault(key, ask)
            if self._remaker is None:
                self._remaker = threading.Thread(target=self._remake_all, name="answers", daemon=True)
                self._remaker.start()

    def _remake_all(self) -> None:
        """Makes old answers again, in the order in which they were asked for, until there are none."""
        while (due := self._next_old()) is not None:
            begun = time.monotonic()
            self._remake(*due)
            time.sleep(REST * (time.monotonic() - begun))

    def _next_old(self) -> tuple[Any, Ask] | None:
        with self._guard:
            key = next(iter(self._old), None)
            if key is None:
                self._remaker = None
                return None
            return key, self._old[key]

    def _remake(self, key: Any, ask: Ask) -> None:
        """An answer that cannot be made any more is kept no longer: who asks next is told why."""
        try:
            self._make(key, ask)
        except Exception:
            with self._guard:
                self._kept.pop(key, None)
        finally:
            with self._guard:
                del self._old[key]
