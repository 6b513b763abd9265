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
from rawabit.web import answers as shelf
from rawabit.web import readers as room
from rawabit.web.answers import Answers
from rawabit.web.readers import Readers


@pytest.fixture
def place(demo_place: str, tmp_path: Path) -> str:
    return str(shutil.copytree(demo_place, tmp_path / "ledger"))


def count(ledger: Ledger) -> int:
    return int(ledger.query("SELECT count(*) AS n FROM documents")["n"][0].as_py())


def test_the_old_view_is_served_until_the_new_one_is_there(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHORTEST", 0.0)
    monkeypatch.setattr(room, "REST", 0.0)
    found = Answers(Readers(place))
    before = found.find("n", count)
    opened, go_on = room.Generation, threading.Event()

    def open_slowly(*arguments: object) -> room.Generation:
        assert go_on.wait(30)
        return opened(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "Generation", open_slowly)
    append_rows(place, "new", 1)
    time.sleep(room.LOOK)
    begun = time.monotonic()
    assert [found.find("n", count), found.find("m", count)] == [before, before] and time.monotonic() - begun < 5
    go_on.set()
    ends = time.monotonic() + 30
    while found.find("n", count) == before and time.monotonic() < ends:
        time.sleep(0.05)
    assert found.find("n", count) == before + 1


def test_what_was_just_written_is_seen_after_renewing(place: str) -> None:
    readers = Readers(place)
    found = Answers(readers)
    before = found.find("n", count)
    append_rows(place, "new", 2)
    readers.renew()
    assert found.find("n", count) == before + 2
    generation = readers._now
    readers.renew()
    assert readers._now is generation


def test_an_old_answer_is_served_while_it_is_made_again_and_no_longer_than_it_may_be(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    readers, go_on, made = Readers(place), threading.Event(), []
    found = Answers(readers)

    def ask(ledger: Ledger) -> int:
        assert not made or go_on.wait(30)
        made.append(count(ledger))
        return made[-1]

    before = found.find("n", ask)
    append_rows(place, "new", 1)
    readers._open()
    assert [found.find("n", ask) for _ in range(3)] == [before] * 3 and made == [before]
    go_on.set()
    ends = time.monotonic() + 30
    while found.find("n", ask) == before and time.monotonic() < ends:
        time.sleep(0.02)
    assert made == [before, before + 1], "made again once"
    append_rows(place, "newer", 1)
    readers._open()
    monkeypatch.setattr(shelf, "OLDEST", -1.0)
    assert found.find("n", ask) == before + 2


def test_many_who_ask_the_same_have_it_made_once(place: str) -> None:
    found, go_on, made = Answers(Readers(place, 2)), threading.Event(), []

    def ask(ledger: Ledger) -> int:
        made.append(1)
        assert go_on.wait(30)
        return count(ledger)

    told: list[int] = []
    threads = [threading.Thread(target=lambda: told.append(found.find("n", ask))) for _ in range(8)]
    for thread in threads:
        thread.start()
    while not made:
        time.sleep(0.01)
    assert found.find("m", count) > 0, "another answer waits for none of them"
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert len(told) == 8 and len(set(told)) == 1 and made == [1]


def test_an_error_is_told_to_each_who_asks_and_never_kept(place: str) -> None:
    readers = Readers(place)
    found = Answers(readers)
    assert found.find("n", count) > 0

    def refuse(ledger: Ledger) -> int:
        raise LedgerError("no. Ask otherwise.")

    for _ in range(2):
        with pytest.raises(LedgerError):
            found.find("m", refuse)
    append_rows(place, "new", 1)
    readers._open()
    assert found.find("n", refuse) > 0, "old, and made again beside"
    ends = time.monotonic() + 30
    while "n" in found._kept and time.monotonic() < ends:
        time.sleep(0.02)
    with pytest.raises(LedgerError):
        found.find("n", refuse)


def test_a_kept_answer_waits_for_no_reader(place: str) -> None:
    readers = Readers(place, 1)
    found = Answers(readers)
    first = found.find("n", count)
    with readers.lease():
        kept = found.find("n", lambda ledger: pytest.fail("asked again"))
    assert kept == first


def test_no_ledger_is_an_error_each_time(tmp_path: Path) -> None:
    found = Answers(Readers(str(tmp_path / "nothing")))
    for _ in range(2):
        with pytest.raises(LedgerError):
            found.find("n", count)
