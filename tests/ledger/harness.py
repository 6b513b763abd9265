"""Writers in processes of their own, beside each other and killed, and what a ledger then shows: for tests and bench/durability.py."""
from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rawabit.ledger import Ledger
from rawabit.ledger.check import check_ledger
from rawabit.ledger.schema import RECORDS

APPENDER = Path(__file__).with_name("appender.py")
VIEWS = {"documents": "document_id", **RECORDS, "tellings": "event_id", "deeds": "deed_id", "dyads": "event_id, pair", "issues": "issue_id"}
TIMES = ("recorded_at", "run_id", "retrieved")
"""Columns in which two runs differ."""


def start_appender(*arguments: object) -> subprocess.Popen[bytes]:
    """An appender that runs beside this process."""
    return subprocess.Popen([sys.executable, str(APPENDER), *map(str, arguments)], stderr=subprocess.PIPE)


def append_beside(ledger: Path, writers: int, appends: int) -> list[str]:
    """Several writers at once; what each wrote to standard error."""
    running = [start_appender(ledger, "rows", f"w{n}", appends) for n in range(writers)]
    return [process.communicate()[1].decode() for process in running]


def add_killed(ledger: Path, size: int, kills: int, chance: random.Random, longest: float) -> int:
    """Adds the bundled reports, killed up to `kills` times at random moments and begun again until all are there; how often."""
    killed = 0
    while killed < kills:
        process = start_appender(ledger, "demo", size)
        time.sleep(chance.uniform(0.3, longest))
        if process.poll() is not None:
            assert process.returncode == 0, process.communicate()[1].decode()
            return killed
        process.kill()
        process.communicate()
        killed += 1
        if (ledger / "runs" / "_delta_log").exists():
            assert find_faults(ledger) == []
    assert start_appender(ledger, "demo", size).wait() == 0
    return killed


def find_faults(ledger: Path) -> list[str]:
    """What `rawabit ledger check` calls wrong."""
    return [str(finding) for finding in check_ledger(str(ledger)) if not finding.harmless]


def find_content(ledger: Path | str) -> dict[str, list[dict[str, Any]]]:
    """All that the views show, row for row, without the times of recording."""
    opened = Ledger(str(ledger))
    return {view: [{name: value for name, value in row.items() if name not in TIMES}
                   for row in opened.query(f"SELECT * FROM {view} ORDER BY {key}").to_pylist()] for view, key in VIEWS.items()}
