"""Readers beside a writer: nobody waits for a ledger to be opened, what was just written is seen when it is asked for, answers are kept."""
from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from tests.ledger.appender import append_rows

from rawabit.ledger import Ledger
from rawabit.model import LedgerError
from rawabit.web import readers as room
from rawabit.web.readers import Readers


@pytest.fixture
def place(demo_place: str, tmp_path: Path) -> str:
    return str(shutil.copytree(demo_place, tmp_path / "ledger"))


def count(ledger: Ledger) -> int:
    return int(ledger.query("SELECT count(*) AS n FROM documents")["n"][0].as_py())


def test_the_old_view_is_served_until_the_new_one_is_there(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHORTEST", 0.0)
    monkeypatch.setattr(room, "REST", 0.0)
    found = Readers(place)
    before = found.answer("n", count)
    opened, go_on = room.Generation, threading.Event()

    def open_slowly(*arguments: object) -> room.Generation:
        assert go_on.wait(30)
        return opened(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "Generation", open_slowly)
    append_rows(place, "new", 1)
    time.sleep(room.LOOK)
    begun = time.monotonic()
    assert [found.answer("n", count), found.answer("m", count)] == [before, before] and time.monotonic() - begun < 5
    go_on.set()
    ends = time.monotonic() + 30
    while found.answer("n", count) == before and time.monotonic() < ends:
        time.sleep(0.05)
    assert found.answer("n", count) == before + 1


def test_what_was_just_written_is_seen_after_renewing(place: str) -> None:
    found = Readers(place)
    before = found.answer("n", count)
    append_rows(place, "new", 2)
    found.renew()
    assert found.answer("n", count) == before + 2
    generation = found._now
    found.renew()
    assert found._now is generation


def test_a_kept_answer_waits_for_no_reader(place: str) -> None:
    found = Readers(place, 1)
    first = found.answer("n", count)
    with found.lease():
        kept = found.answer("n", lambda ledger: pytest.fail("asked again"))
    assert kept == first


def test_no_ledger_is_an_error_each_time(tmp_path: Path) -> None:
    found = Readers(str(tmp_path / "nothing"))
    for _ in range(2):
        with pytest.raises(LedgerError):
            found.answer("n", count)
