"""What pages of relations show of deeds: rows of the ledger by id, and codes that it knows."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Path, Query
from starlette.exceptions import HTTPException

from rawabit.ledger.ledger import Ledger
from rawabit.ledger.trace import cut_sentence
from rawabit.lexicon.names import load_names
from rawabit.lexicon.world import load_world
from rawabit.model import LedgerError
from rawabit.web.asked import Asked
from rawabit.web.naming import CODE

COLUMNS = ("deed_id", "type", "mode", "modality", "actors", "recipients", "codes", "start", "end", "precision", "dated", "place", "quad",
           "score", "evidence", "document_id", "event_id", "outlet", "published", "outlets", "sources", "tellings", "reports", "first_told",
           "announced", "outcome", "differs", "modalities", "days")
"""Of `deeds`; docs/ledger.md says what they mean."""
SELECT = "SELECT " + ", ".join(f'"{name}"' for name in COLUMNS) + " FROM deeds"
Code = Annotated[str, Path(pattern=f"^{CODE}$", description="Of a state (RUS), a body (IGO-EU) or a region (REG-CentralAsia).")]
Number = Annotated[int, Query(ge=1, le=10_000, description="Of a part of a long list.")]
Rows = list[dict[str, Any]]
BARE = 3
"""Words of evidence that alone say little to a reader of a list: one deed in nine of the 2018 reports has no more."""
PLACES = ("SELECT event_id, document_id, evidence_start, evidence_end FROM tellings "
          "WHERE event_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY event_id")
TEXTS = "SELECT document_id, language, title, text FROM documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"
FIRST, AHEAD = date(1900, 1, 1), timedelta(366)
"""No report that this reads is older, and none lies ahead: windows before would leave the calendar, series beyond would run for ages."""


def find_page_day(ledger: Ledger, asked: Asked) -> date:
    """The day as of which. Raises LedgerError for one before `FIRST` or more than a year ahead."""
    day = asked.find_day(ledger)
    last = date.today() + AHEAD
    if not FIRST <= day <= last:
        raise LedgerError(f"nothing is known as of {day}. Ask as of a day from {FIRST} to {last}.")
    return day


def read_rows(ledger: Ledger, ids: Iterable[str], as_of: date | None) -> dict[str, dict[str, Any]]:
    """Deeds by id."""
    wanted = sorted(set(ids))
    found = ledger.query(f"{SELECT} WHERE list_contains(?, deed_id) ORDER BY deed_id", [wanted], as_of).to_pylist() if wanted else []
    return {row["deed_id"]: row for row in add_around(ledger, found, as_of)}


def add_around(ledger: Ledger, rows: Rows, as_of: date | None) -> Rows:
    """The same rows, those whose evidence is of `BARE` words at most with the rest of its sentence: `around`, what comes before and after.
    In a list «its trust» says nothing."""
    bare = {row["event_id"]: row for row in rows if len(row["evidence"].split()) <= BARE}
    places = ledger.query(PLACES, [sorted(bare)], as_of).to_pylist() if bare else []
    asked = sorted({place["document_id"] for place in places})
    texts = {row["document_id"]: row for row in ledger.query(TEXTS, [asked], as_of).to_pylist()} if asked else {}
    for place in places:
        doc = texts[place["document_id"]]
        before, _, after = cut_sentence(doc, f"{doc['title']}\n{doc['text']}", place["evidence_start"], place["evidence_end"])
        bare[place["event_id"]]["around"] = (before, after)
    return rows


def check_code(ledger: Ledger, code: str, as_of: date | None) -> str:
    """The code. Raises HTTPException (404) for one that neither the lexicon nor the ledger knows."""
    names = load_names("en")
    if code in names.states or code in names.bodies or code in load_world().groups:
        return code
    if ledger.query("SELECT 1 FROM deeds WHERE list_contains(codes, ?) LIMIT 1", [code], as_of).num_rows:
        return code
    raise HTTPException(404, f"nobody knows the code {code}. There are states (RUS), bodies (IGO-EU) and regions (REG-CentralAsia).")
