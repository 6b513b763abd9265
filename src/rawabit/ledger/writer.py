"""The writer of a ledger: appends batches of readings, joined to their deeds.

A batch goes table by table in the order of `BATCH`, all of it recorded at one moment, and counts once `readings` lists it as of that
moment: rows of a batch that was cut off never count, and the batch is written again whole. Never changes or deletes a row.
"""
from __future__ import annotations

from datetime import date, datetime
from itertools import combinations

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from rawabit.ledger.deeds.index import Link, Merge
from rawabit.ledger.known import Known, find_report_slots, read_tellings
from rawabit.ledger.schema import BATCH, MOMENT, TABLES
from rawabit.ledger.store import Store
from rawabit.source.outcome import Clock, utc_now

AGAIN = "read again"
"""Why a telling belongs to the deed that an earlier reading of its report gave it to."""


class Earlier(msgspec.Struct, frozen=True):
    """What earlier readings of some reports said: the day from which the world could know each report, and for each new telling that one
    of them told too, its deed and that reading's telling."""

    known_from: dict[str, date]
    deeds: dict[str, tuple[str, str]]


class LedgerWriter:
    """Appends to one ledger, which it makes where there is none. Raises LedgerError where it cannot."""

    def __init__(self, location: str, recipe: str, clock: Clock = utc_now) -> None:
        self.store = Store(location)
        self.store.create()
        self.known = Known(self.store)
        self.recipe, self.moment = recipe, clock
        self._seen = self.store.version("readings")

    def append_batch(self, made: dict[str, pa.Table], run_id: str) -> int:
        """Appends what some reports gave (`rows.Rows.tables`): all of it, or, where it is cut off, nothing that counts. The number of
        deeds that were not told before."""
        tables = self._drop_known(made)
        return self._append(tables, self._add_families(tables["documents"]), run_id, {}, {})

    def append_again(self, made: dict[str, pa.Table], documents: pa.Table, run_id: str, earlier: Earlier) -> None:
        """Appends new readings of stored reports. `documents`: their rows as they are stored. Nothing is appended of the reports."""
        self._look()
        self._append({**made, "documents": documents.slice(0, 0)}, documents, run_id, earlier.known_from, earlier.deeds)

    def _append(self, made: dict[str, pa.Table], documents: pa.Table, run_id: str, known_from: dict[str, date],
                deeds: dict[str, tuple[str, str]]) -> int:
        """`documents`: those that the rows are of; `made` holds those to append. The number of deeds that were not told before."""
        moment, tables = self.moment(), dict(made)
        tables["issues"] = _with(self._new_issues(tables["issues"]), run_id=run_id)
        days = _known_from(tables["readings"], documents, moment, known_from)
        tables["readings"] = _with(tables["readings"], run_id=run_id, known_from=days)
        tables["deeds"], tables["dyads"] = self._join(tables, documents, deeds)
        tables["documents"] = documents.slice(0, tables["documents"].num_rows)
        for name in BATCH:
            self.store.append(name, _with(tables[name], recorded_at=moment))
        self._seen += tables["readings"].num_rows > 0
        first = pc.and_(pc.is_valid(tables["deeds"]["event_id"]), pc.is_null(tables["deeds"]["beside"]))
        return int(pc.sum(first).as_py() or 0)

    def _drop_known(self, made: dict[str, pa.Table]) -> dict[str, pa.Table]:
        """The rows without reports that another writer has read since this one last looked."""
        if not self._look():
            return dict(made)
        have = pa.array(sorted(self.known.find_documents(made["documents"]["document_id"].to_pylist())), pa.string())
        return {name: rows if name == "issues" else rows.filter(pc.invert(pc.is_in(rows["document_id"], have)))
                for name, rows in made.items()}

    def _look(self) -> bool:
        """Whether another writer has read something since this one last looked; if so, what was known is forgotten."""
        newest = self.store.version("readings")
        if newest == self._seen:
            return False
        self._seen, self.known = newest, Known(self.store)
        return True

    def append_rows(self, name: str, rows: list[dict[str, object]]) -> None:
        """Appends rows of a table that no report fills: reviews, feeds, runs. `recorded_at` is added."""
        moment = self.moment()
        self.store.append(name, pa.Table.from_pylist([{**row, "recorded_at": moment} for row in rows], schema=TABLES[name].schema))

    def append_run(self, run_id: str, command: str, phase: str, counts: dict[str, int]) -> None:
        """Appends the beginning or end of a run."""
        self.append_rows("runs", [{"run_id": run_id, "command": command, "phase": phase, "recipe": self.recipe,
                                   "counts": msgspec.json.encode(counts).decode()}])

    def _new_issues(self, issues: pa.Table) -> pa.Table:
        """Those that are not listed yet, each once."""
        ids = issues["issue_id"].to_pylist()
        first = {issue: place for place, issue in reversed(list(enumerate(ids)))}
        listed = self.known.find_issues(ids)
        return issues.take(pa.array(sorted(place for issue, place in first.items() if issue not in listed), pa.int64()))

    def _add_families(self, documents: pa.Table) -> pa.Table:
        days = [day and day.toordinal() for day in documents["published"].to_pylist()]
        self.known.load_reports(find_report_slots(days))
        pairs = zip(documents["document_id"].to_pylist(), documents["bands"].to_pylist(), strict=True)
        return documents.append_column("family", pa.array([self.known.find_family(*pair) for pair in pairs], pa.string()))

    def _join(self, tables: dict[str, pa.Table], documents: pa.Table, known: dict[str, tuple[str, str]]) -> tuple[pa.Table, pa.Table]:
        """The rows of `deeds` and `dyads` for the events of a batch. `known`: the deed of a telling that an earlier reading told too,
        and that reading's telling."""
        events = tables["events"]
        reports = {row["document_id"]: (row["family"], row["gist"], row["language"])
                   for row in documents.select(["document_id", "family", "gist", "language"]).to_pylist()}
        tellings = list(read_tellings(events, reports))
        self.known.load_tellings(tellings)
        known_from = dict(zip(tables["readings"]["reading_id"].to_pylist(), tables["readings"]["known_from"].to_pylist(), strict=True))
        days = [known_from[reading] for reading in events["reading_id"].to_pylist()]
        links: list[Link] = []
        deeds: list[dict[str, object]] = []
        for telling in tellings:
            if telling.event_id in known:
                self.known.index.add(telling, known[telling.event_id][0])
        for telling, reading, day in zip(tellings, events["reading_id"].to_pylist(), days, strict=True):
            again = known.get(telling.event_id)
            link, merges = (Link(again[0], telling.event_id, again[1], 1.0, (AGAIN,)), []) if again else self.known.index.join(telling)
            links.append(link)
            deeds.append(_deed_row(link, reading, day))
            deeds.extend(_deed_row(merge, reading, day) for merge in merges)
        return (pa.Table.from_pylist(deeds, schema=_early("deeds")),
                _make_dyads(events, [link.deed_id for link in links], pa.array(days, pa.date32())))


