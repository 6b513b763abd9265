"""A writer to be run beside others and to be killed: `python appender.py LEDGER rows NAME COUNT` appends COUNT batches of one report each;
`python appender.py LEDGER demo SIZE [SEED]` adds the bundled reports, SIZE a batch."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import msgspec

from rawabit.demo import read_dispatches
from rawabit.ledger import LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe, read_batches
from rawabit.source import Sourced


def find_reports(name: str = "") -> Iterator[Sourced]:
    """The bundled Arabic reports, with a name in their titles."""
    for number, doc in enumerate(read_dispatches()):
        if doc.language == "ar":
            named = msgspec.structs.replace(doc, title=f"{doc.title} {name}".strip())
            yield Sourced(f"demo:{number}", named, "0" * 64, datetime(2026, 1, 1, tzinfo=UTC))


def append_rows(location: str, name: str, count: int) -> None:
    """COUNT batches of one short report each, whose titles no other writer has."""
    writer = LedgerWriter(location, find_recipe())
    short = min(find_reports(), key=lambda item: len(item.document.text)).document
    reports = (msgspec.structs.replace(short, title=f"{short.title} {name} {n}", published=date(2000, 1, 1) + timedelta(70 * n))
               for n in range(count))
    batches = ([Sourced(f"{name}:{doc.title}", doc, "0" * 64, datetime(2026, 1, 1, tzinfo=UTC))] for doc in reports)
    for made in read_batches(batches, writer.recipe, None):
        writer.append_batch(made, name)


def add_demo(location: str, size: int, limit: int | None = None) -> None:
    """The bundled reports, SIZE a batch."""
    add_reports(islice(find_reports(), limit), LedgerWriter(location, find_recipe()), None, "test", lambda tally: None, size)


if __name__ == "__main__":
    place, mode, *rest = sys.argv[1:]
    if mode == "rows":
        append_rows(place, rest[0], int(rest[1]))
    else:
        add_demo(place, *map(int, rest))
