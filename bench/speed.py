"""How fast Rawabit reads: one process, all texts in memory.

    python bench/speed.py [--limit N] [--corpus FILE]

Prints reports and sentences a second on first sight and again (word forms then are in the memo), the memory held, the seconds from
starting Python to the first reading, the floor (one pass that only cuts sentences and looks words up) with its ratio to a whole
reading, and where the time goes. A share of the processor well under 100 % means that the machine had other work: measure again.
"""
from __future__ import annotations

import argparse
import cProfile
import gc
import gzip
import pstats
import resource
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from rawabit.lexicon.load import load_lexicon
from rawabit.model import Document
from rawabit.reader import read_document
from rawabit.text.segment import split_sentences

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpus/ant-dev.jsonl.gz"
FIRST = "from rawabit.demo import read_dispatches; from rawabit.reader import read_document; read_document(next(read_dispatches()))"
STARTS = 5
PROFILED = 1000
"""Reports read under the profiler, which slows them some three times."""


def read_corpus(path: Path, limit: int | None) -> list[Document]:
    """The reports of a file, or the first `limit` of them."""
    if not path.exists():
        sys.exit(f"{path} is not there. Name a .jsonl.gz file of reports with --corpus.")
    with gzip.open(path) as lines:
        return [msgspec.json.decode(line, type=Document) for _, line in zip(range(limit or sys.maxsize), lines, strict=False)]


def time_reading(docs: list[Document]) -> tuple[float, int]:
    """(seconds, events) of reading all."""
    start, events = time.perf_counter(), 0
    for doc in docs:
        events += len(read_document(doc).events)
    return time.perf_counter() - start, events


def time_floor(docs: list[Document]) -> tuple[float, int]:
    """(seconds, sentences) of cutting sentences and looking up words alone, with the memo warm."""
    start, sentences = time.perf_counter(), 0
    for doc in docs:
        sentences += len(split_sentences(doc.content, len(doc.title), load_lexicon(doc.language or "")))
    return time.perf_counter() - start, sentences


def time_start() -> float:
    """Seconds from starting Python to a first reading: the median of some fresh processes."""
    spent = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST], check=True)
        spent.append(time.perf_counter() - start)
    return sorted(spent)[STARTS // 2]


def held_memory() -> float:
    """Resident megabytes now (Linux), else the most so far."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def find_hot(docs: list[Document], top: int = 5) -> list[tuple[str, int, float]]:
    """(function, calls, share of the time inside it) of the functions that take most."""
    profile = cProfile.Profile()
    profile.enable()
    time_reading(docs)
    profile.disable()
    stats = pstats.Stats(profile)
    total: float = stats.total_tt  # type: ignore[attr-defined]
    rows = sorted(stats.stats.items(), key=lambda row: -row[1][2])[:top]  # type: ignore[attr-defined]
    return [(_name(*where), calls, own / total) for where, (_, calls, own, *_) in rows]


def _name(path: str, line: int, function: str) -> str:
    return f"{path.rpartition('rawabit/')[2]}:{line} {function}" if "rawabit/" in path else function


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="read the first N reports only")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    docs = read_corpus(options.corpus, options.limit)
    before = held_memory()
    start = time_start()
    load_lexicon("ar")
    gc.collect()
    loaded = held_memory()
    processor = time.process_time()
    first, events = time_reading(docs)
    again, _ = time_reading(docs)
    processor = time.process_time() - processor
    memory = held_memory()
    floor, sentences = time_floor(docs)
    table = Table("measure", box=None, pad_edge=False, header_style="bold")
    table.add_column("value", justify="right")
    for name, value in (
        ("reports", f"{len(docs):,}"), ("sentences", f"{sentences:,}"), ("events", f"{events:,}"),
        ("reports/s, first pass", f"{len(docs) / first:,.0f}"), ("reports/s, second pass", f"{len(docs) / again:,.0f}"),
        ("sentences/s, first pass", f"{sentences / first:,.0f}"), ("sentences/s, second pass", f"{sentences / again:,.0f}"),
        ("text, MB", f"{sum(len(doc.content.encode()) for doc in docs) / 1e6:,.1f}"),
        ("memory with texts alone, MB", f"{before:,.0f}"), ("and with the lexicon, MB", f"{loaded:,.0f}"),
        ("and after reading, MB", f"{memory:,.0f}"),
        ("start to first reading, s", f"{start:.2f}"),
        ("floor: sentences and words alone, reports/s", f"{len(docs) / floor:,.0f}"),
        ("whole reading / floor, in time", f"{again / floor:.1f}"),
        ("share of the processor while reading", f"{processor / (first + again):.0%}"),
    ):
        table.add_row(name, value)
    console = Console(width=120, highlight=False)
    console.print(table)
    hot = Table("where the time goes (of the first reports, under the profiler)", box=None, pad_edge=False, header_style="bold")
    hot.add_column("calls", justify="right")
    hot.add_column("of the time", justify="right")
    for name, calls, share in find_hot(docs[:PROFILED]):
        hot.add_row(name, f"{calls:,}", f"{share:.0%}")
    console.print()
    console.print(hot)


if __name__ == "__main__":
    main()
