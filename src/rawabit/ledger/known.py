"""What the ledger knows already, as far as a batch needs it: its documents, its near-identical reports, its tellings of the same time.

Loaded as batches need it (`deeds.index`: slots of time, keys), and kept up to date with what this process appends. Rows of a batch that
was cut off do not count.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from sys import intern

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.deeds.index import LONG, RARE, SLOT, DeedIndex, find_keys, find_slots
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
                      CASE WHEN first IS NULL THEN 0 WHEN l - f >= {LONG} THEN -year(first) ELSE l // {SLOT} END AS high,
                      (date_diff('day', DATE '0001-01-01', published) + 1) // {SLOT} AS told FROM dated)
"""
NEAR = SLOTS + f"""
, near AS (
    SELECT event_id, type, codes, gist FROM slotted e JOIN raw_readings USING (reading_id, recorded_at)
    WHERE EXISTS (SELECT 1 FROM slots WHERE slot BETWEEN low AND high OR slot = told)
), hit AS (
    SELECT event_id FROM (SELECT event_id, unnest(gist[1:{RARE}]) AS key FROM near) SEMI JOIN keys USING (key)
    UNION SELECT event_id FROM (SELECT event_id, type || ' ' || array_to_string(list_filter(codes, lambda c: c <> 'UNK'), ' ') AS key
                                FROM near) SEMI JOIN keys USING (key)
), named AS (
    SELECT event_id, coalesce(root, deed_id) AS deed_id FROM raw_deeds SEMI JOIN raw_readings USING (reading_id, recorded_at)
    LEFT JOIN roots USING (deed_id) WHERE event_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY recorded_at DESC) = 1
)
SELECT event_id, deed_id FROM named SEMI JOIN (SELECT deed_id FROM named SEMI JOIN hit USING (event_id)) USING (deed_id)
"""
"""Tellings of the deeds of which one shares a key with the batch, in its slots of time: all tellings of those deeds."""
TELLINGS = """
SELECT $columns, asked.deed_id, doc.family, doc.gist AS report, doc.language
FROM raw_events e JOIN asked USING (event_id) SEMI JOIN raw_readings r ON r.reading_id = e.reading_id AND r.recorded_at = e.recorded_at
JOIN raw_documents doc ON doc.document_id = e.document_id ORDER BY e.event_id, e.recorded_at DESC, doc.recorded_at
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
        self._whole = not store.files("readings")
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

    def load_tellings(self, tellings: Iterable[Telling]) -> None:
        """Makes known what the ledger holds of the deeds that some tellings may tell: those with a telling of their time and one of their
        keys. Nothing is loaded where this process has appended all that there is."""
        batch = list(tellings)
        slots = {slot for telling in batch for slot in find_slots(telling, 1)}
        if self._whole or not slots:
            return
        connection = self._connect(*TABLES_READ)
        roots = follow_merges(connection.execute(MERGES).fetchall())
        keys = {" ".join(key) if key[0] == telling.type else key[1] for telling in batch for key in find_keys(telling)}
        _register(connection, "roots", deed_id=list(roots), root=list(roots.values()))
        connection.register("slots", pa.table({"slot": pa.array(sorted(slots), pa.int64())}))
        _register(connection, "keys", key=sorted(keys))
        deeds = {event: deed for event, deed in connection.execute(NEAR).fetchall() if not self.index.knows(event)}
        _register(connection, "asked", event_id=list(deeds), deed_id=list(deeds.values()))
        for row in connection.sql(TELLINGS).to_arrow_table().to_pylist():
            self.index.add(make_telling(row, row["family"], row["report"], load_rarity(row["language"])), row["deed_id"])

    def load_reports(self, slots: set[int]) -> None:
        """Makes known the reports published in some slots of time, by their bands."""
        wanted = slots - self._report_slots
        self._report_slots |= slots
        if self._whole or not wanted:
            return
        connection = self._connect("readings", "documents")
        connection.register("wanted", pa.table({"slot": pa.array(sorted(wanted), pa.int64())}))
        for _, family, bands in connection.execute(BANDS).fetchall():
            self._add_report(family, bands)

    def find_family(self, document_id: str, bands: list[int]) -> str:
        """An earlier report that this one repeats nearly word for word; itself where there is none. Makes the report known."""
        family = min((self._families[band] for band in bands if band in self._families), default=document_id)
        self._add_report(family, bands)
        return family

    def _add_report(self, family: str, bands: list[int]) -> None:
        for band in bands:
            self._families[band] = min(self._families.get(band, family), family)


def _register(connection: duckdb.DuckDBPyConnection, name: str, **columns: list[str]) -> None:
    """A table of texts that a query may name."""
    connection.register(name, pa.table({column: pa.array(values, pa.string()) for column, values in columns.items()}))


def read_tellings(events: pa.Table, documents: dict[str, tuple[str, list[str], str]]) -> Iterator[Telling]:
    """The tellings of a batch, in order. `documents`: family, telling words and language of each report by its id."""
    words = {name: frozenset(map(intern, report)) for name, (_, report, _) in documents.items()}
    for row in events.select(COMPARED).to_pylist():
        family, _, language = documents[row["document_id"]]
        yield make_telling(row, family, words[row["document_id"]], load_rarity(language))


def find_report_slots(days: Iterable[int | None]) -> set[int]:
    """The slots of days of publication (ordinals) and of those beside them; 0 for reports without a day."""
    return {slot for day in days for slot in ((0,) if day is None else range(day // SLOT - 1, day // SLOT + 2))}
