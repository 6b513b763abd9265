"""Deeds in flat coding, as other data sets know them: one type, one day, no modality.

Flat coding is PLOVER's (manual 0.8, "Special considerations" and the notes of AGREE, CONCEDE and RETREAT): what is announced is not coded
as done. A planned CONSULT, SUPPORT, COOPERATE or AID is AGREE, a planned RETREAT is CONCEDE, on the day on which it was announced; other
types keep theirs with the auxiliary context `future`, `hypothetical` or `negation`. Dates that are no days (months, years, stretches of
more than a week) stay empty.
"""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pyarrow as pa

from rawabit.ledger.filters import Filters, make_query
from rawabit.ledger.ledger import Ledger
from rawabit.model import Actor

PLANNED = {"CONSULT": ("AGREE", "036"), "SUPPORT": ("AGREE", "032"), "COOPERATE": ("AGREE", "031"), "AID": ("AGREE", "033"),
           "AGREE": ("AGREE", "030"), "CONCEDE": ("CONCEDE", "035"), "RETREAT": ("CONCEDE", "035")}
"""What a planned deed is in flat coding: its PLOVER type (all of quad class 1), and the CAMEO code ("express intent to …")."""
AUXILIARY = {"future": "future", "hypothetical": "hypothetical", "negated": "negation"}
"""PLOVER's auxiliary contexts."""
LONGEST = 7
"""Days of the longest stretch that stands on its first day, as a visit or talks do. "Since 1992" or "from 1998 to 2000" name no day."""
IDS = {"deeds": "deed_id", "tellings": "event_id"}
TOLD = {"deeds": "coalesce(announced, first_told)", "tellings": "published"}
BATCH_ROWS = 10_000


class Flat(msgspec.Struct, frozen=True):
    """A deed in flat coding. `day` is null where no day is known; `start` and `end` are the stretch that the report gives."""

    id: str
    type: str
    was: str
    mode: str | None
    modality: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    day: date | None
    start: date | None
    end: date | None
    cameo: str
    contexts: tuple[str, ...]
    evidence: str
    place: str | None
    country: str | None
    published: date | None
    outlet: str | None
    url: str | None
    language: str | None
    document_id: str
    sentence: int | None
    people: tuple[str, ...]
    recorded: date

    @property
    def planned(self) -> bool:
        """Whether it is an announcement of a deed, coded as such."""
        return self.modality == "future" and self.was in PLANNED


def make_flat_query(view: str, filters: Filters) -> tuple[str, list[Any]]:
    """The SQL of flat rows of `deeds` or `tellings` and its parameters."""
    inner, values = make_query(view, filters)
    kinds = " ".join(f"WHEN '{was}' THEN '{kind}'" for was, (kind, _) in PLANNED.items())
    planned = f"modality = 'future' AND type IN ({', '.join(repr(kind) for kind in PLANNED)})"
    return f"""
        WITH given AS ({inner})
        SELECT given.*, {IDS[view]} AS id, {planned} AS planned,
               CASE WHEN {planned} THEN CASE type {kinds} END ELSE type END AS flat_type,
               if({planned}, 1, quad) AS flat_quad,
               CASE WHEN {planned} THEN {TOLD[view]} WHEN precision = 'day'
                    OR precision = 'range' AND "end" - start < {LONGEST} THEN start END AS day
        FROM given""", values


def read_flat(ledger: Ledger, view: str, filters: Filters) -> Iterator[Flat]:
    """Deeds or tellings in flat coding, in order of date."""
    sql, values = make_flat_query(view, filters)
    sentence = "" if view == "tellings" else "LEFT JOIN (SELECT event_id, sentence FROM tellings) USING (event_id)"
    rows = ledger.query(f"""
        WITH flat AS ({sql}),
        named AS (SELECT document_id, list(english ORDER BY person_id) FILTER (english <> '') AS people
                  FROM people SEMI JOIN flat USING (document_id) GROUP BY document_id),
        reports AS (SELECT document_id, any_value(url) AS url, any_value(language) AS language FROM documents GROUP BY document_id)
        SELECT flat.*, {"sentence," if sentence else ""} url, language, coalesce(people, []) AS people
        FROM flat {sentence} LEFT JOIN reports USING (document_id) LEFT JOIN named USING (document_id)
        ORDER BY day NULLS FIRST, id""", values)
    for batch in rows.to_batches(BATCH_ROWS):
        yield from map(_make_flat, pa.Table.from_batches([batch]).to_pylist())


def _make_flat(row: dict[str, Any]) -> Flat:
    planned = row["planned"]
    return Flat(
        row["id"], row["flat_type"], row["type"], None if planned else row["mode"], row["modality"],
        tuple(map(Actor.parse, row["actors"])), tuple(map(Actor.parse, row["recipients"])), row["day"],
        row["start"], row["end"], PLANNED[row["type"]][1] if planned else widen_cameo(row["cameo"]), _contexts(row),
        row["evidence"], row["place"], row["country"], row["published"], row["outlet"], row["url"], row["language"], row["document_id"],
        row["sentence"], tuple(row["people"]), row["recorded_at"].date())


def _contexts(row: dict[str, Any]) -> tuple[str, ...]:
    auxiliary = None if row["planned"] else AUXILIARY.get(row["modality"])
    return (*row["contexts"], *((auxiliary,) if auxiliary else ()))


def widen_cameo(code: str) -> str:
    """The code of an event: a root code becomes its "not further specified" (04 → 040), since data sets code no bare roots."""
    return f"{code}0" if len(code) == 2 else code
