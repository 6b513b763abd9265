"""A ledger of deeds made to order, one report each."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.rows import Origin, Rows
from rawabit.model import Actor, DateRange, Document, Event, Person, Precision, Reading, Span

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
MakeLedger = Callable[..., Ledger]


def make_reading(number: int, spec: dict[str, Any]) -> Reading:
    """A reading of one event. `spec`: type, actors, recipients and whatever else differs from the defaults."""
    day = spec.get("day", date(2018, 9, 1))
    told = spec.get("published", date(2018, 9, 1))
    title, text = f"word{number} deed{number}", f"thing{number} what{number}\twas told{number}"
    evidence = Span(len(title) + 1, len(title) + 1 + len(text))
    dated = DateRange(day, spec.get("end", day), Precision(spec.get("precision", "day")), evidence) if day else None
    event = Event("e1", spec["type"], spec.get("mode"), spec.get("modality", "actual"), tuple(map(Actor.parse, spec["actors"])),
                  tuple(map(Actor.parse, spec.get("recipients", ()))), evidence, evidence, dated, spec.get("place"), spec.get("country"),
                  quad=spec.get("quad", 1), score=2.5, cameo=spec.get("cameo", "04"), contexts=("diplomatic",))
    doc = Document(id=f"d{number}", source="Outlet", language="ar", published=told, title=title, text=text, url=f"http://o.example/{number}")
    return Reading(document=doc, events=(event,), people=(Person(Span(0, 5), "Some Person", "AZE", "GOV", "president"),))


@pytest.fixture
def make_ledger(tmp_path: Path) -> MakeLedger:
    """What makes a ledger of deeds."""
    def make(*specs: dict[str, Any]) -> Ledger:
        location = str(tmp_path / "ledger")
        rows = Rows("recipe")
        for number, spec in enumerate(specs):
            rows.add_reading(make_reading(number, spec), Origin(f"f:{number}", "hash", MOMENT))
        writer = LedgerWriter(location, "recipe", lambda: MOMENT)
        writer.append_batch(rows.tables(), "run")
        return Ledger(location)
    return make
