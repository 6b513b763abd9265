"""Is anything lost? Writers at once, then runs that are killed: `python bench/durability.py [--appends 50] [--kills 30] [--seed 2018]`.

Prints a table. Exit status 1 where a row was lost, doubled or changed, or `rawabit ledger check` finds something.
"""
from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ledger"))

from appender import add_demo
from harness import add_killed, append_beside, find_content, find_faults

from rawabit.ledger import Ledger

Row = tuple[str, str, bool]


def measure_writers(folder: Path, writers: int, appends: int) -> Iterator[Row]:
    """Writers at once: what was wanted, what is there."""
    started = time.perf_counter()
    errors = append_beside(folder / "beside", writers, appends)
    seconds = time.perf_counter() - started
    yield f"{writers} writers × {appends} appends", f"{seconds:.0f} s, {sum(map(bool, errors))} ended with an error", not any(errors)
    opened = Ledger(str(folder / "beside"))
    for table, key in (("documents", "document_id"), ("readings", "reading_id"), ("events", "event_id")):
        rows, ids = (opened.query(f"SELECT count({what}) FROM raw_{table}").column(0)[0].as_py() for what in ("*", f"DISTINCT {key}"))
        yield f"{table}", f"{rows} rows, {ids} ids", rows == ids and (table == "events" or rows == writers * appends)
    yield "check", f"{len(find_faults(folder / 'beside'))} faults", not find_faults(folder / "beside")


def measure_kills(folder: Path, kills: int, seed: int) -> Iterator[Row]:
    """Runs killed at random moments; a run that comes to its end is compared, and another is begun until all kills are spent."""
    add_demo(str(folder / "whole"), 2)
    wanted = find_content(folder / "whole")
    chance, spent, run = random.Random(seed), 0, 0
    while spent < kills:
        run += 1
        killed = add_killed(folder / f"run{run}", 2, min(10, kills - spent), chance, 3.0)
        spent += killed
        found = find_content(folder / f"run{run}")
        wrong = [view for view in wanted if found[view] != wanted[view]]
        yield f"run {run}, killed {killed} times", f"{len(wanted) - len(wrong)} of {len(wanted)} views the same, row for row", not wrong
        yield "check", f"{len(find_faults(folder / f'run{run}'))} faults", not find_faults(folder / f"run{run}")
    yield "kills", f"{spent} (SIGKILL, seed {seed})", spent >= kills


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("writers", 4), ("appends", 50), ("kills", 30), ("seed", 2018)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for part in (measure_writers(Path(folder), given.writers, given.appends), measure_kills(Path(folder), given.kills, given.seed)):
            for what, found, right in part:
                wrong += not right
                print(f"{what:32}  {found:48}  {'ok' if right else 'WRONG'}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