def _early(name: str) -> pa.Schema:
    schema = TABLES[name].schema
    return schema.remove(schema.get_field_index("recorded_at"))


def _deed_row(part: Link | Merge, reading_id: str, known_from: object) -> dict[str, object]:
    row: dict[str, object] = {"deed_id": part.deed_id, "reading_id": reading_id, "score": part.score, "reasons": list(part.reasons),
                              "known_from": known_from}
    if isinstance(part, Link):
        return {**row, "event_id": part.event_id, "beside": part.beside}
    return {**row, "merged_from": part.merged_from}


def _known_from(readings: pa.Table, documents: pa.Table, moment: datetime, before: dict[str, date]) -> pa.Array:
    """The day of publication of each reading's report; where it has none, that of an earlier reading, or the day of recording."""
    published = dict(zip(documents["document_id"].to_pylist(), documents["published"].to_pylist(), strict=True))
    return pa.array([published[name] or before.get(name) or moment.date() for name in readings["document_id"].to_pylist()], pa.date32())


def _with(rows: pa.Table, **columns: object) -> pa.Table:
    """The rows with more columns: an array, or one value for all."""
    for name, value in columns.items():
        kind = MOMENT if name == "recorded_at" else pa.string()
        array = value if isinstance(value, pa.Array) else pa.array([value] * rows.num_rows, kind)
        rows = rows.append_column(name, array)
    return rows


def _make_dyads(events: pa.Table, deeds: list[str], known_from: pa.Array) -> pa.Table:
    """A row for each telling and pair of known codes in it."""
    places: list[int] = []
    pairs: list[str] = []
    for place, codes in enumerate(events["codes"].to_pylist()):
        for pair in combinations(sorted(set(codes) - {"UNK"}), 2):
            places.append(place)
            pairs.append("|".join(pair))
    taken = events.append_column("deed_id", pa.array(deeds, pa.string())).append_column("known_from", known_from).take(
        pa.array(places, pa.int64()))
    day = pc.coalesce(taken["start"], taken["published"])
    return taken.append_column("pair", pa.array(pairs, pa.string())).append_column("day", day).select(list(_early("dyads").names))
