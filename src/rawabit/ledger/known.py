"""What the ledger knows already, as far as a batch needs it: its documents, its near-identical reports, its tellings of the same time.

Loaded by slots of time (`deeds.index`) as batches touch them, and kept up to date with what this process appends. Rows of a batch that
was cut off do not count.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.deeds.index import LONG, SLOT, DeedIndex
from rawabit.ledger.deeds.judge import load_judge
from rawabit.ledger.deeds.telling import Telling, make_telling
from rawabit.ledger.gist import load_rarity
from rawabit.ledger.ledger import open_table
from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import Store
from rawabit.ledger.views import follow_merges
from rawabit.source import FeedState

COMPARED = ("event_id", "document_id", "type", "mode", "modality", "actors", "recipients", "codes", "start", "end", "dated", "published",
            "place", "country", "trigger", "evidence", "sentence", "gist", "same_as", "trigger_start", "trigger_end")
"""The columns of `events` that tellings are compared by."""
TABLES_READ = ("readings", "events", "deeds", "documents")
"""`readings` first, so that what it lists is there."""
SLOTS = f"""
WITH dated AS (SELECT *, date_diff('day', DATE '0001-01-01', first) + 1 AS f, date_diff('day', DATE '0001-01-01', last) + 1 AS l
               FROM (SELECT *, coalesce(start, published) AS first, greatest("end", coalesce(start, published)) AS last FROM raw_events)),
slotted AS (SELECT *, CASE WHEN first IS NULL THEN 0 WHEN l - f >= {LONG} THEN -year(first) ELSE f // {SLOT} END AS low,
                      CASE WHEN first IS NULL THEN 0 WHEN l - f >= {LONG} THEN -year(first) ELSE l // {SLOT} END AS high FROM dated)
"""
TELLINGS = SLOTS + """
SELECT $columns, d.deed_id, doc.family, doc.gist AS report, doc.language
FROM slotted e SEMI JOIN raw_readings r ON r.reading_id = e.reading_id AND r.recorded_at = e.recorded_at
JOIN raw_deeds d ON d.event_id = e.event_id AND d.recorded_at = e.recorded_at JOIN raw_documents doc ON doc.document_id = e.document_id
WHERE EXISTS (SELECT 1 FROM wanted WHERE slot BETWEEN low AND high) ORDER BY e.event_id, e.recorded_at DESC, doc.recorded_at
""".replace("$columns", ", ".join(f'e."{name}"' for name in COMPARED))
BANDS = f"""
SELECT d.document_id, d.family, d.bands FROM raw_documents d JOIN raw_readings USING (document_id)
WHERE coalesce((date_diff('day', DATE '0001-01-01', published) + 1) // {SLOT}, 0) IN (SELECT slot FROM wanted) ORDER BY d.document_id
"""
MERGES = """
SELECT merged_from, deed_id FROM raw_deeds SEMI JOIN raw_readings USING (reading_id, recorded_at) WHERE merged_from IS NOT NULL
ORDER BY recorded_at, merged_from
"""


class Known:
    """What one ledger knows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.index = DeedIndex(load_judge())
        self._slots: set[int] = set()
        self._report_slots: set[int] = set()
        self._families: dict[int, str] = {}

    def _connect(self, *names: str) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        for name in names:
            open_table(connection, f"raw_{name}", self._store.files(name), TABLES[name].schema)
        return connection

    def find_documents(self, ids: list[str], recipe: str | None = None) -> set[str]:
        """Which of some documents have a reading; one by this recipe, where a recipe is given."""
        connection = self._connect("readings")
        connection.register("asked", pa.table({"document_id": ids}))
        only = "" if recipe is None else " WHERE recipe = $recipe"
        sql = f"SELECT DISTINCT document_id FROM raw_readings SEMI JOIN asked USING (document_id){only}"
        return {row[0] for row in connection.execute(sql, {"recipe": recipe} if recipe else None).fetchall()}

    def find_issues(self, ids: list[str]) -> set[str]:
        """Which of some issues are listed."""
        if not ids:
            return set()
        connection = self._connect("issues")
        connection.register("asked", pa.table({"issue_id": ids}))
        return {row[0] for row in connection.execute("SELECT issue_id FROM raw_issues SEMI JOIN asked USING (issue_id)").fetchall()}

    def find_feed(self, url: str) -> FeedState:
        """The state of a feed after its last poll."""
        connection = self._connect("feeds")
        found = connection.execute("SELECT state FROM raw_feeds WHERE url = ? ORDER BY recorded_at DESC LIMIT 1", [url]).fetchone()
        return msgspec.json.decode(found[0], type=FeedState) if found else FeedState(url)

    def find_places(self) -> frozenset[str]:
        """The addresses of all reports."""
        connection = self._connect("documents")
        sql = "SELECT DISTINCT place FROM raw_documents WHERE contains(place, '://')"
        return frozenset(row[0] for row in connection.execute(sql).fetchall())

    def load_tellings(self, slots: set[int]) -> None:
        """Makes known the tellings that the ledger holds in some slots of time."""
        connection = self._connect_slots(slots - self._slots)
        self._slots |= slots
        if connection is None:
            return
        roots = follow_merges(connection.execute(MERGES).fetchall())
        for row in connection.sql(TELLINGS).to_arrow_table().to_pylist():
            telling = make_telling(row, row["family"], row["report"], load_rarity(row["language"]))
            self.index.add(telling, roots.get(row["deed_id"], row["deed_id"]))

    def load_reports(self, slots: set[int]) -> None:
        """Makes known the reports published in some slots of time, by their bands."""
        connection = self._connect_slots(slots - self._report_slots)
        self._report_slots |= slots
        for _, family, bands in connection.execute(BANDS).fetchall() if connection else ():
            self._add_report(family, bands)

    def _connect_slots(self, slots: set[int]) -> duckdb.DuckDBPyConnection | None:
        """A connection with the slots as its table `wanted`; None for no slots or an empty ledger."""
        if not slots or not self._store.files("readings"):
            return None
        connection = self._connect(*TABLES_READ)
        connection.register("wanted", pa.table({"slot": pa.array(sorted(slots), pa.int64())}))
        return connection

    def find_family(self, document_id: str, bands: list[int]) -> str:
        """An earlier report that this one repeats nearly word for word; itself where there is none. Makes the report known."""
        family = min((self._families[band] for band in bands if band in self._families), default=document_id)
        self._add_report(family, bands)
        return family

    def _add_report(self, family: str, bands: list[int]) -> None:
        for band in bands:
            self._families[band] = min(self._families.get(band, family), family)


def read_tellings(events: pa.Table, documents: dict[str, tuple[str, list[str], str]]) -> Iterator[Telling]:
    """The tellings of a batch, in order. `documents`: family, telling words and language of each report by its id."""
    for row in events.select(COMPARED).to_pylist():
        family, report, language = documents[row["document_id"]]
        yield make_telling(row, family, report, load_rarity(language))


def find_report_slots(days: Iterable[int | None]) -> set[int]:
    """The slots of days of publication (ordinals) and of those beside them; 0 for reports without a day."""
    return {slot for day in days for slot in ((0,) if day is None else range(day // SLOT - 1, day // SLOT + 2))}
