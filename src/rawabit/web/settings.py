"""What an observatory is started with."""
from __future__ import annotations

import secrets

import msgspec

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names by which a machine calls itself."""


class Settings(msgspec.Struct, frozen=True):
    """`ledger`: folder or address. `host`, `port`: where it listens. `token`: what a reader must give; None: nothing, on this machine
    alone. `secret` signs the forms of writing pages. `read_only`: no page writes. `most_bytes` of a request's body; `most_requests` of one
    address in a minute that write or fetch."""

    ledger: str
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    secret: str = msgspec.field(default_factory=secrets.token_urlsafe)
    read_only: bool = False
    most_bytes: int = 2_000_000
    most_requests: int = 60

    @property
    def is_local(self) -> bool:
        """Whether only this machine is listened to."""
        return self.host in LOCAL
