"""Reading many reports, in the order in which they came, on one core or several.

A report that fails becomes a Failure in its place. An error that is not the report's fault (a bug) does too, with the place in the
code, so that one report cannot cost a night's run.
"""
from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

import msgspec

from rawabit.cli.memory import settle_memory, settled_memory
from rawabit.model import Reading, explain_error
from rawabit.reader import read_document
from rawabit.source import Failure, Notice, Outcome, Sourced

BATCH = 16
"""Reports a task holds: enough that handing over (0.1 ms) costs little beside reading (some 0.5 ms a report)."""
AHEAD = 4
"""Tasks a worker may have waiting: bounds memory, since the sources stream."""
Shown = TypeVar("Shown")


def read_one(outcome: Outcome, show: Callable[[Reading], Shown]) -> Shown | Failure | Notice:
    """The reading of a sourced document in the form asked for; failures and notices pass through."""
    if not isinstance(outcome, Sourced):
        return outcome
    try:
        reading = read_document(outcome.document)
        return show(msgspec.structs.replace(reading, issues=(*outcome.issues, *reading.issues)))
    except Exception as error:
        return Failure(outcome.where, explain_error(error))


def _read_batch(outcomes: list[Outcome], show: Callable[[Reading], Shown]) -> list[Shown | Failure | Notice]:
    return [read_one(outcome, show) for outcome in outcomes]


def read_all(outcomes: Iterable[Outcome], show: Callable[[Reading], Shown], workers: int = 1) -> Iterator[Shown | Failure | Notice]:
    """Everything read, in order. `show` runs where the reading is made; with several workers it must be picklable."""
    if workers == 1:
        with settled_memory():
            for outcome in outcomes:
                yield read_one(outcome, show)
        return
    source = iter(outcomes)
    waiting: deque[tuple[list[Outcome], Future[list[Shown | Failure | Notice]]]] = deque()
    with ProcessPoolExecutor(workers, initializer=settle_memory) as pool:
        while batch := list(islice(source, BATCH)):
            waiting.append((batch, pool.submit(_read_batch, batch, show)))
            if len(waiting) >= workers * AHEAD:
                yield from _finish(*waiting.popleft())
        while waiting:
            yield from _finish(*waiting.popleft())


def _finish(batch: list[Outcome], future: Future[list[Shown | Failure | Notice]]) -> Iterator[Shown | Failure | Notice]:
    """A task's readings, or a failure for each of its reports where its worker was killed."""
    try:
        yield from future.result()
    except BrokenProcessPool:
        for outcome in batch:
            yield Failure(outcome.where, "the worker that read this report was stopped, perhaps for lack of memory. Use fewer --workers.")
