"""Rows of the ledger → Reading: a stored report with the records in force, reviews applied, and the form in which gold is kept."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from rawabit.codebook import to_codebook
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.schema import RECORDS
from rawabit.model import Actor, DateRange, Document, Event, Figure, Person, Precision, Reading, Span, Statement, Tie

SAFE = re.compile(r"\w[\w.-]{0,127}")
Row = dict[str, Any]
Kind = TypeVar("Kind")
JUDGED = """
SELECT DISTINCT document_id FROM documents SEMI JOIN ($records) USING (document_id) ORDER BY document_id
""".replace("$records", " UNION ALL ".join(
    f"SELECT document_id FROM raw_{name} ANTI JOIN excluded USING (reading_id, recorded_at) SEMI JOIN judged ON judged.record_id = {key}"
    for name, key in RECORDS.items()))


class Judged(msgspec.Struct, frozen=True):
    """A judged report: its id as a file name, its reading without what was rejected, and how many records nobody has judged."""

    name: str
    reading: Reading
    open: int

    def gold(self) -> Row:
        """The reading in the codebook's form, less what is derived or empty in gold."""
        whole = to_codebook(self.reading)
        kept = {name: whole[name] for name in ("document", "people", "events", "statements", "figures", "ties")}
        kept["document"]["id"] = self.name
        return {**kept, "review": {"records_not_judged": self.open}}

    def text(self) -> Row:
        """The report, as gold keeps it."""
        doc = self.reading.document
        return {"id": self.name, "source": doc.source, "language": doc.language, "published": doc.published, "title": doc.title,
                "text": doc.text}


def find_judged(ledger: Ledger) -> Iterator[Judged]:
    """The reports of which a record in force was judged, in order of id."""
    ids = ledger.query(JUDGED).column(0).to_pylist()
    documents = ledger.query("SELECT * FROM documents WHERE list_contains(?, document_id) ORDER BY document_id", [ids]).to_pylist()
    given = Counter(row["given_id"] for row in documents)
    for row in documents:
        name = row["given_id"] if SAFE.fullmatch(row["given_id"] or "") and given[row["given_id"]] == 1 else row["document_id"]
        rows = {table: _records(ledger, table, key, row["document_id"]) for table, key in RECORDS.items()}
        yield Judged(name, make_reading(row, rows), sum(r["judgement"] is None for part in rows.values() for r in part))


def _records(ledger: Ledger, table: str, key: str, document_id: str) -> list[Row]:
    rows: list[Row] = ledger.query(f"SELECT * FROM {table} WHERE document_id = ? ORDER BY evidence_start, {key}", [document_id]).to_pylist()
    return rows


def make_document(row: Row) -> Document:
    """The report that a row of `documents` holds, under the id that its source gave it."""
    return Document(row["given_id"] or row["document_id"], row["title"], row["text"], row["outlet"], row["language"], row["published"],
                    row["url"])


def make_reading(document: Row, rows: dict[str, list[Row]]) -> Reading:
    """The reading that rows of the views hold. A telling said to be the same as one that was rejected stands alone."""
    numbers = {row["event_id"]: row["number"] for row in rows["events"]}
    events = sorted(rows["events"], key=lambda row: int(row["number"].lstrip("e") or 0))
    return Reading(make_document(document), people=_all(_person, rows["people"]), events=tuple(_event(row, numbers) for row in events),
                   statements=_all(_statement, rows["statements"]), figures=_all(_figure, rows["figures"]), ties=_all(_tie, rows["ties"]))


def _all(make: Callable[[Row], Kind], rows: list[Row]) -> tuple[Kind, ...]:
    return tuple(make(row) for row in rows)


def _event(row: Row, numbers: dict[str, str]) -> Event:
    return Event(row["number"], row["type"], row["mode"], row["modality"], tuple(map(Actor.parse, row["actors"])),
                 tuple(map(Actor.parse, row["recipients"])), Span(row["trigger_start"], row["trigger_end"]), _evidence(row), _dates(row),
                 row["place"], row["country"], _actor(row["attribution"]), numbers.get(row["same_as"]), row["quad"], row["score"],
                 row["cameo"], tuple(row["contexts"]))


def _statement(row: Row) -> Statement:
    return Statement(Actor.parse(row["speaker"]), row["quoted"], tuple(row["about"]), row["stance"], _evidence(row))


def _figure(row: Row) -> Figure:
    return Figure(row["measure"], Actor.parse(row["subject"]), row["partner"], row["value"], row["unit"], row["bound"], row["period"],
                  _actor(row["attribution"]), _evidence(row))


def _tie(row: Row) -> Tie:
    return Tie(row["relation"], Actor.parse(row["subject"]), Actor.parse(row["object"]), row["modality"], _evidence(row), _dates(row))


def _person(row: Row) -> Person:
    return Person(_evidence(row), row["english"], row["code"], row["sector"], row["role"])


def _evidence(row: Row) -> Span:
    return Span(row["evidence_start"], row["evidence_end"])


def _actor(text: str | None) -> Actor | None:
    return Actor.parse(text) if text else None


def _dates(row: Row) -> DateRange | None:
    if row["start"] is None or row["end"] is None:
        return None
    return DateRange(row["start"], row["end"], Precision(row["precision"] or "range"))
