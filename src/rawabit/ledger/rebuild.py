"""Stored reports, read again by this version of reader and lexicon. New rows are added; the old ones stay, and count as of then.

A telling of the same type whose trigger overlaps that of a telling in the report's last reading is that telling read again: it stays in
its deed, so that a deed keeps its id. Judgements of records that the new reading makes word for word again are carried over to them;
what it makes otherwise is to be judged anew. A run that is cut off goes on where it stopped.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

import pyarrow as pa

from rawabit.ledger.add import BATCH_SIZE, read_batches
from rawabit.ledger.ids import make_id
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.review import carry_reviews
from rawabit.ledger.schema import TABLES
from rawabit.ledger.stored import make_document
from rawabit.ledger.writer import Earlier, LedgerWriter
from rawabit.source import Sourced
from rawabit.source.outcome import Outcome

STALE = """
SELECT document_id FROM (SELECT document_id, arg_max(recipe, (recorded_at, reading_id)) AS newest FROM raw_readings GROUP BY document_id)
WHERE newest <> ? ORDER BY document_id
"""
STORED = """
SELECT * FROM raw_documents ANTI JOIN repeated USING (document_id, recorded_at) WHERE list_contains(?, document_id) ORDER BY document_id
"""
FIRST = "SELECT document_id, min(known_from) AS day FROM raw_readings WHERE list_contains(?, document_id) GROUP BY document_id"
TOLD = """
SELECT t.document_id, t.type, t.trigger_start, t.trigger_end, t.codes, t.event_id, t.deed_id FROM tellings t
WHERE list_contains(?, t.document_id) ORDER BY t.document_id, t.trigger_start, t.event_id
"""


def find_stale(location: str, recipe: str) -> list[str]:
    """The documents whose newest reading was made by another recipe."""
    return [str(name) for name in Ledger(location).query(STALE, [recipe]).column(0).to_pylist()]


def rebuild_ledger(writer: LedgerWriter, stale: list[str], executor: Executor | None, command: str,
                   size: int = BATCH_SIZE) -> Iterator[int]:
    """Reads the stale documents again, `size` at a time; gives how many were read after each batch. Raises LedgerError."""
    run_id = make_id("run", command, writer.moment())
    if stale:
        writer.append_run(run_id, command, "started", {"read again": 0})
    ledger = Ledger(writer.store.location)
    parts = [stale[n : n + size] for n in range(0, len(stale), size)]
    batches = (list(_find_reports(ledger, part)) for part in parts)
    for number, (part, made) in enumerate(zip(parts, read_batches(batches, writer.recipe, executor), strict=True)):
        _append(writer, ledger, part, made, run_id)
        yield number * size + len(part)
    if stale:
        writer.append_run(run_id, command, "finished", {"read again": len(stale)})


def _append(writer: LedgerWriter, ledger: Ledger, part: list[str], made: dict[str, pa.Table], run_id: str) -> None:
    documents = ledger.query(STORED, [part]).select([name for name in TABLES["documents"].names if name != "recorded_at"])
    days = {row["document_id"]: row["day"] for row in ledger.query(FIRST, [part]).to_pylist()}
    writer.append_again(made, documents, run_id, Earlier(days, match_tellings(made["events"], ledger.query(TOLD, [part]))))
    carry_reviews(writer, ledger, part)


def _find_reports(ledger: Ledger, part: list[str]) -> Iterator[Outcome]:
    """The reports as they came in."""
    for row in ledger.query(STORED, [part]).to_pylist():
        yield Sourced(row["place"], make_document(row), row["raw_hash"], row["retrieved"])


def match_tellings(events: pa.Table, told: pa.Table) -> dict[str, tuple[str, str]]:
    """New tellings that an earlier reading told too: its deed and its telling. Each earlier telling counts once, and one with the same
    parties first."""
    earlier: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in told.to_pylist():
        earlier[row["document_id"], row["type"]].append(row)
    matched: dict[str, tuple[str, str]] = {}
    for new in events.to_pylist():
        fit = [old for old in earlier[new["document_id"], new["type"]] if old["trigger_start"] < new["trigger_end"]
               and new["trigger_start"] < old["trigger_end"]]
        if fit:
            best = min(fit, key=lambda old: (old["codes"] != new["codes"], abs(old["trigger_start"] - new["trigger_start"])))
            earlier[new["document_id"], new["type"]].remove(best)
            matched[new["event_id"]] = (best["deed_id"], best["event_id"])
    return matched
