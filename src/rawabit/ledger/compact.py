"""Many small files → few, sorted so that a question reads little of them. The rows stay the same: counted and hashed before and after.

A table is rewritten in one commit that Delta knows to change no data, so that readers and writers beside it go on; then its log is
summed up in a checkpoint. Files that no longer count, and those that a writer that was cut off left, stay until they are vacuumed.
"""
from __future__ import annotations

from collections.abc import Iterator

import duckdb
import msgspec
from deltalake import DeltaTable

from rawabit.ledger.ledger import open_table
from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import PROPERTIES, RETRIES, Store
from rawabit.model import LedgerError

RETENTION = 168
"""Hours that superseded files are kept for readers that opened the ledger before: a week, Delta's own default."""
TARGET = 256 * 1024 * 1024
"""Bytes of a compacted file."""


class Compacted(msgspec.Struct, frozen=True):
    """What became of a table: its rows, its files before and after, and how many superseded files were deleted."""

    table: str
    rows: int
    before: int
    after: int
    vacuumed: int = 0


def compact_ledger(location: str, retention: int | None = None) -> Iterator[Compacted]:
    """Compacts table after table. `retention`: hours after which superseded files are deleted; None keeps them.

    Raises LedgerError where the rows would not stay the same, after the table was put back.
    """
    store = Store(location)
    store.check()
    for name in store.find_tables():
        yield _compact(store, name, retention)


def _compact(store: Store, name: str, retention: int | None) -> Compacted:
    table = store.table(name)
    before = len(table.file_uris())
    if before > 1:
        with store.writing(name):
            table.optimize.z_order(list(TABLES[name].order), target_size=TARGET, writer_properties=PROPERTIES, commit_properties=RETRIES)
            _check_same(table, name)
    with store.writing(name):
        table.create_checkpoint()
        table.cleanup_metadata()
        gone = [] if retention is None else table.vacuum(retention, dry_run=False, enforce_retention_duration=False, full=True)
    files = store.files(name)
    return Compacted(name, find_content(name, files)[0], before, len(files), len(gone))


def _check_same(table: DeltaTable, name: str) -> None:
    """Raises LedgerError where the newest rewriting of a table lost, doubled or changed a row."""
    rewritten = next(int(entry["version"]) for entry in table.history() if entry["operation"] == "OPTIMIZE")
    states = [DeltaTable(table.table_uri, version=version).file_uris() for version in (rewritten - 1, rewritten)]
    if find_content(name, states[0]) != find_content(name, states[1]):
        table.restore(rewritten - 1)
        raise LedgerError(f"compaction would have changed the rows of {name}: it was put back as it was. Please send this message to the "
                          "authors; the ledger can be used as before.")


def find_content(name: str, files: list[str]) -> tuple[int, int]:
    """How many rows some files of a table hold, and the sum of the hashes of the rows: the same in any order."""
    connection = duckdb.connect()
    open_table(connection, "content", files, TABLES[name].schema)
    found = connection.execute("SELECT count(*), coalesce(sum(hash(content)), 0) FROM content").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])
