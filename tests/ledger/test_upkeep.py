"""`rawabit ledger status`, `check`, `compact`, `rebuild`."""
from __future__ import annotations

import itertools
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from appender import add_demo, find_reports
from click.testing import CliRunner, Result
from deltalake import DeltaTable, write_deltalake
from harness import find_content

from rawabit.cli import main
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, read_rows
from rawabit.ledger.check import check_ledger, find_circles
from rawabit.ledger.compact import compact_ledger
from rawabit.ledger.compact import find_content as find_hash
from rawabit.ledger.rebuild import find_stale, rebuild_ledger
from rawabit.ledger.review import find_record, judge_records
from rawabit.ledger.schema import BATCH, RECORDS, TABLES
from rawabit.ledger.status import Gap, find_gaps, find_status
from rawabit.ledger.store import Store
from rawabit.model import LedgerError
from rawabit.source import Sourced


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of some bundled reports in several batches."""
    ledger = tmp_path_factory.mktemp("made") / "ledger"
    add_demo(str(ledger), 4, 12)
    return ledger


def ledger(place: str, *arguments: str) -> Result:
    """`rawabit ledger …`."""
    return CliRunner().invoke(main, ["ledger", *arguments, "--ledger", place])


def spoil(place: str, table: str, changed: dict[str, Any], only: str) -> None:
    """Rewrites the first row of a table that fits, as no writer would."""
    rows = Ledger(place).query(f"SELECT * FROM raw_{table} ORDER BY ({only} AND recorded_at IS NOT NULL) DESC").to_pylist()
    rows[0] = {**rows[0], **changed}
    write_deltalake(f"{place}/{table}", pa.Table.from_pylist(rows, schema=TABLES[table].schema), mode="overwrite")


FAULTS: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("events", "span outside text", {"evidence_end": 999_999}, "true", "999999"),
    ("statements", "span outside text", {"evidence_start": -1}, "true", "-1"),
    ("events", "words differ", {"evidence": "other"}, "true", "other words"),
    ("events", "words differ", {"trigger": "other"}, "true", "this trigger"),
    ("figures", "words differ", {"evidence": "other"}, "true", "other words"),
    ("events", "broken link", {"same_as": "nowhere"}, "true", "same_as nowhere"),
    ("events", "broken link", {"document_id": "nowhere"}, "true", "not that of its reading"),
    ("readings", "broken link", {"document_id": "nowhere"}, "true", "document_id nowhere"),
    ("deeds", "broken link", {"event_id": "nowhere"}, "event_id IS NOT NULL", "event_id nowhere"),
    ("deeds", "broken link", {"beside": "nowhere"}, "beside IS NOT NULL", "beside nowhere"),
    ("deeds", "broken link", {"event_id": None, "merged_from": "nowhere"}, "event_id IS NOT NULL", "merged_from nowhere"),
    ("dyads", "broken link", {"event_id": "nowhere"}, "true", "event_id nowhere"),
    ("documents", "broken link", {"family": "nowhere"}, "true", "family nowhere"),
    ("events", "dates reversed", {"start": date(2020, 1, 2), "end": date(2020, 1, 1)}, "true", "2020-01-02 comes after"),
]


@pytest.mark.parametrize("table, kind, changed, only, text", FAULTS, ids=[f"{row[0]}-{row[1]}-{min(row[2])}" for row in FAULTS])
def test_check_finds(place: str, table: str, kind: str, changed: dict[str, Any], only: str, text: str) -> None:
    spoil(place, table, changed, only)
    told = ledger(place, "check", "--format", "jsonl")
    assert told.exit_code == 1
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert any(row["kind"] == kind and row["table"] == table and text in row["text"] for row in found), found
    assert len({row["issue_id"] for row in found}) == len(found)
    again = [json.loads(line) for line in ledger(place, "check", "--format", "jsonl").stdout.splitlines()]
    assert [row["issue_id"] for row in again] == [row["issue_id"] for row in found]


@pytest.mark.parametrize("table", ["documents", *RECORDS, "deeds", "dyads"])
def test_check_finds_doubled_ids(place: str, table: str) -> None:
    store = Store(place)
    rows = Ledger(place).query(f"SELECT * FROM raw_{table} LIMIT 1")
    assert rows.num_rows
    store.append(table, rows)
    assert ("doubled id", table) in {(finding.kind, finding.table) for finding in check_ledger(place)}


def test_check_finds_lost_files(place: str) -> None:
    file = Path(Store(place).files("events")[0].removeprefix("file://"))
    file.unlink()
    (finding,) = check_ledger(place)
    assert (finding.kind, finding.table, finding.id) == ("file lost", "events", file.name)
    shutil.rmtree(Path(place) / "ties")
    assert {finding.kind for finding in check_ledger(place)} == {"file lost", "table lost"}


def test_check_of_a_sound_ledger(place: str) -> None:
    told = ledger(place, "check")
    assert (told.exit_code, told.stdout) == (0, "sound\n")
    assert ledger(f"{place}/none", "check").exit_code == 1


def test_circles() -> None:
    assert find_circles({"a": "b", "b": "c", "c": "b", "d": "a", "e": "f"}) == [frozenset("bc")]
    assert find_circles({"a": "b", "b": "c"}) == []


def test_status(place: str) -> None:
    found = find_status(place)
    assert found.reports == sum(found.by_day.values()) == sum(found.by_outlet.values()) == found.by_language["ar"] == 12
    assert {size.table for size in found.sizes} == set(TABLES)
    assert sum(size.bytes for size in found.sizes) > 0
    assert next(size.rows for size in found.sizes if size.table == "documents") == 12
    assert json.loads(ledger(place, "status", "--format", "json").output)["records"] == found.records
    assert "12 reports (0 not read)" in ledger(place, "status").output


def test_gaps() -> None:
    days = [date(2020, 2, 27), date(2020, 2, 28), date(2020, 3, 1), date(2020, 3, 5)]
    assert find_gaps(days) == [Gap(date(2020, 2, 29), date(2020, 2, 29), 1), Gap(date(2020, 3, 2), date(2020, 3, 4), 3)]


def count_runs(place: str) -> int:
    """How often the pair changes from row to row: the fewer, the closer the rows of a pair lie."""
    pairs = Ledger(place).query("SELECT pair FROM raw_dyads").column(0).to_pylist()
    return sum(one != other for one, other in itertools.pairwise(pairs))


def test_compact_keeps_every_row(place: str) -> None:
    store, before = Store(place), find_content(Path(place))
    hashes = {name: find_hash(name, store.files(name)) for name in TABLES}
    open_before = Ledger(place)
    strewn = count_runs(place)
    assert all(done.after <= 1 for done in compact_ledger(place))
    assert {name: find_hash(name, store.files(name)) for name in TABLES} == hashes
    assert find_content(Path(place)) == before
    assert open_before.query("SELECT count(*) FROM events").column(0)[0].as_py() == len(before["events"])
    assert count_runs(place) < strewn
    assert list(check_ledger(place)) == []
    assert "1 → 1 files" in ledger(place, "compact").output


def test_compact_beside_a_writer(place: str) -> None:
    writer = LedgerWriter(place, "test")
    list(compact_ledger(place))
    reports = list(find_reports("more"))[:6]
    add_reports(iter(reports), writer, None, "test", lambda tally: list(compact_ledger(place)) and None, 2)
    assert Ledger(place).documents().num_rows == 18
    assert list(check_ledger(place)) == []


def test_compact_that_would_change_rows_is_put_back(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find_content(Path(place))
    answers = iter(range(100))
    with monkeypatch.context() as patch, pytest.raises(LedgerError, match="put back"):
        patch.setattr("rawabit.ledger.compact.find_content", lambda name, files: (next(answers), 0))
        list(compact_ledger(place))
    assert find_content(Path(place)) == before


def test_vacuum_keeps_what_counts(place: str) -> None:
    list(compact_ledger(place))
    before = find_content(Path(place))
    left = Path(place, "events", "part-of-a-writer-cut-off.zstd.parquet")
    left.write_bytes(b"PAR1")
    assert sum(done.vacuumed for done in compact_ledger(place, 168)) == 0
    assert left.exists()
    assert sum(done.vacuumed for done in compact_ledger(place, 0)) > 10
    assert find_content(Path(place)) == before
    assert len(list(Path(place, "events").glob("*.parquet"))) == 1


def later(place: str) -> LedgerWriter:
    return LedgerWriter(place, "a later recipe")


def tellings(place: str, **clocks: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = Ledger(place, **clocks).query(
        "SELECT deed_id, document_id, type, actors, trigger_start FROM tellings ORDER BY ALL").to_pylist()
    return rows


def test_rebuild_keeps_deeds_and_the_past(place: str) -> None:
    before, moment = tellings(place), datetime.now(UTC)
    old = find_content(Path(place))
    stale = find_stale(place, "a later recipe")
    assert len(stale) == 12
    assert list(rebuild_ledger(later(place), stale, None, "test", 5)) == [5, 10, 12]
    assert tellings(place) == before
    assert set(Ledger(place).query("SELECT recipe FROM documents").column(0).to_pylist()) == {"a later recipe"}
    past = Ledger(place, recorded_by=moment)
    assert past.query("SELECT * FROM tellings ORDER BY event_id").column("event_id").to_pylist() == [r["event_id"] for r in old["tellings"]]
    assert past.query("SELECT DISTINCT recipe FROM documents").num_rows == 1
    assert tellings(place, as_of=moment) == before
    assert Ledger(place).query("SELECT count(*) FROM raw_documents").column(0)[0].as_py() == 12
    assert find_stale(place, "a later recipe") == []
    assert list(check_ledger(place)) == []


def test_rebuild_cut_off_goes_on(place: str) -> None:
    before = tellings(place)
    run = rebuild_ledger(later(place), find_stale(place, "a later recipe"), None, "test", 5)
    next(run)
    run.close()
    assert tellings(place) == before
    stale = find_stale(place, "a later recipe")
    assert len(stale) == 7
    list(rebuild_ledger(later(place), stale, None, "test", 5))
    assert tellings(place) == before


def test_rebuild_carries_judgements_of_unchanged_records(place: str) -> None:
    wrong = find_record(Ledger(place), Ledger(place).query("SELECT min(event_id) FROM events").column(0)[0].as_py())
    judge_records(later(place), Ledger(place), [wrong], "reject", "eve", "no deed")
    before = len(tellings(place))
    list(rebuild_ledger(later(place), find_stale(place, "a later recipe"), None, "test"))
    assert len(tellings(place)) == before
    carried = Ledger(place).query("SELECT * FROM reviews ORDER BY recorded_at DESC").to_pylist()[0]
    assert (carried["judgement"], carried["reviewer"], carried["note"]) == ("reject", "eve", f"carried over from {wrong.id}")
    assert list(check_ledger(place)) == []


def test_rebuild_of_what_could_not_be_read(tmp_path: Path) -> None:
    place = str(tmp_path / "ledger")
    (report, *_) = find_reports()
    foreign = Sourced(report.where, msgspec.structs.replace(report.document, language="xx", published=None), "0" * 64, report.retrieved)
    add_reports(iter([foreign]), LedgerWriter(place, "first"), None, "test", lambda tally: None)
    assert Ledger(place).documents().num_rows == 0
    assert find_status(place).failed == 1
    list(rebuild_ledger(later(place), find_stale(place, "a later recipe"), None, "test"))
    assert find_stale(place, "a later recipe") == []
    assert find_status(place).failed == 1
    assert list(check_ledger(place)) == []


def test_rebuild_command(place: str) -> None:
    assert "0 reports read again" in ledger(place, "rebuild", "--from-documents").output
    assert ledger(place, "rebuild").exit_code == 2
    assert ledger(f"{place}/none", "rebuild", "--from-documents").exit_code == 1
    assert not Path(f"{place}/none").exists()


def test_append_of_nothing_makes_no_commit(place: str) -> None:
    store = Store(place)
    versions = {name: store.version(name) for name in BATCH}
    made = read_rows([], "test")
    assert set(made) <= set(BATCH)
    store.append("events", TABLES["events"].schema.empty_table())
    assert {name: DeltaTable(f"{place}/{name}").version() for name in BATCH} == versions
