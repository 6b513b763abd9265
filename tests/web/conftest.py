"""The observatory over a ledger of the bundled dispatches, and over one of hostile reports."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient
from tests.ledger.appender import find_reports
from tests.web.hostile import HOSTILE

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.model import Document
from rawabit.source import Sourced
from rawabit.web import Settings, make_app

TAKEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a ledger of the dispatches lies."""
    place = str(tmp_path_factory.mktemp("demo") / "ledger")
    add_reports(find_reports(), LedgerWriter(place, find_recipe()), None, "test", lambda tally: None)
    return place


@pytest.fixture(scope="session")
def demo_ledger(demo_place: str) -> Ledger:
    """It, opened."""
    return Ledger(demo_place)


@pytest.fixture(scope="session")
def hostile_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a ledger of hostile reports lies: `hostile`."""
    place = str(tmp_path_factory.mktemp("hostile") / "ledger")
    docs = [Document(name, title, text, outlet, "ar", date(2025, 1, 2), url) for name, (title, text, outlet, url) in HOSTILE.items()]
    sourced = [Sourced(f"made:{doc.id}", doc, "0" * 64, TAKEN) for doc in docs]
    add_reports(sourced, LedgerWriter(place, find_recipe()), None, "test", lambda tally: None)
    return place


@pytest.fixture(scope="session")
def client(demo_place: str) -> Iterator[TestClient]:
    """Asks the observatory of the dispatches."""
    with TestClient(make_app(Settings(demo_place))) as made:
        yield made


@pytest.fixture(scope="session")
def hostile(hostile_place: str) -> Iterator[TestClient]:
    """Asks the observatory of hostile reports."""
    with TestClient(make_app(Settings(hostile_place))) as made:
        yield made
