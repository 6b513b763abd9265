"""`rawabit add`: reports into the ledger."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from rawabit.cli.inputs import find_inputs, with_inputs
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.memory import settle_memory, settled_memory
from rawabit.cli.progress import Meter
from rawabit.ledger.add import Tally, add_reports, find_recipe
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import LedgerError
from rawabit.source.size import count_reports

SHOWN = 8
"""Reasons for failures that the summary lists."""
STOPPED = "those who read ended before their work was done, perhaps for lack of memory"
EPILOG = """Exit status: 0 all added or there before, 1 some reports failed (each is listed in `rawabit issues`), 2 wrong usage.

What is there already is passed over, so that a run that was broken off goes on where it stopped when the same command is given again."""


@click.command(epilog=EPILOG)
@click.argument("places", nargs=-1, metavar="PATH|URL…")
@with_ledger
@with_inputs
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes that read; as many as there are cores if not given.")
@click.option("--cluster", metavar="tcp://SCHEDULER", help="Read on a Dask cluster instead (needs `pip install 'rawabit[cluster]'`).")
def add(places: tuple[str, ...], ledger: str, published: date | None, source: str | None, language: str | None,
        allow_private: bool, workers: int | None, cluster: str | None) -> None:
    """Add reports to the ledger: files, folders, archives, web pages, feeds.

    Each report is read, its records are kept with their evidence, and each telling is joined to the deed that it tells. Adding a report
    twice adds nothing.
    """
    outcomes = find_inputs(places, published, source, language, allow_private)
    writer = LedgerWriter(ledger, find_recipe())
    with open_executor(workers, cluster) as executor, Meter("adding", count_reports(places)) as meter:
        tally = add_reports(outcomes, writer, executor, " ".join(("add", *places))[:500], lambda tally: meter.show(tally.read))
    show_summary(tally, ledger)
    sys.exit(1 if tally.failed else 0)


@contextmanager
def open_executor(workers: int | None, cluster: str | None) -> Iterator[Executor | None]:
    """Where the reading is done: this process for one worker, a local pool, or a Dask cluster."""
    count = workers or os.cpu_count() or 1
    with settled_memory():
        if cluster:
            with _open_cluster(cluster) as executor:
                yield executor
        elif count == 1:
            yield None
        else:
            stopped = _told(BrokenProcessPool, f"with fewer --workers than {count}")
            with ProcessPoolExecutor(count, initializer=settle_memory) as pool, stopped:
                yield pool


@contextmanager
def _told(stopped: type[Exception] | tuple[type[Exception], ...], how: str) -> Iterator[None]:
    """The end of those who read, told with the next step."""
    try:
        yield
    except stopped as error:
        raise LedgerError(f"reading stopped: {STOPPED} ({type(error).__name__}). Run the same command again, {how}: it goes on where it "
                          "stopped.") from error


@contextmanager
def _open_cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise LedgerError("--cluster needs Dask. Install it with `pip install 'rawabit[cluster]'`.") from error
    try:
        client = Client(address, timeout="5s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise LedgerError(f"no Dask scheduler at {address} ({error}). Start one with `dask scheduler`.") from error
    with client, _told((KilledWorker, CancelledError), "when `dask scheduler` and its workers run, with more memory for each"):
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]


def show_summary(tally: Tally, ledger: str) -> None:
    """What came of the run, on standard error."""
    table = Table(title=f"Ledger {ledger}", title_justify="left", show_header=False)
    for name, count in (("reports read", tally.read), ("new", tally.new), ("there before", tally.seen), ("failed", tally.failed),
                        ("tellings of deeds", tally.tellings), ("deeds not told before", tally.deeds)):
        table.add_row(name, f"{count:,}")
    console = Console(stderr=True)
    console.print(table)
    for why, count in tally.failures.most_common(SHOWN):
        console.print(f"{count:,} failed: {why} (first: {tally.examples[why]})", markup=False, highlight=False)
