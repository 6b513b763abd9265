"""A person's judgement of a record: accept, correct, reject, undo. A judgement is a row with who and when; the views apply the last one.

Refuses a record that is not there and a correction that the codebook does not allow. A correction adds to the one before it.
"""
from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.correction import make_correction
from rawabit.ledger.doubt import find_queue
from rawabit.ledger.ids import make_id
from rawabit.ledger.ledger import Ledger, open_table
from rawabit.ledger.schema import RECORDS, TABLES
from rawabit.ledger.store import Store
from rawabit.ledger.trace import find_sentences
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import LedgerError

REVIEWERS = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "USER", "LOGNAME", "USERNAME")
"""Variables of the environment that name a reviewer, the first that is set."""
OWN = {"reading_id", "recorded_at", "same_as", "number", "gist", "sentence"}
"""Columns in which the same record may differ from one reading to the next."""


class Record(msgspec.Struct, frozen=True):
    """A record as it stands: its table, its id, its columns (reviews applied, unless it is rejected) and its report."""

    table: str
    id: str
    row: dict[str, Any]
    document: dict[str, Any]

    @property
    def content(self) -> str:
        """Title, line feed, text: what the offsets count on."""
        return f"{self.document['title']}\n{self.document['text']}"

    @property
    def sentence(self) -> str:
        """The sentence that proves it."""
        held = find_sentences(self.document, self.content, self.row["evidence_start"], self.row["evidence_end"])
        return " ".join(self.content[start:end].strip() for start, end in held)


def find_reviewer(given: str | None) -> str:
    """Who judges: the name given, else that of the environment. Raises LedgerError where there is none."""
    name = given or next((os.environ[key] for key in REVIEWERS if os.environ.get(key)), None)
    if not name:
        raise LedgerError("who judges? Give a name with --by NAME.")
    return name


def find_record(ledger: Ledger, record_id: str) -> Record:
    """The record of an id. Raises LedgerError where there is none."""
    for table, key in RECORDS.items():
        for source in (table, f"raw_{table}"):
            rows = ledger.query(f"SELECT * FROM {source} WHERE {key} = ? ORDER BY recorded_at DESC LIMIT 1", [record_id]).to_pylist()
            if rows:
                return Record(table, record_id, rows[0], _find_document(ledger, rows[0]["document_id"]))
    tellings = ledger.query("SELECT event_id FROM tellings WHERE deed_id = ? ORDER BY event_id LIMIT 5", [record_id]).column(0).to_pylist()
    if tellings:
        raise LedgerError(f"{record_id} is a deed, which follows from its tellings. Judge these: {', '.join(tellings)}.")
    raise LedgerError(f"no record {record_id!r} in the ledger. Take an id from `rawabit review next`.")


def _find_document(ledger: Ledger, document_id: str) -> dict[str, Any]:
    row: dict[str, Any] = ledger.query("SELECT * FROM raw_documents WHERE document_id = ? LIMIT 1", [document_id]).to_pylist()[0]
    return row


def find_records(ledger: Ledger, name: str) -> list[Record]:
    """The record of an id, or all records of a report that nobody has judged. Raises LedgerError where there is none."""
    if not ledger.query("SELECT 1 FROM documents WHERE document_id = ?", [name]).num_rows:
        return [find_record(ledger, name)]
    document = _find_document(ledger, name)
    sql = "SELECT * FROM {table} WHERE document_id = ? AND judgement IS NULL ORDER BY evidence_start, {key}"
    return [Record(table, row[key], row, document) for table, key in RECORDS.items()
            for row in ledger.query(sql.format(table=table, key=key), [name]).to_pylist()]


def judge_records(writer: LedgerWriter, ledger: Ledger, records: Iterable[Record], judgement: str, reviewer: str,
                  note: str | None) -> list[str]:
    """Accepts, rejects or undoes; gives the ids of the judgements. A record that was corrected is accepted with its correction."""
    records = list(records)
    if judgement == "undo":
        _check_judged(ledger, records)
    return append_reviews(writer, [
        _review(writer, record, judgement, _held(ledger, record) if judgement == "accept" else None, reviewer, note) for record in records])


def _check_judged(ledger: Ledger, records: Iterable[Record]) -> None:
    """Raises LedgerError where there is no judgement to undo."""
    for record in records:
        if not ledger.query("SELECT 1 FROM judged WHERE record_id = ?", [record.id]).num_rows:
            raise LedgerError(f"nobody has judged {record.id}. See `rawabit review list`.")


def _held(ledger: Ledger, record: Record) -> str | None:
    """The correction of a record that holds."""
    rows = ledger.query("SELECT correction FROM judged WHERE record_id = ? AND judgement <> 'reject'", [record.id]).column(0).to_pylist()
    return rows[0] if rows else None


