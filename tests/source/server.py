"""A web server in a thread that serves what it is told to, hostile things included."""
from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Asked(BaseHTTPRequestHandler):
    """One request; what answers it is found by the path up to a question mark."""

    server: LocalServer

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked[path] += 1
        self.server.headers.append(dict(self.headers))
        route = self.server.routes.get(path)
        with suppress(OSError):
            if route is None:
                self.answer(b"", status=404)
            elif isinstance(route, bytes | str):
                self.answer(route if isinstance(route, bytes) else route.encode())
            else:
                route(self)

    def answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        """A whole answer; underscores in names of headers stand for hyphens."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, place: str, status: int = 302) -> None:
        """An answer that points elsewhere."""
        self.answer(b"", status=status, Location=place)

    def pour(self, block: bytes, count: int, **headers: str) -> None:
        """A body that is made while it is sent; counts what was sent."""
        self.answer(b"", **headers)
        for _ in range(count):
            self.wfile.write(block)
            self.server.sent += len(block)

    def drip(self, data: bytes, wait: float) -> None:
        """Bytes one by one."""
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(wait)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


Route = bytes | str | Callable[[Asked], None]


class LocalServer(ThreadingHTTPServer):
    """Routes that tests fill in, and what was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.routes: dict[str, Route] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.sent = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up on hostile answers."""


@contextmanager
def open_server() -> Iterator[LocalServer]:
    server = LocalServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
