"""From any id to its sentence: the report that a record stands in, with all records of its reading and where they are proved.

Refuses to guess: an id that names nothing, or that two sources gave to different reports, is an error that says so.
"""
from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.ledger.schema import RECORDS
from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.model import LedgerError
from rawabit.text.segment import split_sentences

ASKED = 8
"""Reports that are named where an id is that of several."""


class Marked(msgspec.Struct, frozen=True):
    """A record of a report: its number on the page, its table (events, …), id, row, and the stretch of the content that proves it."""

    number: int
    table: str
    id: str
    start: int
    end: int
    row: dict[str, Any]


class Trace(msgspec.Struct, frozen=True):
    """A report with the records of its reading, in order of place. `focus`: the record that was asked for, `sentence` the stretch that
    holds it; None where the report itself was asked for."""

    document: dict[str, Any]
    content: str
    records: tuple[Marked, ...]
    focus: Marked | None = None
    sentence: tuple[int, int] | None = None


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the content and the records that cover all of it."""

    start: int
    end: int
    records: tuple[Marked, ...]


def find_trace(ledger: Ledger, asked: str, as_of: Moment | None = None, recorded_by: Moment | None = None) -> Trace:
    """The report that an id leads to: of a report (the ledger's id or its source's), record or deed. Raises LedgerError for others."""
    def rows(sql: str, *values: str) -> list[dict[str, Any]]:
        return list(ledger.query(sql, values, as_of, recorded_by).to_pylist())

    found = rows("SELECT document_id FROM documents WHERE document_id = ?", asked)
    record_id = None
    if not found:
        found, record_id = _find_record(rows, asked)
    if not found:
        found = rows("SELECT document_id, outlet, published FROM documents WHERE given_id = ? ORDER BY published, document_id", asked)
    if not found:
        raise LedgerError(f"nothing in the ledger at {ledger.location} has the id {asked!r}. `rawabit documents` and `rawabit deeds` show "
                          "ids; a later --as-of may know it.")
    if len(found) > 1:
        listed = "; ".join(f"{row['document_id']} ({row['outlet']}, {row['published']})" for row in found[:ASKED])
        raise LedgerError(f"{len(found)} reports came as {asked!r}: {listed}. Ask for one of these ids.")
    return _make_trace(rows, found[0]["document_id"], record_id)


def _find_record(rows: Any, asked: str) -> tuple[list[dict[str, Any]], str | None]:
    """The report of a record or of a deed's telling, and the record's id."""
    for table, key in RECORDS.items():
        if found := rows(f"SELECT document_id FROM {table} WHERE {key} = ?", asked):
            return found, asked
    if found := rows("SELECT document_id, event_id FROM deeds WHERE deed_id = coalesce((SELECT root FROM merged WHERE deed_id = ?), ?)",
                     asked, asked):
        return found, found[0]["event_id"]
    return [], None


def _make_trace(rows: Any, document_id: str, record_id: str | None) -> Trace:
    (document,) = rows("SELECT * EXCLUDE (gist, bands) FROM documents WHERE document_id = ?", document_id)
    content = f"{document['title']}\n{document['text']}"
    places = []
    for table, key in RECORDS.items():
        view = "tellings" if table == "events" else table
        places += [(row["evidence_start"], row["evidence_end"], table, row[key], row)
                   for row in rows(f"SELECT * FROM {view} WHERE document_id = ?", document_id)]
    places.sort(key=lambda place: place[:4])
    records = tuple(Marked(n, table, id_, start, end, row) for n, (start, end, table, id_, row) in enumerate(places, 1))
    focus = next((record for record in records if record.id == record_id), None)
    return Trace(document, content, records, focus, find_sentence(document, content, focus) if focus else None)


def find_sentence(document: dict[str, Any], content: str, record: Marked) -> tuple[int, int]:
    """First and last place of the sentences that hold a record; the record's own where the language has no lexicon."""
    held = find_sentences(document, content, record.start, record.end) if document["language"] in known_languages() else []
    return min([record.start, *(start for start, _ in held)]), max([record.end, *(end for _, end in held)])


def find_sentences(document: dict[str, Any], content: str, start: int, end: int) -> list[tuple[int, int]]:
    """First and last place of each sentence that a stretch touches. Raises InputError for a language that has no lexicon."""
    sentences = split_sentences(content, len(document["title"]), load_lexicon(document["language"]))
    return [(s.start, s.end) for s in sentences if s.start < end and start < s.end]


def cut_sentence(document: dict[str, Any], content: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentences that hold a stretch: what comes before it, it, and what comes after; it alone in a language without a lexicon."""
    held = find_sentences(document, content, start, end) if document["language"] in known_languages() else []
    first, last = min([start, *(a for a, _ in held)]), max([end, *(b for _, b in held)])
    return content[first:start], content[start:end], content[end:last]


def cut_pieces(start: int, end: int, records: tuple[Marked, ...]) -> list[Piece]:
    """The stretch between two places, cut wherever a record begins or ends."""
    inside = [record for record in records if record.start < end and start < record.end]
    cuts = sorted({start, end, *(max(start, r.start) for r in inside), *(min(end, r.end) for r in inside)})
    return [Piece(a, b, tuple(r for r in inside if r.start <= a and b <= r.end)) for a, b in pairwise(cuts)]
