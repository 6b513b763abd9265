"""A ledger of the bundled dispatches, made once for all tests that only read it."""
from __future__ import annotations

import pytest

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from tests.ledger.appender import find_reports


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

