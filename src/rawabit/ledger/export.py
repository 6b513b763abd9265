"""Rows of an answer in the format asked for, batch by batch: JSON, JSON Lines, CSV or Parquet."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

import msgspec
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

INNER = ("gist", "bands", "family")
"""Columns of no use but to the joining of deeds; left out."""
Batches = Iterable[pa.RecordBatch]


def write_rows(schema: pa.Schema, batches: Batches, form: str, out: IO[bytes]) -> int:
    """Writes all rows; how many they were."""
    names = [name for name in schema.names if name not in INNER]
    kept = pa.schema([schema.field(name) for name in names])
    counted = Counted(batch.select(names) for batch in batches)
    WRITERS[form](kept, counted, out)
    return counted.rows


class Counted:
    """Batches that are counted as they pass."""

    def __init__(self, batches: Batches) -> None:
        self._batches, self.rows = batches, 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch


def write_lines(schema: pa.Schema, batches: Batches, out: IO[bytes]) -> None:
    """One JSON object a line."""
    for batch in batches:
        out.write(b"".join(msgspec.json.encode(row) + b"\n" for row in batch.to_pylist()))


def write_json(schema: pa.Schema, batches: Batches, out: IO[bytes]) -> None:
    """One JSON list."""
    between = b"[\n"
    for batch in batches:
        for row in batch.to_pylist():
            out.write(between + msgspec.json.encode(row))
            between = b",\n"
    out.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def write_csv(schema: pa.Schema, batches: Batches, out: IO[bytes]) -> None:
    """UTF-8 with a line of names; lists are joined by a semicolon and a space."""
    flat = pa.schema([pa.field(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
    with pyarrow.csv.CSVWriter(out, flat) as writer:
        for batch in batches:
            writer.write_batch(pa.record_batch([flatten_lists(column) for column in batch.columns], schema=flat))


def flatten_lists(column: pa.Array) -> pa.Array:
    """A column of lists as text; other columns as they are."""
    if not pa.types.is_nested(column.type):
        return column
    return pa.array([None if row is None else "; ".join(map(str, row)) for row in column.to_pylist()], pa.string())


def write_parquet(schema: pa.Schema, batches: Batches, out: IO[bytes]) -> None:
    """One Parquet file."""
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


WRITERS: dict[str, Callable[[pa.Schema, Batches, IO[bytes]], None]] = {
    "json": write_json, "jsonl": write_lines, "csv": write_csv, "parquet": write_parquet}
