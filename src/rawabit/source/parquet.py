"""Parquet → reports: columns with the keys of JSON reports, one report a row, each with its place `file:row`.

Rows come in small batches; columns that no report uses are not read. Columns of words stay dictionary-encoded, so that a string
that a hostile file names a million times is held once. A file inside an archive is held in memory, for Parquet is read from its end.
"""
from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from rawabit.model import InputError
from rawabit.source.decode import decode_bytes
from rawabit.source.lines import make_outcome
from rawabit.source.outcome import Failure, Intake, Limits, Outcome, make_bytes
from rawabit.source.record import KNOWN
from rawabit.source.table import name_columns

BATCH = 256


def read_parquet(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """The reports of a Parquet file. Raises InputError."""
    import pyarrow as pa

    number = 0
    try:
        for number, fields in enumerate(_read_rows(stream, intake.limits), 1):
            yield _make_row(f"{where}:{number}", fields, intake)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0][:200].rstrip(".")
        raise InputError(f"a broken Parquet file after row {number} ({reason}). Write it again; the reports before were read.") from error


def _read_rows(stream: IO[bytes], limits: Limits) -> Iterator[dict[str, Any]]:
    """The fields of each row; None for columns that are not read, so that they are named."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    data, size = _seekable(stream, limits)
    schema = pq.read_schema(data)
    keys = dict(zip(schema.names, name_columns(schema.names), strict=True))
    used = [name for name, key in keys.items() if key in KNOWN]
    words = [name for name in used if pa.types.is_string(schema.field(name).type) or pa.types.is_binary(schema.field(name).type)]
    data.seek(0)
    file = pq.ParquetFile(data, read_dictionary=words)
    _check_size(file.metadata, set(used), size, limits)
    others = {key: None for name, key in keys.items() if name not in used}
    for batch in file.iter_batches(batch_size=BATCH, columns=used):
        columns = [(keys[name], batch.column(name)) for name in used]
        for row in range(batch.num_rows):
            yield {**{key: column[row].as_py() for key, column in columns}, **others}


def _seekable(stream: IO[bytes], limits: Limits) -> tuple[IO[bytes], int]:
    """The file itself, or its bytes where it is packed; and its size."""
    if isinstance(getattr(stream, "raw", None), io.FileIO):
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        return stream, size
    data = stream.read(limits.held + 1)
    if len(data) > limits.held:
        raise InputError(f"a packed Parquet file above {limits.held / 1e6:.0f} MB. Unpack it and give the .parquet file itself.")
    return io.BytesIO(data), len(data)


def _check_size(metadata: Any, used: set[str], size: int, limits: Limits) -> None:
    """Raises InputError for a file whose columns unpack to too much."""
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    total = sum(group.column(c).total_uncompressed_size for group in groups for c in range(group.num_columns)
                if group.column(c).path_in_schema in used)
    if total > max(limits.small, limits.ratio * size):
        raise InputError(f"unpacks to more than {limits.ratio} times its size, as a decompression bomb does. Check where it comes from.")


def _make_row(place: str, fields: dict[str, Any], intake: Intake) -> Outcome:
    """The report of a row: days as ISO dates, bytes as text."""
    issues: list[str] = []
    try:
        for key, value in fields.items():
            if isinstance(value, date | datetime):
                fields[key] = value.isoformat()
            elif isinstance(value, bytes):
                fields[key], found = decode_bytes(value) if value.strip() else (None, ())
                issues += found
    except InputError as error:
        return Failure(place, str(error))
    return make_outcome(place, fields, make_bytes(fields), intake, tuple(issues))
