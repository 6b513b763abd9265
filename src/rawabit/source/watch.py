"""A time limit on one fetch as a whole: a server that sends a byte now and then keeps every single wait short, but not the sum.

A timer shuts the connection down from outside when time is up; reading then ends at once. It works on a second handle of the socket,
since the handshake of TLS takes the first away.
"""
from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Self


class Watch:
    """Shuts down the connections that it is told of once the seconds are over."""

    def __init__(self, seconds: float) -> None:
        self._end, self._sockets, self._lock = time.monotonic() + seconds, list[socket.socket](), threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        with self._lock:
            for twin in self._sockets:
                twin.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._end - time.monotonic()

    @property
    def late(self) -> bool:
        """Whether time is up."""
        return self.left <= 0

    def check(self) -> None:
        """Raises httpx.ReadTimeout where time is up: a body that was shut down may look whole."""
        import httpx

        if self.late:
            raise httpx.ReadTimeout("time is up")

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """What the connection tells as it goes along (httpx's `trace` extension)."""
        if event == "connection.connect_tcp.complete":
            with self._lock:
                self._sockets.append(info["return_value"].get_extra_info("socket").dup())
        if self.late:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            for twin in self._sockets:
                with suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)