def correct_record(writer: LedgerWriter, ledger: Ledger, record: Record, pairs: Sequence[str], reviewer: str,
                   note: str | None) -> list[str]:
    """Corrects columns, each given as `column=value`; what was corrected before stays. Raises LedgerError."""
    _check_same_as(ledger, record, pairs)
    held = _held(ledger, record)
    earlier = msgspec.json.decode(held, type=dict[str, Any]) if held else {}
    correction = {**earlier, **make_correction(record.table, record.row, pairs, record.content)}
    written = msgspec.json.encode(correction, order="sorted").decode()
    return append_reviews(writer, [_review(writer, record, "correct", written, reviewer, note)])


def _check_same_as(ledger: Ledger, record: Record, pairs: Sequence[str]) -> None:
    """Raises LedgerError where `same_as` is given and names no telling of the same reading."""
    for name in (pair.partition("=")[2] for pair in pairs if pair.startswith("same_as=")):
        same = ledger.query("SELECT 1 FROM raw_events WHERE event_id = ? AND reading_id = ?", [name, record.row["reading_id"]])
        if name and not same.num_rows:
            raise LedgerError(f"no telling {name!r} in the same report. Give the id of an earlier telling, or nothing.")


def _review(writer: LedgerWriter, record: Record, judgement: str, correction: str | None, reviewer: str,
            note: str | None) -> dict[str, object]:
    review_id = make_id("review", record.id, judgement, correction, reviewer, writer.moment())
    return {"review_id": review_id, "record_id": record.id, "table": record.table, "judgement": judgement, "correction": correction,
            "reviewer": reviewer, "note": note}


def append_reviews(writer: LedgerWriter, rows: list[dict[str, object]]) -> list[str]:
    """Appends judgements in one commit; gives their ids."""
    writer.append_rows("reviews", rows)
    return [str(row["review_id"]) for row in rows]


def find_reviews(ledger: Ledger) -> pa.Table:
    """All judgements, newest first; `holds` says whether it is the one that counts of its record."""
    return ledger.query("SELECT r.recorded_at, r.reviewer, r.judgement, r.\"table\", r.record_id, r.correction, r.note, r.review_id, "
                        "j.judged_at IS NOT NULL AS holds FROM reviews r LEFT JOIN judged j ON j.record_id = r.record_id "
                        "AND j.judged_at = r.recorded_at AND j.judgement = r.judgement ORDER BY r.recorded_at DESC, r.review_id")


def find_next(ledger: Ledger, kind: str) -> Record | None:
    """The most doubtful record of a kind that nobody has judged; None where all are."""
    found = find_queue(ledger, kind, 1)
    return find_record(ledger, found[0].id) if found else None


def read_judgements(location: str) -> list[dict[str, Any]]:
    """All judgements that the ledger holds at this moment, newest first; `holds`: it is the last one of its record, and undoes none.

    For one who judges and wants to see it at once: opening a `Ledger` anew takes longer the more it holds. Raises LedgerError."""
    with duckdb.connect() as connection:
        open_table(connection, "raw_reviews", Store(location).files("reviews"), TABLES["reviews"].schema)
        found = connection.sql("SELECT * FROM raw_reviews ORDER BY recorded_at DESC, review_id").to_arrow_table().to_pylist()
    last = {row["record_id"]: row["review_id"] for row in reversed(found)}
    return [{**row, "holds": last[row["record_id"]] == row["review_id"] and row["judgement"] != "undo"} for row in found]


def carry_reviews(writer: LedgerWriter, before: Ledger, documents: list[str]) -> None:
    """Judges records of new readings as the same records of the readings before were judged."""
    if not before.query("SELECT 1 FROM judged LIMIT 1").num_rows:
        return
    after = Ledger(before.location)
    rows = [row for table, key in RECORDS.items() for row in after.query(_same_records(table, key), [documents]).to_pylist()]
    append_reviews(writer, [{**row, "review_id": make_id("review", row["record_id"], row["judgement"], row["note"], writer.moment())}
                            for row in rows])


def _same_records(table: str, key: str) -> str:
    columns = [name for name in TABLES[table].names if name != key and name not in OWN]
    same = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM new."{name}"' for name in columns)
    return (f"SELECT new.{key} AS record_id, '{table}' AS \"table\", j.judgement, j.correction, j.reviewer, "
            f"'carried over from ' || j.record_id AS note FROM judged j JOIN raw_{table} old ON old.{key} = j.record_id "
            f"JOIN (SELECT * FROM raw_{table} ANTI JOIN excluded USING (reading_id, recorded_at)) new ON {same} "
            f"WHERE old.{key} <> new.{key} AND list_contains(?, new.document_id) QUALIFY row_number() OVER (PARTITION BY new.{key}) = 1")
