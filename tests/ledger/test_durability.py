"""Nothing is lost: writers beside each other, killed, without room, without leave. `RAWABIT_KILLS=30 RAWABIT_APPENDS=50` for the whole."""
from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from appender import add_demo, append_rows
from harness import add_killed, append_beside, find_content, find_faults, start_appender

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.check import check_ledger
from rawabit.ledger.store import Store
from rawabit.model import LedgerError

APPENDS = int(os.environ.get("RAWABIT_APPENDS", "5"))
KILLS = int(os.environ.get("RAWABIT_KILLS", "4"))
SEED = 2018


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled reports, added in one unbroken run."""
    ledger = tmp_path_factory.mktemp("whole") / "ledger"
    add_demo(str(ledger), 6)
    return ledger


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk of its own, with options; needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def make(options: str) -> Path:
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode:
            pytest.skip("a disk of its own cannot be mounted: needs root and the right to mount")
        return folder

    yield make
    if os.path.ismount(folder):
        subprocess.run(["umount", folder], check=True)


def count(ledger: Path, sql: str) -> int:
    found = Ledger(str(ledger)).query(sql).column(0)[0].as_py()
    assert isinstance(found, int)
    return found


def test_four_writers_at_once(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    assert append_beside(ledger, 4, APPENDS) == [""] * 4
    append_rows(str(tmp_path / "one"), "w0", 1)
    events = count(tmp_path / "one", "SELECT count(*) FROM events")
    for table in ("documents", "readings"):
        assert count(ledger, f"SELECT count(*) FROM raw_{table}") == 4 * APPENDS
        assert count(ledger, f"SELECT count(DISTINCT {table[:-1]}_id) FROM raw_{table}") == 4 * APPENDS
    assert count(ledger, "SELECT count(*) FROM raw_events") == count(ledger, "SELECT count(*) FROM tellings") == 4 * APPENDS * events
    assert list(check_ledger(str(ledger))) == []


def test_four_writers_make_one_ledger(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for number in range(6):
        barrier = context.Barrier(4)
        running = [context.Process(target=_open, args=(barrier, str(tmp_path / str(number)))) for _ in range(4)]
        for process in running:
            process.start()
        for process in running:
            process.join()
        assert [process.exitcode for process in running] == [0] * 4
        assert list(check_ledger(str(tmp_path / str(number)))) == []


def _open(barrier: Barrier, location: str) -> None:
    barrier.wait()
    LedgerWriter(location, "test")


def test_the_same_reports_by_two_writers_count_once(tmp_path: Path, whole: Path) -> None:
    ledger = tmp_path / "ledger"
    running = [start_appender(ledger, "demo", 6) for _ in range(2)]
    assert [process.communicate()[1] for process in running] == [b"", b""]
    shown, wanted = find_content(ledger), find_content(whole)
    for doc in (*shown["documents"], *wanted["documents"]):
        del doc["family"]  # which of two near-identical reports came first depends on which writer was first
    for view in ("documents", "statements", "figures", "ties", "people", "issues"):
        assert shown[view] == wanted[view], view
    assert [row["event_id"] for row in shown["tellings"]] == [row["event_id"] for row in wanted["tellings"]]
    assert len(shown["dyads"]) == len(wanted["dyads"])
    assert find_faults(ledger) == []


def test_killed_at_random_moments(tmp_path: Path, whole: Path) -> None:
    ledger, start = tmp_path / "ledger", time.monotonic()
    assert start_appender(tmp_path / "timed", "demo", 6).wait() == 0
    assert add_killed(ledger, 6, KILLS, random.Random(SEED), 0.8 * (time.monotonic() - start)) > 0
    assert find_content(ledger) == find_content(whole)


def test_a_batch_cut_off_and_begun_otherwise(tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "ledger"
    for last in ("documents", "events", "deeds", "issues"):
        with pytest.raises(LedgerError), monkeypatch.context() as patch:
            patch.setattr("rawabit.ledger.store.Store.append", _failing(last))
            add_demo(str(ledger), 9)
        assert find_faults(ledger) == []
        assert count(ledger, "SELECT count(*) FROM tellings") == 0
    add_demo(str(ledger), 6)
    assert find_content(ledger) == find_content(whole)
    assert {finding.kind for finding in check_ledger(str(ledger))} == {"batch cut off"}


def _failing(last: str) -> Callable[..., None]:
    append = Store.append

    def fail(store: Store, name: str, rows: object) -> None:
        append(store, name, rows)
        if name == last:
            raise LedgerError("cut off")

    return fail


def test_a_reader_beside_a_writer_sees_batches_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "ledger"
    add_demo(str(ledger), 6, 6)
    before = find_content(ledger)
    opened: list[str] = []

    def files(store: Store, name: str) -> list[str]:
        found = list(store.table(name).file_uris())
        opened.append(name)
        if len(opened) == 1:
            add_demo(str(ledger), 6, 12)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Store, "files", files)
        reader = Ledger(str(ledger))
    for view in ("documents", "tellings", "deeds", "dyads"):
        assert reader.query(f"SELECT count(*) FROM {view}").column(0)[0].as_py() == len(before[view])
    assert Ledger(str(ledger)).documents().num_rows == 12


def test_full_disk(mount: Callable[[str], Path], tmp_path: Path) -> None:
    ledger = mount("size=900k") / "ledger"
    add_demo(str(ledger), 6, 6)
    before = find_content(ledger)
    Path(ledger.parent / "filler").write_bytes(b"x" * max(0, shutil.disk_usage(ledger.parent).free - 40_000))
    with pytest.raises(LedgerError, match=r"is full\. Free some space"):
        add_demo(str(ledger), 6)
    assert find_content(ledger) == before
    assert find_faults(ledger) == []
    (ledger.parent / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", ledger.parent], check=True)
    add_demo(str(ledger), 6)
    add_demo(str(tmp_path / "other"), 6)
    assert find_content(ledger) == find_content(tmp_path / "other")


def test_read_only_folder(mount: Callable[[str], Path]) -> None:
    ledger = mount("size=8m") / "ledger"
    add_demo(str(ledger), 6, 6)
    before = find_content(ledger)
    subprocess.run(["mount", "-o", "remount,ro", ledger.parent], check=True)
    with pytest.raises(LedgerError, match="may not be written"):
        add_demo(str(ledger), 6)
    assert find_content(ledger) == before
    assert find_faults(ledger) == []
    with pytest.raises(LedgerError, match="may not be written"):
        add_demo(str(ledger.with_name("new")), 6)
