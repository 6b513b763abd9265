"""The local server, and a client that may talk to it and never really sleeps."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from rawabit.source import WebClient, WebLimits
from tests.source.makers import NOW
from tests.source.server import LocalServer, open_server


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with open_server() as found:
        yield found


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def client(slept: list[float]) -> Iterator[WebClient]:
    with WebClient(allow_private=True, clock=lambda: NOW, sleep=slept.append, limits=WebLimits(seconds=5)) as found:
        yield found
