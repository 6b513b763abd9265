"""A count of reports with its rate, on standard error, where someone is there to see it."""
from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Thing = TypeVar("Thing")
PATIENCE = 50
"""Reports read before a count is worth showing: some 50 ms."""


def count_progress(things: Iterable[Thing], quiet: bool) -> Iterator[Thing]:
    """The same things, counted. Silent where standard error is no terminal or `quiet` (results go to that terminal)."""
    if quiet or not sys.stderr.isatty():
        yield from things
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} reports"), TextColumn("· {task.fields[rate]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("reading", total=None, rate="", visible=False)
        for number, thing in enumerate(things, 1):
            elapsed = bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=number, rate=f"{number / elapsed:,.0f} reports/s" if elapsed else "", visible=number > PATIENCE)
            yield thing


class Meter:
    """A bar with rate and remaining time on standard error, for work whose size may be known. Silent where that is no terminal."""

    def __init__(self, what: str, total: int | None) -> None:
        self._silent = not sys.stderr.isatty()
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} reports"),
                   TextColumn("· {task.fields[rate]}"), TimeElapsedColumn(), TextColumn("· left"), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, disable=self._silent)
        self._task = self._bar.add_task(what, total=total, rate="")

    def __enter__(self) -> Meter:
        self._bar.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._bar.stop()

    def show(self, done: int) -> None:
        """How much is done."""
        elapsed = self._bar.tasks[0].elapsed or 0.0
        self._bar.update(self._task, completed=done, rate=f"{done / elapsed:,.0f} reports/s" if elapsed else "")
