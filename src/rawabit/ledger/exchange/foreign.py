"""Files of other event data sets → rows of `foreign_events`, block by block; a row that the ledger has is passed over.

A line that cannot be read is told with its place and the rest is read. A file of which no line fits its form is refused. A run that is cut
off keeps the blocks that it appended; the same command goes on from there.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.exchange.lines import Line, read_lines
from rawabit.ledger.exchange.providers import PROVIDERS, Layout, Provider, Row
from rawabit.ledger.ids import make_id
from rawabit.ledger.ledger import open_table
from rawabit.ledger.rows import make_issue_row
from rawabit.ledger.schema import TABLES
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import InputError

TABLE = "foreign_events"
BLOCK = 100_000
"""Lines of a commit: some 20 MB of rows in memory."""
MAXIMAL_ISSUES = 1_000
"""Bad lines of a run that are listed one by one; all are counted."""
Told = Callable[["Import"], None]


class Import(msgspec.Struct):
    """What came of an import, in lines. `issues`: (file:line, why). `unknown`: countries and codes that no table knows."""

    read: int = 0
    new: int = 0
    seen: int = 0
    bad: int = 0
    guessed: int = 0
    issues: list[tuple[str, str]] = msgspec.field(default_factory=list)
    unknown: Counter[str] = msgspec.field(default_factory=Counter)

    def fail(self, place: str, why: str) -> None:
        """Counts a line that cannot be read."""
        self.bad += 1
        if len(self.issues) < MAXIMAL_ISSUES:
            self.issues.append((place, why))


def import_files(paths: Iterable[str], form: str, writer: LedgerWriter, told: Told) -> Import:
    """Imports files of one form. `told` is called after each block. A file that cannot be opened is told as an issue."""
    tally = Import()
    run_id = make_id("run", form, writer.moment())
    writer.append_run(run_id, f"import --as {form}", "started", _counts(tally))
    for path in paths:
        try:
            _import_file(path, PROVIDERS[form], writer, tally, told)
        except InputError as error:
            tally.fail(path, str(error).removeprefix(f"{path}: "))
    _append_issues(writer, tally, run_id)
    writer.append_run(run_id, f"import --as {form}", "finished", _counts(tally))
    return tally


def _counts(tally: Import) -> dict[str, int]:
    return {"read": tally.read, "new": tally.new, "seen before": tally.seen, "failed": tally.bad}


def _import_file(path: str, provider: Provider, writer: LedgerWriter, tally: Import, told: Told) -> None:
    lines = read_lines(path)
    reader = _Reader(provider, tally)
    while block := list(islice(lines, BLOCK)):
        rows = reader.read(block)
        if not reader.fitting and reader.refused:
            raise InputError(f"{path}: no line is one of {provider.source} events ({reader.refused}). Check the file and --as.")
        new = list(_find_new(rows, provider.source, writer))
        tally.seen += len(rows) - len(new)
        tally.new += len(new)
        writer.append_rows(TABLE, new)
        told(tally)


class _Reader:
    """Lines of one file → rows; its layout is that of its header."""

    def __init__(self, provider: Provider, tally: Import) -> None:
        self._provider, self._tally = provider, tally
        self._layout, self._file = Layout(provider), ""
        self.fitting, self.refused = 0, ""

    def read(self, block: list[Line]) -> list[Row]:
        """The rows of some lines."""
        out: list[Row] = []
        waiting: list[tuple[str, str]] = []
        for line in block:
            try:
                out.extend(self._read_line(line))
            except ValueError as error:
                waiting.append((line.place, f"{error}. It is left out."))
                self.refused = self.refused or f"{line.place}: {error}"
        if self.fitting:
            for place, why in waiting:
                self._tally.fail(place, why)
        return out

    def _read_line(self, line: Line) -> Iterator[Row]:
        if line.file != self._file:
            self._file, self._layout = line.file, Layout(self._provider)
        if line.text is None:
            raise ValueError("longer than any event")
        fields = line.text.split("\t")
        if line.number == 1 and self._layout.is_header(fields):
            return
        self._tally.read += 1
        cells = self._layout.find_cells(fields)
        self.fitting += 1
        self._tally.guessed += line.guessed
        yield {**self._provider.read(cells, self._tally.unknown), "file": line.place}


def _find_new(rows: list[Row], source: str, writer: LedgerWriter) -> Iterator[Row]:
    """Rows that are not in the ledger, each once."""
    files = writer.store.files(TABLE)
    connection = duckdb.connect()
    open_table(connection, "held", files, TABLES[TABLE].schema)
    connection.register("asked", pa.table({"foreign_id": pa.array([row["foreign_id"] for row in rows], pa.string())}))
    known = connection.execute("SELECT DISTINCT foreign_id FROM held SEMI JOIN asked USING (foreign_id) WHERE source = ?", [source])
    taken = {row[0] for row in known.fetchall()}
    for row in rows:
        if row["foreign_id"] not in taken:
            taken.add(row["foreign_id"])
            yield row


def _append_issues(writer: LedgerWriter, tally: Import, run_id: str) -> None:
    rows = {row["issue_id"]: {**row, "run_id": run_id}
            for row in (make_issue_row(None, place, "failure", why) for place, why in tally.issues)}
    listed = writer.known.find_issues(list(rows))
    writer.append_rows("issues", [row for name, row in rows.items() if name not in listed])
