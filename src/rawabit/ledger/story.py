"""One deed with all its tellings, and how it was told over time: planned, then happened, moved or called off."""
from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.model import LedgerError

Row = dict[str, Any]


class Step(msgspec.Struct, frozen=True):
    """How a deed was told on a day of publication: as what, for which days, by how many."""

    published: str | None
    modality: str
    days: str
    tellings: int
    outlets: tuple[str, ...]


class Story(msgspec.Struct, frozen=True):
    """A deed, its tellings in order of publication, the steps of its history, and the number of each telling."""

    deed: Row
    tellings: tuple[Row, ...]
    history: tuple[Step, ...]
    numbers: dict[str, int]


def find_story(ledger: Ledger, asked: str, as_of: Moment | None = None, recorded_by: Moment | None = None) -> Story:
    """The story of a deed, or of the deed that a telling tells. Raises LedgerError for any other id."""
    sql = ("SELECT * FROM deeds WHERE deed_id = coalesce((SELECT deed_id FROM tellings WHERE event_id = ?), "
           "(SELECT root FROM merged WHERE deed_id = ?), ?)")
    deeds = ledger.query(sql, (asked, asked, asked), as_of, recorded_by).to_pylist()
    if not deeds:
        raise LedgerError(f"no deed and no telling in the ledger at {ledger.location} has the id {asked!r}. `rawabit deeds` shows ids; "
                          "a later --as-of may know it.")
    sql = "SELECT * EXCLUDE (gist) FROM tellings WHERE deed_id = ? ORDER BY published NULLS LAST, document_id, trigger_start, event_id"
    tellings = ledger.query(sql, (deeds[0]["deed_id"],), as_of, recorded_by).to_pylist()
    return Story(deeds[0], tuple(tellings), make_history(tellings), {row["event_id"]: n for n, row in enumerate(tellings, 1)})


def make_history(tellings: list[Row]) -> tuple[Step, ...]:
    """The days of publication on which a deed began to be told otherwise than before: another modality, or other days."""
    told = [row for row in tellings if row["dated"] or row["modality"] != "actual"] or tellings
    steps: list[Step] = []
    for (published, modality, days), group in groupby(told, key=lambda row: (row["published"], row["modality"], _days(row))):
        rows = list(group)
        outlets = tuple(sorted({row["outlet"] for row in rows if row["outlet"]}))
        if (modality, days) not in [(step.modality, step.days) for step in steps]:
            steps.append(Step(published and published.isoformat(), modality, days, len(rows), outlets))
    return tuple(steps)


def _days(row: Row) -> str:
    if row["start"] is None:
        return "no date"
    first, last = row["start"].isoformat(), row["end"].isoformat()
    return first if first == last else f"{first} … {last}"
