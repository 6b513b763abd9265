"""Deeds or tellings → the forms of other event data sets, written line by line.

Flat forms (PLOVER, POLECAT, ICEWS) leave out what is denied or only possible unless it is asked for by its modality; what is left out is
counted by reason. Parquet keeps every column and modality as the ledger has them.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from rawabit.ledger.exchange.columns import ICEWS, POLECAT
from rawabit.ledger.exchange.flat import BATCH_ROWS, Flat, read_flat
from rawabit.ledger.exchange.parties import expand_pairs, find_pairs
from rawabit.ledger.exchange.render import make_line, render_icews, render_plover, render_polecat
from rawabit.ledger.filters import Filters
from rawabit.ledger.ledger import Ledger
from rawabit.model import Actor, LedgerError

UNSAID = ("hypothetical", "negated")
VIEWS = ("deeds", "tellings")


class Tally(msgspec.Struct):
    """What an export wrote, and what it left out by reason."""

    written: int = 0
    left_out: Counter[str] = msgspec.field(default_factory=Counter)


class Form(msgspec.Struct, frozen=True):
    """A flat form: its header, what renders a deed, and whether a row must be a dyad with a day and without modality."""

    render: Callable[[Flat], bytes]
    header: tuple[str, ...] = ()
    dyadic: bool = False


FLAT = {"plover": Form(render_plover), "polecat": Form(render_polecat, POLECAT), "icews": Form(render_icews, ICEWS, True)}
FORMS = (*FLAT, "parquet")


def write_export(ledger: Ledger, form: str, file: IO[bytes], view: str = "deeds", filters: Filters | None = None,
                 dyads: bool = False) -> Tally:
    """Writes what passes the filters. `dyads`: one row for each dyad of a deed. Raises LedgerError for what the form cannot hold."""
    filters, tally = filters or Filters(), Tally()
    if form == "parquet":
        _write_parquet(ledger.view_rows(view, filters), file, dyads, tally)
        return tally
    kind = FLAT[form]
    _check(form, kind, filters, dyads)
    if kind.header:
        file.write(make_line({name: name for name in kind.header}, kind.header))
    for deed in _find_rows(read_flat(ledger, view, filters), kind, filters, dyads, tally):
        file.write(kind.render(deed))
        tally.written += 1
    return tally


def _check(form: str, kind: Form, filters: Filters, dyads: bool) -> None:
    if kind.dyadic and not dyads:
        raise LedgerError(f"each row of {form} is a dyad, and a deed may have more than two parties. Add --dyads to write a row for each "
                          "dyad, or choose polecat, which joins the parties.")
    if kind.dyadic and filters.modality in UNSAID:
        raise LedgerError(f"{form} cannot say that a deed is {filters.modality}. Choose plover, polecat or parquet for these.")


def _find_rows(deeds: Iterator[Flat], kind: Form, filters: Filters, dyads: bool, tally: Tally) -> Iterator[Flat]:
    for deed in deeds:
        why = _find_obstacle(deed, kind, filters)
        if why is None and dyads and not find_pairs(deed.actors, deed.recipients):
            why = "of one party, not a dyad"
        if why is not None:
            tally.left_out[why] += 1
            continue
        yield from expand_pairs(deed) if dyads else (deed,)


def _find_obstacle(deed: Flat, kind: Form, filters: Filters) -> str | None:
    """Why a deed has no place in a form."""
    if deed.modality in UNSAID and (kind.dyadic or filters.modality is None):
        return f"{deed.modality} (give --modality {deed.modality} for these)" if not kind.dyadic else deed.modality
    if kind.dyadic and deed.modality == "future" and not deed.planned:
        return "announced, not done"
    if kind.dyadic and deed.day is None:
        return "without a day"
    return None


def _write_parquet(rows: pa.Table, file: IO[bytes], dyads: bool, tally: Tally) -> None:
    rows = expand_table(rows, tally) if dyads else rows
    with pq.ParquetWriter(file, rows.schema, compression="zstd") as writer:
        for batch in rows.to_batches(BATCH_ROWS):
            writer.write_batch(batch)
    tally.written = rows.num_rows


def expand_table(rows: pa.Table, tally: Tally) -> pa.Table:
    """The rows with the columns `actor` and `recipient`: one row for each dyad of a deed."""
    places: list[int] = []
    pairs: list[tuple[str, str]] = []
    for place, sides in enumerate(zip(rows["actors"].to_pylist(), rows["recipients"].to_pylist(), strict=True)):
        actors, recipients = (tuple(map(Actor.parse, side)) for side in sides)
        found = find_pairs(actors, recipients)
        tally.left_out["of one party, not a dyad"] += not found
        places.extend(place for _ in found)
        pairs.extend((str(actor), str(recipient)) for actor, recipient in found)
    tally.left_out = +tally.left_out
    taken = rows.take(pa.array(places, pa.int64()))
    for number, name in enumerate(("actor", "recipient")):
        taken = taken.append_column(name, pa.array([pair[number] for pair in pairs], pa.string()))
    return taken
