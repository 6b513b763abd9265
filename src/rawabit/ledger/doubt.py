"""How doubtful a record is, and the records that nobody has judged, most doubtful first.

A record's doubt is the sum of what its reading could not find or left open, and, for a telling, of how unlike it is to what else is told
of its deed. Equal doubts go by id, so that the order is the same each time. The judge's own score of a reading is not stored.
"""
from __future__ import annotations

from collections.abc import Collection

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.ledger.schema import RECORDS

DOUBTS = {
    "events": {
        "no date": "2 * (start IS NULL)::INT", "unknown party": "2 * list_contains(codes, 'UNK')::INT",
        "not told as happened": "(modality <> 'actual')::INT", "dated by publication": "(NOT dated AND start IS NOT NULL)::INT / 2",
        "unlike its deed": "2 * (1 - coalesce(likeness, 1))", "tellings differ": "coalesce(len(differs) > 0, false)::INT"},
    "statements": {"unknown party": "2 * (speaker_code = 'UNK')::INT", "about nobody": "(len(about) = 0)::INT",
                   "takes a stand": "(stance <> 'neutral')::INT", "not quoted": "(NOT quoted)::INT / 2"},
    "figures": {"unknown party": "2 * (subject_code = 'UNK')::INT", "no measure": "(measure = 'other')::INT",
                "not exact": "(bound <> '=')::INT / 2", "no period": "(period IS NULL)::INT / 2"},
    "ties": {"unknown party": "2 * (subject_code = 'UNK' OR object_code = 'UNK')::INT",
             "not told as happened": "(modality <> 'actual')::INT", "no date": "(start IS NULL)::INT / 2"},
    "people": {"unknown party": "2 * (code = 'UNK')::INT", "no sector": "(sector = '')::INT", "no role": "(role = '')::INT"},
}
"""By kind of record, why it is doubtful and how much, from 0 to 2: what is missing weighs most, what is merely open or unusual less."""
SEEN = 0.2
"""A reason counts as one that is shown from here on: of likeness, one telling in ten joined so is another deed."""
SOURCES = {"events": "(SELECT t.*, d.differs FROM tellings t LEFT JOIN deeds d USING (deed_id))"}
"""Where a kind is taken from, if not from its own view."""


class Doubtful(msgspec.Struct, frozen=True):
    """A record that nobody has judged: its id, its doubt, and why."""

    id: str
    doubt: float
    reasons: tuple[str, ...]


def find_queue(ledger: Ledger, kind: str, limit: int, skip: int = 0, without: Collection[str] = ()) -> list[Doubtful]:
    """The records of a kind that nobody has judged, most doubtful first, but for those of the ids in `without`."""
    key, doubts = RECORDS[kind], DOUBTS[kind]
    parts = ", ".join(f'{sql} AS d{n}' for n, sql in enumerate(doubts.values()))
    total = " + ".join(f"d{n}" for n in range(len(doubts)))
    rows = ledger.query(f"SELECT *, {total} AS doubt FROM (SELECT {key} AS id, {parts} FROM {SOURCES.get(kind, kind)} "
                        f"WHERE judgement IS NULL AND NOT list_contains(?::VARCHAR[], {key})) ORDER BY doubt DESC, id LIMIT ? OFFSET ?",
                        [sorted(without), limit, skip]).to_pylist()
    return [Doubtful(row["id"], row["doubt"], tuple(name for n, name in enumerate(doubts) if row[f"d{n}"] >= SEEN)) for row in rows]


def find_doubts(ledger: Ledger, kind: str, record_id: str) -> tuple[str, ...]:
    """Why a record is doubtful, judged or not."""
    key, doubts = RECORDS[kind], DOUBTS[kind]
    parts = ", ".join(f'{sql} AS d{n}' for n, sql in enumerate(doubts.values()))
    rows = ledger.query(f"SELECT {parts} FROM {SOURCES.get(kind, kind)} WHERE {key} = ? LIMIT 1", [record_id]).to_pylist()
    return tuple(name for n, name in enumerate(doubts) if rows and rows[0][f"d{n}"] >= SEEN)


def count_queue(ledger: Ledger, without: Collection[str] = ()) -> dict[str, int]:
    """How many records of each kind nobody has judged, but for those of the ids in `without`."""
    views = {**dict.fromkeys(RECORDS), "events": "tellings"}
    parts = ", ".join(f"(SELECT count(*) FROM {views[kind] or kind} WHERE judgement IS NULL AND NOT list_contains(?::VARCHAR[], {key})) "
                      f"AS {kind}" for kind, key in RECORDS.items())
    counts: dict[str, int] = ledger.query(f"SELECT {parts}", [sorted(without)] * len(RECORDS)).to_pylist()[0]
    return counts
