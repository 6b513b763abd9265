"""The lake: one Delta table a name in one folder or object store. Opens, creates and appends; knows nothing of what the rows mean.

A commit of one table is atomic and appends of several writers never conflict (Delta's optimistic concurrency). On a folder of this
machine every file of an append is flushed to the disk before the append counts (`deltalake` itself flushes nothing).
"""
from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from rawabit.ledger.location import is_remote
from rawabit.ledger.schema import ADDED, TABLES
from rawabit.model import LedgerError

PROPERTIES = WriterProperties(compression="ZSTD", max_row_group_size=131_072)
FULL = ("No space left", "os error 28", "StorageFull", "Disk quota")
BARRED = ("Permission denied", "os error 13", "Read-only", "os error 30")
RETRIES = CommitProperties(max_commit_retries=100)
"""How often a commit is tried again that another writer was quicker with."""
CONFIGURATION: dict[str, str | None] = {"delta.appendOnly": "false", "delta.checkpointInterval": "50"}
"""Rows are only ever appended; compaction rewrites files of the same rows, which Delta counts as no change of data."""


class Store:
    """The tables of one ledger."""

    def __init__(self, location: str) -> None:
        self.location = location.rstrip("/")
        self._open: dict[str, DeltaTable] = {}

    def uri(self, name: str) -> str:
        """Where a table lies."""
        return f"{self.location}/{name}"

    def exists(self) -> bool:
        """Whether a ledger lies here."""
        with _told(self.location):
            return bool(DeltaTable.is_deltatable(self.uri("runs")))

    def check(self) -> None:
        """Raises LedgerError where no ledger lies here."""
        if not self.exists():
            raise LedgerError(explain_absence(self.location))

    def find_tables(self) -> list[str]:
        """The tables that are there; a ledger made by an earlier version lacks some of `ADDED`."""
        with _told(self.location):
            return [name for name in TABLES if name not in ADDED or DeltaTable.is_deltatable(self.uri(name))]

    def create(self) -> None:
        """Makes the tables that are not there. `runs` comes last, so that a ledger is whole or none. Raises LedgerError."""
        with _told(self.location):
            if not is_remote(self.location):
                self._check_folder()
            for name in TABLES:
                if not DeltaTable.is_deltatable(self.uri(name)):
                    self._create(name)

    def _create(self, name: str) -> None:
        try:
            DeltaTable.create(self.uri(name), TABLES[name].schema, mode="ignore", name=name, description=TABLES[name].row,
                              configuration=CONFIGURATION)
        except CommitFailedError:
            if not DeltaTable.is_deltatable(self.uri(name)):
                raise
            return  # another writer was quicker
        if not is_remote(self.location):
            _flush(Path(self.uri(name)), 0)

    def _check_folder(self) -> None:
        folder = Path(self.location)
        if folder.exists() and not folder.is_dir():
            raise LedgerError(f"{folder} is a file, not a ledger. Give a folder with --ledger.")
        if folder.exists() and not self.exists() and any(p.name not in TABLES for p in folder.iterdir()):
            raise LedgerError(f"{folder} holds other things. Give an empty or new folder with --ledger.")
        folder.mkdir(parents=True, exist_ok=True)

    def table(self, name: str) -> DeltaTable:
        """A table at its newest version. Raises LedgerError where there is none."""
        with _told(self.location):
            table = self._open.get(name)
            if table is None:
                table = self._open[name] = DeltaTable(self.uri(name))
            else:
                table.update_incremental()
            return table

    def append(self, name: str, rows: pa.Table) -> None:
        """Appends rows in one commit; nothing happens for no rows."""
        if not rows.num_rows:
            return
        table = self.table(name)
        with self.writing(name):
            write_deltalake(table, _fill(rows.select(list(TABLES[name].names)).cast(TABLES[name].schema), table), mode="append",
                            writer_properties=PROPERTIES, commit_properties=RETRIES)

    @contextmanager
    def writing(self, name: str) -> Iterator[None]:
        """What is done to a table inside is told as LedgerError where it fails, and flushed to the disk where it does not."""
        table = self.table(name)
        before = table.version()
        with _told(self.location):
            yield
            table.update_incremental()
            if not is_remote(self.location):
                for version in range(before + 1, table.version() + 1):
                    _flush(Path(self.uri(name)), version)

    def version(self, name: str) -> int:
        """The number of the newest commit of a table."""
        return self.table(name).version()

    def files(self, name: str) -> list[str]:
        """Addresses of the Parquet files that make up a table now; none of a table that this ledger is older than."""
        with _told(self.location):
            if name in ADDED and name not in self._open and not DeltaTable.is_deltatable(self.uri(name)):
                return []
            return list(self.table(name).file_uris())


def _fill(rows: pa.Table, table: DeltaTable) -> pa.Table:
    """The rows with the texts that a ledger of an earlier version has beside them and nobody asks for: empty ones."""
    for field in table.schema().fields:
        if field.name not in rows.column_names:
            rows = rows.append_column(pa.field(field.name, pa.string(), nullable=field.nullable), pa.array([""] * rows.num_rows))
    return rows


def _flush(folder: Path, version: int) -> None:
    """Forces the files of a commit, and the commit, to the disk."""
    log = folder / "_delta_log" / f"{version:020}.json"
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    added = [folder / unquote(line["add"]["path"]) for line in lines if "add" in line]
    for path in (*added, *{p.parent for p in added}, log, log.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(location: str) -> Iterator[None]:
    """Errors of the lake, told as LedgerError with the next step."""
    try:
        yield
    except TableNotFoundError as error:
        raise LedgerError(explain_absence(location)) from error
    except (DeltaError, OSError) as error:
        raise LedgerError(explain_failure(location, str(error))) from error


def explain_absence(location: str) -> str:
    """What to do where no ledger lies."""
    return f"no ledger at {location}. Make one with `rawabit add PATH… --ledger {location}`."


def explain_failure(location: str, text: str) -> str:
    """What a failure of the lake means for the user."""
    if any(mark in text for mark in FULL):
        return f"the disk of {location} is full. Free some space and run the command again: it goes on where it stopped."
    if any(mark in text for mark in BARRED):
        return f"{location} may not be written. Give a folder of yours with --ledger, or ask for the right to write."
    return f"the ledger at {location} cannot be used ({text[:300]}). Run `rawabit ledger check --ledger {location}`."
