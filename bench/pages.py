"""How fast the observatory's pages come: one reader alone, then many at once while a writer adds reports.

    python bench/pages.py [--ledger DIR] [--ids 40] [--readers 20] [--seconds 60]

Works on a copy of the ledger (made of the bundled reports where none is given) and serves it with `rawabit serve` in a process of its own.
First every kind of page is asked for many ids, in both languages by turns: `first` is an address that nobody has asked for, `again` the
same one after. Then readers ask addresses at random while a process of its own adds one report a second. Ends with 1 if any answer failed.
"""
from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
from rich.console import Console
from rich.table import Table

from rawabit.demo import read_dispatches
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.lexicon.load import known_languages
from rawabit.source import Sourced
from rawabit.web.app import PAGES
from rawabit.web.examples import find_paths

Paths = dict[str, list[str]]
Times = dict[str, list[float]]
"""Seconds by path."""
SETTLE = 15.0
"""Seconds that the observatory is up before it is asked: in the first it looks through the reports."""
PAUSE = 1.0
"""Seconds between two reports of the writer."""


def read_reports(name: str) -> Iterator[Sourced]:
    """The bundled reports, with a name in their titles."""
    for doc in read_dispatches():
        if doc.language in known_languages():
            named = msgspec.structs.replace(doc, title=f"{doc.title} {name}".strip())
            yield Sourced(f"bench:{doc.id}{name}", named, "0" * 64, datetime.now(UTC))


def add_steadily(place: str, seconds: float, added: multiprocessing.Queue[int]) -> None:
    """Adds one report after another; hands over how many."""
    writer, ends, count = LedgerWriter(place, find_recipe()), time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        for report in read_reports(f"({count})"):
            add_reports([report], writer, None, "bench", lambda tally: None)
            count += 1
            time.sleep(PAUSE)
            if time.monotonic() >= ends:
                break
    added.put(count)


@contextmanager
def serve(place: str) -> Iterator[str]:
    """The address of the observatory."""
    command = [sys.executable, "-m", "rawabit.cli", "serve", "--ledger", place, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = re.search(r"http://[^/ ]+", process.stderr.readline())
        assert found
        try:
            yield found[0]
        finally:
            process.terminate()


def ask_alone(address: str, paths: Paths) -> tuple[Times, Times]:
    """Seconds of every address asked once, and asked again."""
    first, again = defaultdict(list), defaultdict(list)
    with httpx.Client(base_url=address, timeout=60) as client:
        client.get("/en/deed/nothing")
        time.sleep(SETTLE)
        for path, places in paths.items():
            for number, place in enumerate(places):
                for kept in (first, again):
                    begun = time.perf_counter()
                    client.get(f"/{('ar', 'en')[number % 2]}{place}").raise_for_status()
                    kept[path].append(time.perf_counter() - begun)
    return first, again


def ask_together(address: str, paths: Paths, readers: int, seconds: float) -> tuple[Times, Counter[str]]:
    """Seconds of every answer by path, and what went wrong, by kind."""
    times: Times = defaultdict(list)
    wrong: Counter[str] = Counter()
    ends = time.monotonic() + seconds

    def read(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.monotonic() < ends:
                path = chance.choice(list(paths))
                begun = time.perf_counter()
                try:
                    answer = client.get(f"/{chance.choice(('ar', 'en'))}{chance.choice(paths[path])}")
                except httpx.HTTPError as error:
                    wrong[type(error).__name__] += 1
                    continue
                times[path].append(time.perf_counter() - begun)
                if answer.status_code >= 400:
                    wrong[f"{answer.status_code} {path}"] += 1

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, wrong


def show(title: str, columns: dict[str, Times]) -> None:
    """Medians and 95th percentiles in milliseconds."""
    heads = [f"{name} {part}".strip() for name in columns for part in ("n", "median", "95 %")]
    table = Table("page", *heads, title=f"{title}, ms", title_justify="left")
    for path in next(iter(columns.values())):
        cells = []
        for times in columns.values():
            found = sorted(times[path])
            cells += [str(len(found)), f"{1000 * statistics.median(found):.0f}", f"{1000 * found[int(0.95 * (len(found) - 1))]:.0f}"]
        table.add_row(path, *cells)
    Console(width=120).print(table)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger")
    parser.add_argument("--ids", type=int, default=40)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "ledger")
        if asked.ledger:
            shutil.copytree(asked.ledger, place)
        else:
            add_reports(read_reports(""), LedgerWriter(place, find_recipe()), None, "bench", lambda tally: None)
        paths = dict(find_paths(Ledger(place, held=True), PAGES, asked.ids))
        with serve(place) as address:
            first, again = ask_alone(address, paths)
            show("one reader", {"first": first, "again": again})
            apart = multiprocessing.get_context("spawn")
            added: multiprocessing.Queue[int] = apart.Queue()
            writer = apart.Process(target=add_steadily, args=(place, asked.seconds, added), daemon=True)
            writer.start()
            times, wrong = ask_together(address, paths, asked.readers, asked.seconds)
            show(f"{asked.readers} readers and a writer for {asked.seconds:.0f} s", {"": {p: times[p] for p in paths if times[p]}})
            print(f"{sum(map(len, times.values())):,} answers, {added.get(timeout=asked.seconds):,} reports added, "
                  f"{wrong.total()} errors {dict(wrong) or ''}")
            writer.join()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
