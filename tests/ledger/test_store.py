"""The lake itself: what is told of folders that are no ledger, and of ledgers made by earlier versions."""
from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from appender import add_demo
from deltalake import DeltaTable

from rawabit.ledger import Ledger
from rawabit.ledger.check import check_ledger
from rawabit.ledger.compact import compact_ledger
from rawabit.ledger.meanings import VIEWS
from rawabit.ledger.schema import TABLES
from rawabit.ledger.status import find_status
from rawabit.ledger.store import Store
from rawabit.model import LedgerError


def test_a_ledger_that_is_older_than_a_table_opens(tmp_path: Path) -> None:
    Store(str(tmp_path / "ledger")).create()
    shutil.rmtree(tmp_path / "ledger/foreign_events")
    ledger = Ledger(str(tmp_path / "ledger"))
    assert ledger.query("SELECT count(*) AS n FROM foreign_events").to_pylist() == [{"n": 0}]
    assert "foreign_events" not in [size.table for size in find_status(ledger.location).sizes]
    assert [made.rows for made in compact_ledger(ledger.location)] == [0] * (len(TABLES) - 1)


def test_a_ledger_that_has_a_column_more_is_added_to(tmp_path: Path) -> None:
    place, names = tmp_path / "ledger", list(TABLES["readings"].names)
    Store(str(place)).create()
    shutil.rmtree(place / "readings")
    older = TABLES["readings"].schema.insert(names.index("recorded_at"), pa.field("batch_id", pa.string(), nullable=False))
    DeltaTable.create(str(place / "readings"), older)
    add_demo(str(place), 2, 4)
    assert Ledger(str(place)).documents().num_rows == 4
    assert all(done.after <= 1 for done in compact_ledger(str(place)))
    assert list(check_ledger(str(place))) == []


def test_what_nobody_asks_for_is_not_kept() -> None:
    assert "batch_id" not in TABLES["readings"].names
    assert all(table.order for table in TABLES.values()) and not any(view.order for view in VIEWS.values())


def test_no_ledger_is_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="rawabit add"):
        Ledger(str(tmp_path / "none"))


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(LedgerError, match="empty or new folder"):
        Store(str(tmp_path)).create()
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(LedgerError, match="is a file"):
        Store(str(tmp_path / "file")).create()
