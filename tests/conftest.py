"""A ledger of the bundled dispatches, made once for all tests that only read it."""
from __future__ import annotations

import pytest

from rawabit.demo import read_dispatches
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.lexicon.load import known_languages
from rawabit.source import Sourced
from rawabit.source.outcome import utc_now


@pytest.fixture(scope="session")
def demo_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a ledger of the dispatches lies."""
    place = str(tmp_path_factory.mktemp("demo") / "ledger")
    docs = [doc for doc in read_dispatches() if doc.language in known_languages()]
    outcomes = [Sourced(f"dispatches.jsonl:{n}", doc, "00", utc_now()) for n, doc in enumerate(docs, 1)]
    add_reports(outcomes, LedgerWriter(place, find_recipe()), None, "test", lambda tally: None)
    return place


@pytest.fixture(scope="session")
def demo_ledger(demo_place: str) -> Ledger:
    """It, opened."""
    return Ledger(demo_place)

