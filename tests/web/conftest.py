"""The observatory over a ledger of the bundled dispatches, and over one of hostile reports."""
from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.hostile import HOSTILE

from rawabit.ledger import LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.model import Document
from rawabit.source import Sourced
from rawabit.web import Settings, make_app

TAKEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def place(demo_place: str, tmp_path: Path) -> str:
    """Where a ledger of the dispatches lies that may be written to."""
    return str(shutil.copytree(demo_place, tmp_path / "ledger"))


@pytest.fixture
def writer(place: str) -> Iterator[TestClient]:
    """Asks an observatory that may be written to."""
    with TestClient(make_app(Settings(place)), follow_redirects=False) as made:
        yield made


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
