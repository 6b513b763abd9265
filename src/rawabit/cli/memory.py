"""What a process that reads many reports keeps out of sight of Python's garbage collector: all that outlived a full collection.

The lexicon and the words that it has analysed live as long as the process and grow while it reads, as do the tellings that new ones are
held against; walking them in each full collection costs a tenth of the time to read, and of the time to join. Only processes of a command
do this, and those that it starts: the library leaves the collector alone.
"""
from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle_memory() -> None:
    """From here on, what outlives a full collection is walked no more: for a worker, which ends with its work."""
    gc.callbacks.append(_settle)


@contextmanager
def settled_memory() -> Iterator[None]:
    """The same for as long as the block lasts: for the command's own process."""
    settle_memory()
    try:
        yield
    finally:
        gc.callbacks.remove(_settle)
        gc.unfreeze()


def _settle(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
