"""What is wrong in a ledger: rows that contradict each other, their text or the schema. Reads all that was ever recorded; mends nothing.

First the files; then, where all of them can be read, the rows. What a cut-off batch or a second writer left behind is no fault, since no
view counts it: it is told as a notice.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from rawabit.ledger.ids import make_id
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.location import is_remote
from rawabit.ledger.schema import RECORDS, TABLES
from rawabit.ledger.store import Store
from rawabit.model import LedgerError

HELD = ("dyads", "deeds", *RECORDS)
"""Tables whose rows count by their reading."""


class Finding(msgspec.Struct, frozen=True):
    """Something that `check` found: the row `id` of `table`, and what is wrong with it. `harmless`: no answer is touched by it."""

    kind: str
    table: str
    id: str
    text: str
    harmless: bool = False

    @property
    def issue_id(self) -> str:
        """The same for the same finding, whenever it is made."""
        return make_id("check", self.kind, self.table, self.id, self.text)

    def __str__(self) -> str:
        return f"{self.issue_id}  {self.kind}  {self.table} {self.id}: {self.text}"


class Test(msgspec.Struct, frozen=True):
    """A query that gives the id and the particulars of each row that fails, and what that means."""

    kind: str
    table: str
    sql: str
    harmless: bool = False


def check_ledger(location: str) -> Iterator[Finding]:
    """All findings of the ledger at a place. Raises LedgerError where there is none."""
    missing = list(_find_missing(Store(location)))
    if missing:
        yield from missing
        return
    ledger = Ledger(location)
    for statement in _views():
        ledger.run(statement)
    for test in find_tests():
        for row in ledger.query(test.sql).to_pylist():
            name, detail = row.values()
            yield Finding(test.kind, test.table, str(name), str(detail), test.harmless)
    yield from _find_circles(ledger)


def _find_missing(store: Store) -> Iterator[Finding]:
    """Files that a table lists and the disk does not hold, and tables that cannot be opened."""
    store.check()
    for name in TABLES:
        try:
            files = store.files(name)
        except LedgerError as error:
            yield Finding("table lost", name, name, f"it cannot be opened ({error})")
            continue
        if not is_remote(store.location):
            yield from (Finding("file lost", name, Path(file).name, "listed, but not there. Put it back from a copy of the ledger.")
                        for file in files if not Path(file.removeprefix("file://")).is_file())


def _views() -> Iterator[str]:
    """Rows that count, of all readings ever made; each reading as it was last recorded."""
    yield "CREATE OR REPLACE TEMP TABLE kept AS SELECT reading_id, max(recorded_at) AS recorded_at FROM raw_readings GROUP BY reading_id"
    for name in HELD:
        yield f"CREATE OR REPLACE TEMP VIEW held_{name} AS SELECT * FROM raw_{name} SEMI JOIN kept USING (reading_id, recorded_at)"
    yield ("CREATE OR REPLACE TEMP VIEW held_documents AS SELECT *, title || chr(10) || text AS content FROM raw_documents "
           "ANTI JOIN repeated USING (document_id, recorded_at)")
    yield "CREATE OR REPLACE TEMP VIEW held_readings AS SELECT * FROM raw_readings SEMI JOIN kept USING (reading_id, recorded_at)"


def find_tests() -> Iterator[Test]:
    """All tests of rows, in the order in which they are told."""
    yield from _key_tests()
    yield from _record_tests()
    yield from _link_tests()
    yield from _date_tests()
    yield from _left_tests()


def _key_tests() -> Iterator[Test]:
    for name, key in {"documents": "document_id", "readings": "reading_id", **RECORDS}.items():
        yield Test("doubled id", name, f"SELECT {key}, 'it stands in ' || count(*) || ' rows' FROM held_{name} GROUP BY ALL "
                                       "HAVING count(*) > 1")
    yield Test("doubled id", "reviews", "SELECT review_id, 'it stands in ' || count(*) || ' rows' FROM raw_reviews GROUP BY ALL "
                                        "HAVING count(*) > 1")
    yield Test("doubled id", "deeds", "SELECT event_id, 'the telling is joined ' || count(*) || ' times' FROM held_deeds "
                                      "WHERE event_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1")
    yield Test("doubled id", "dyads", "SELECT event_id, pair || ' stands in ' || count(*) || ' rows' FROM held_dyads "
                                      "GROUP BY event_id, pair HAVING count(*) > 1")
    for name, table in TABLES.items():
        for column in table.columns:
            if column.key:
                yield Test("null key", name, f"SELECT '{column.name}', 'null in ' || count(*) || ' rows' FROM raw_{name} "
                                             f"WHERE \"{column.name}\" IS NULL HAVING count(*) > 0")


def _record_tests() -> Iterator[Test]:
    for name, key in RECORDS.items():
        for part in ("evidence", "trigger") if name == "events" else ("evidence",):
            yield from _span_tests(name, key, part)


def _span_tests(name: str, key: str, part: str) -> tuple[Test, Test]:
    rows = f"FROM held_{name} r JOIN held_documents d USING (document_id)"
    start, end = f"r.{part}_start", f"r.{part}_end"
    outside = f"({start} < 0 OR {end} <= {start} OR {end} > length(d.content))"
    return (Test("span outside text", name, f"SELECT r.{key}, '{part} ' || {start} || '–' || {end} || ' of ' || length(d.content) {rows} "
                                            f"WHERE {outside}"),
            Test("words differ", name, f"SELECT r.{key}, 'the report has other words than this {part}: ' || r.{part} {rows} "
                                       f"WHERE NOT {outside} AND d.content[{start} + 1:{end}] IS DISTINCT FROM r.{part}"))


def _link(name: str, key: str, column: str, target: str, other: str, source: str = "held") -> Test:
    """Rows whose `column` names no `other` of a view."""
    return Test("broken link", name, f"SELECT r.{key}, '{column} ' || r.{column} || ' is nowhere' FROM {source}_{name} r "
                                     f"ANTI JOIN {target} t ON t.{other} = r.{column} WHERE r.{column} IS NOT NULL")


def _link_tests() -> Iterator[Test]:
    yield _link("readings", "reading_id", "document_id", "held_documents", "document_id")
    yield _link("documents", "document_id", "family", "held_documents", "document_id")
    for name, key in RECORDS.items():
        yield Test("broken link", name, f"SELECT r.{key}, 'document_id ' || r.document_id || ' is not that of its reading' "
                                        f"FROM held_{name} r ANTI JOIN raw_readings t USING (reading_id, document_id)")
    yield Test("broken link", "events", "SELECT r.event_id, 'same_as ' || r.same_as || ' is not in its reading' "
                                        "FROM held_events r ANTI JOIN held_events t ON t.event_id = r.same_as "
                                        "AND t.reading_id = r.reading_id WHERE r.same_as IS NOT NULL")
    yield Test("broken link", "events", "SELECT event_id, 'it is joined to no deed' FROM held_events ANTI JOIN held_deeds USING (event_id)")
    yield _link("deeds", "deed_id", "event_id", "held_events", "event_id")
    yield _link("deeds", "event_id", "beside", "held_events", "event_id")
    yield _link("dyads", "pair", "event_id", "held_events", "event_id")
    tellings = "(SELECT deed_id FROM held_deeds WHERE event_id IS NOT NULL)"
    yield _link("deeds", "deed_id", "merged_from", tellings, "deed_id")
    yield Test("broken link", "deeds", f"SELECT r.deed_id, 'merged into, but told by nobody' FROM held_deeds r ANTI JOIN {tellings} t "
                                       "ON t.deed_id = r.deed_id WHERE r.merged_from IS NOT NULL")
    every = " UNION ALL ".join(f"SELECT {key} AS id FROM raw_{name}" for name, key in RECORDS.items())
    yield _link("reviews", "review_id", "record_id", f"({every})", "id", "raw")
    yield _link("issues", "issue_id", "document_id", "raw_documents", "document_id", "raw")
    yield _link("issues", "issue_id", "run_id", "raw_runs", "run_id", "raw")


def _date_tests() -> Iterator[Test]:
    for name in ("events", "ties"):
        yield Test("dates reversed", name, f"SELECT {RECORDS[name]}, start || ' comes after ' || \"end\" FROM held_{name} "
                                           "WHERE start > \"end\"")


def _left_tests() -> Iterator[Test]:
    """What was left behind."""
    for name in RECORDS:
        yield Test("batch cut off", name, f"SELECT epoch_us(recorded_at), count(*) || ' rows of ' || recorded_at || ' that no view counts' "
                                          f"FROM raw_{name} SEMI JOIN orphans USING (reading_id, recorded_at) GROUP BY recorded_at", True)
    yield Test("batch cut off", "documents", "SELECT document_id, 'no reading counts of it; `rawabit add` reads it again' "
                                             "FROM held_documents ANTI JOIN raw_readings USING (document_id)", True)
    yield Test("read twice", "readings", "SELECT 'all', count(*) || ' were made by two writers at a time; one of each counts' FROM "
                                         "(SELECT reading_id FROM raw_readings GROUP BY ALL HAVING count(*) > 1) HAVING count(*) > 0", True)


def _find_circles(ledger: Ledger) -> Iterator[Finding]:
    rows = ledger.query("SELECT merged_from, deed_id FROM held_deeds WHERE merged_from IS NOT NULL ORDER BY recorded_at, merged_from")
    into: dict[str, str] = {}
    for row in rows.to_pylist():
        into.setdefault(row["merged_from"], row["deed_id"])
    for circle in find_circles(into):
        yield Finding("merges in a circle", "deeds", min(circle), "merged into itself by way of " + ", ".join(sorted(circle)))


def find_circles(into: dict[str, str]) -> Sequence[frozenset[str]]:
    """The circles of a map from each merged deed to the one that it became."""
    circles: list[frozenset[str]] = []
    done: set[str] = set()
    for deed in into:
        path: list[str] = []
        while deed in into and deed not in done:
            done.add(deed)
            path.append(deed)
            deed = into[deed]
        if deed in path:
            circles.append(frozenset(path[path.index(deed):]))
    return circles
