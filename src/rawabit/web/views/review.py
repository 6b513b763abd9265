"""Review: the most doubtful record that nobody has judged, or any record, with its sentence, its judgements and the fields that can be
corrected. Records are shown as the ledger holds them now, whatever day is asked for: a judgement is given now."""
from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import msgspec
import pyarrow as pa
from fastapi import Path, Query

from rawabit.ledger.correction import CHOICES, WORDS, name_correctable
from rawabit.ledger.doubt import count_queue, find_doubts, find_queue
from rawabit.ledger.export import INNER
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.review import Record, find_record, read_judgements
from rawabit.ledger.schema import TABLES
from rawabit.ledger.trace import cut_sentence
from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.lexicon.schema import EVENT_TYPES
from rawabit.record.plover import plover
from rawabit.web.asked import Asked

SHOWN = 8
"""Judgements that are listed."""
FLAGS = ("true", "false")
LAST = "same_as"
"""The column that comes last in the form: it is an id, and seldom corrected."""


class Kind(StrEnum):
    """Kinds of record, each with a queue of its own."""

    EVENTS = "events"
    STATEMENTS = "statements"
    FIGURES = "figures"
    TIES = "ties"
    PEOPLE = "people"


class Field(msgspec.Struct, frozen=True):
    """A column that can be corrected: its name, its value as a person writes it, how it is written (line, words, day, choice), and for a
    choice its groups (a type, or empty) with what may be chosen; whether it may be left empty."""

    name: str
    value: str
    form: str
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    empty: bool = False


class Judgement(msgspec.Struct, frozen=True):
    """What somebody judged of a record, and when (UTC). `holds`: nobody has judged it since, and it was not undone."""

    record_id: str
    table: str
    judgement: str
    correction: dict[str, Any] | None
    reviewer: str
    note: str | None
    moment: str
    holds: bool


class Shown(msgspec.Struct, frozen=True):
    """A record: its table, id, row and report, its sentence in three parts of which the second proves it, why it is doubtful, its
    judgements and its fields."""

    table: str
    id: str
    row: dict[str, Any]
    document: dict[str, Any]
    sentence: tuple[str, str, str]
    doubts: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    fields: tuple[Field, ...]


class ReviewPage(msgspec.Struct, frozen=True):
    """The record at a place in the queue of a kind (`skip`: how many come before it) or one that was asked for (`alone`), how many records
    of each kind nobody has judged, and the latest judgements."""

    kind: Kind
    skip: int
    alone: bool
    record: Shown | None
    open: dict[str, int]
    latest: tuple[Judgement, ...]


Skip = Annotated[int, Query(ge=0, le=1_000_000, description="How many of the queue to pass over.")]


def view_review(ledger: Ledger, asked: Asked, *, kind: Annotated[Kind, Query(description="Of which records.")] = Kind.EVENTS,
                skip: Skip = 0) -> ReviewPage:
    """The queue of records that nobody has judged, most doubtful first, one at a time."""
    judgements = read_judgements(ledger.location)
    judged = {row["record_id"] for row in judgements if row["holds"]}
    found = find_queue(ledger, kind, 1, skip, judged)
    record = show_record(ledger, find_record(ledger, found[0].id), judgements) if found else None
    return ReviewPage(kind, skip, False, record, count_queue(ledger, judged), make_judgements(judgements[:SHOWN]))


def view_review_one(ledger: Ledger, asked: Asked, *, id: Annotated[str, Path(max_length=80, description="Of a record.")],
                    kind: Annotated[Kind, Query(description="The queue to go back to.")] = Kind.EVENTS, skip: Skip = 0) -> ReviewPage:
    """One record, judged or not."""
    judgements = read_judgements(ledger.location)
    judged = {row["record_id"] for row in judgements if row["holds"]}
    return ReviewPage(kind, skip, True, show_record(ledger, find_record(ledger, id), judgements), count_queue(ledger, judged),
                      make_judgements(judgements[:SHOWN]))


def show_record(ledger: Ledger, record: Record, judgements: list[dict[str, Any]]) -> Shown:
    """A record with what one who judges it needs."""
    own = make_judgements([row for row in judgements if row["record_id"] == record.id])
    document = {name: value for name, value in record.document.items() if name not in (*INNER, "text")}
    row = {**_find_deed(ledger, record), **{name: value for name, value in record.row.items() if name not in INNER}}
    sentence = cut_sentence(record.document, record.content, record.row["evidence_start"], record.row["evidence_end"])
    return Shown(record.table, record.id, row, document, sentence, find_doubts(ledger, record.table, record.id), own,
                 tuple(make_field(record, name) for name in sorted(name_correctable(record.table), key=LAST.__eq__)))


def _find_deed(ledger: Ledger, record: Record) -> dict[str, Any]:
    """The deed that a telling tells; None for what is rejected."""
    found = ledger.query("SELECT deed_id FROM tellings WHERE event_id = ?", [record.id]).to_pylist()
    return found[0] if found else {"deed_id": None}


def make_judgements(rows: list[dict[str, Any]]) -> tuple[Judgement, ...]:
    """Judgements as they are shown."""
    return tuple(Judgement(row["record_id"], row["table"], row["judgement"],
                           msgspec.json.decode(row["correction"]) if row["correction"] else None, row["reviewer"], row["note"],
                           row["recorded_at"].strftime("%Y-%m-%d %H:%M"), row["holds"]) for row in rows)


def make_field(record: Record, name: str) -> Field:
    """A column of a record as a field of the form."""
    column = next(c for c in TABLES[record.table].columns if c.name == name)
    value, empty = write_value(record.row[name]), not column.key or pa.types.is_list(column.type)
    if name == "mode":
        table = plover(load_lexicon(known_languages()[0]))
        return Field(name, value, "choice", tuple((kind, tuple(table.modes(kind))) for kind in EVENT_TYPES if table.modes(kind)), empty)
    if name in CHOICES or pa.types.is_boolean(column.type):
        return Field(name, value, "choice", (("", tuple(CHOICES.get(name, FLAGS))),), empty)
    form = "day" if pa.types.is_date(column.type) else "words" if name in WORDS else "line"
    return Field(name, value, form, (), empty)


def write_value(value: Any) -> str:
    """A value as a person writes it in a correction: `rawabit review correct` reads it back."""
    if value is None:
        return ""
    if isinstance(value, list):
        return msgspec.json.encode(value).decode() if any("," in item for item in value) else ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def find_changes(record: Record, typed: dict[str, str]) -> list[str]:
    """The fields that were changed, as `column=value`. A browser sends a line feed as two characters; blanks at the ends mean nothing."""
    fields = {name: write_value(record.row[name]) for name in name_correctable(record.table)}
    clean = {name: value.replace("\r\n", "\n").strip() for name, value in typed.items()}
    return [f"{name}={value}" for name, value in clean.items() if name not in fields or value != fields[name].strip()]
