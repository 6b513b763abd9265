"""CSV and Parquet: columns named as JSON keys, one report a row, each with its place."""
from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rawabit.source import Intake, Sourced, table
from rawabit.source.files import take_paths
from rawabit.source.outcome import Limits, make_hash
from tests.source.makers import REPORT, TEXT, TITLE, failures_of, ids_of, make_zip, take


def write_csv(path: Path, rows: list[list[str]], separator: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_parquet(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


# ---- CSV -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256"])
def test_csv(tmp_path: Path, separator: str, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", [list(REPORT), list(REPORT.values()), ["r2", TITLE + separator + "2", TEXT]], separator, encoding)
    found = take(path)
    assert ids_of(found) == ["r1", "r2"] and [f.where for f in found] == [f"{path}:2", f"{path}:3"]
    first, second = (f for f in found if isinstance(f, Sourced))
    assert {name: getattr(first.document, name) for name in REPORT} == {**REPORT, "published": date(2025, 10, 9)}
    assert second.document.title == f"{TITLE}{separator}2" and second.document.published is None
    assert first.issues == (() if encoding.startswith("utf") else ("not UTF-8: read as cp1256.",))


def test_csv_rows_over_several_lines_keep_their_place_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'Title,CONTENT,Date,mood\n"{TITLE}","{TEXT}\n{TEXT}",2025-10-09,x\n\n"{TITLE} ""2""",{TEXT},2025-10-08,\n')
    first, second = (f for f in take(path) if isinstance(f, Sourced))
    assert (first.where, second.where) == (f"{path}:2", f"{path}:5")
    assert first.document.text == f"{TEXT}\n{TEXT}" and second.document.title == f'{TITLE} "2"'
    assert first.raw_hash == make_hash(f'"{TITLE}","{TEXT}\n{TEXT}",2025-10-09,x'.encode())
    assert first.issues == ("keys not used: mood.",)


@pytest.mark.parametrize(("row", "message"), [
    ('"a"b,c', "cannot be taken apart"), ("a,b,c", "a row of 3 cells under a header of 2"), ('" ", ', None), (",", None),
])
def test_a_bad_row_does_not_stop_the_next(tmp_path: Path, row: str, message: str | None) -> None:
    (tmp_path / "a.csv").write_text(f"id,text\n1,{TEXT}\n{row}\n3,{TEXT}\n")
    found = take(tmp_path / "a.csv")
    assert ids_of(found) == ["1", "3"]
    assert [f"{tmp_path}/a.csv:3" in text and message in text and "quotation marks" in text for text in failures_of(found) if message] == [
        True] * bool(message)


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\n1,{TEXT}\n2,"{TEXT}\n' + f"3,{TEXT}\n" * 50)
    assert "a.csv:3: a row that cannot be taken apart (unexpected end of data)" in failures_of(take(tmp_path / "a.csv"))[0]
    monkeypatch.setattr(table, "MAXIMAL_LINE", 2000)
    found = take(tmp_path / "a.csv")
    assert ids_of(found) == ["1"] and "perhaps a quotation mark is never closed" in failures_of(found)[0]


@pytest.mark.parametrize(("data", "message"), [
    (b"a,b\n1,2\n", "no column named title or text"), (b"text,Text\n1,2\n", "more than one column named text"), (b"", "empty"),
    (b"\n \n", "empty"), (b"%PDF-1.7\n", "a PDF"), ("text\n".encode("utf-16"), "Save it as UTF-8"),
])
def test_bad_tables(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (failure,) = failures_of(take(tmp_path / "a.csv"))
    assert message in failure


def test_csv_with_damage(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"text\n{TEXT}".encode() + b"\xff\n")
    (found,) = take(tmp_path / "a.csv")
    assert isinstance(found, Sourced) and "1 damaged place in utf-8" in found.issues[0]


# ---- Parquet -------------------------------------------------------------------------------------------------------------------


def test_parquet(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", {
        "ID": ["r1", "r2"], "title": [TITLE, None], "body": [TEXT, TEXT], "date": [date(2025, 10, 9), None], "mood": [1, 2]})
    first, second = (f for f in take(path) if isinstance(f, Sourced))
    assert (first.where, second.where) == (f"{path}:1", f"{path}:2")
    assert (first.document.id, first.document.title, first.document.text) == ("r1", TITLE, TEXT)
    assert first.document.published == date(2025, 10, 9)
    assert first.issues == ("keys not used: mood.",) and first.raw_hash != second.raw_hash
    assert second.document.published is None


def test_parquet_types(tmp_path: Path) -> None:
    moment = pa.array([datetime(2025, 10, 9, 22, tzinfo=UTC)], pa.timestamp("us", tz="Asia/Riyadh"))
    columns = {"id": [7], "text": [TEXT.encode()], "published": moment, "title": pa.array([None], pa.null())}
    path = write_parquet(tmp_path / "a.parquet", columns)
    (found,) = take(path)
    assert isinstance(found, Sourced) and found.document.id == "7" and found.document.text == TEXT
    assert found.document.published == date(2025, 10, 10)
    (failure,) = failures_of(take(write_parquet(tmp_path / "b.parquet", {"text": [5]})))
    assert "b.parquet:1: text is a number, not a string" in failure


def test_parquet_in_an_archive_is_held_in_memory_up_to_a_limit(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", {"text": [TEXT] * 600})
    packed = make_zip(tmp_path / "a.zip", {"a.parquet": path.read_bytes()})
    assert len(ids_of(take(packed))) == 600
    (failure,) = failures_of(take(packed, Intake(limits=Limits(held=100))))[:1]
    assert "a packed Parquet file above" in failure and "Unpack it" in failure


def test_parquet_bomb(tmp_path: Path) -> None:
    words = [str(n) + "a" * 100_000 for n in range(20)]
    path = write_parquet(tmp_path / "a.parquet", {"text": words}, compression="zstd", use_dictionary=False)
    assert path.stat().st_size < 20_000
    (failure,) = failures_of(take(path, Intake(limits=Limits(small=10_000, ratio=50))))
    assert "unpacks to more than 50 times its size" in failure


def test_a_long_string_named_often_is_held_once(tmp_path: Path) -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 2000), pa.array(["a" * 1_000_000]))
    path = write_parquet(tmp_path / "a.parquet", {"text": words}, compression="zstd", store_schema=False)
    before, rows = pa.total_allocated_bytes(), take_paths([str(path)], Intake())
    first = next(rows)
    assert isinstance(first, Sourced) and len(first.document.text) == 1_000_000
    assert pa.total_allocated_bytes() - before < 20_000_000
    del rows


@pytest.mark.parametrize("cut", [0, 4, 100, -20])
def test_broken_parquet(tmp_path: Path, cut: int) -> None:
    path = write_parquet(tmp_path / "a.parquet", {"text": [TEXT] * 100})
    path.write_bytes(path.read_bytes()[:cut])
    (failure,) = failures_of(take(path))
    assert "a broken Parquet file" in failure and "Write it again" in failure


def test_parquet_without_words(tmp_path: Path) -> None:
    (failure,) = failures_of(take(write_parquet(tmp_path / "a.parquet", {"x": [1]})))
    assert "no column named title or text" in failure
