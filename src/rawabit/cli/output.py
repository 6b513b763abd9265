"""Where output goes, and how single readings are joined in each format."""
from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO

import click
import msgspec

from rawabit.cli.lines import find_paper
from rawabit.cli.table import render_reading
from rawabit.codebook import to_json
from rawabit.model import Reading

Show = Callable[[Reading], bytes]
Join = Callable[[Iterator[bytes | None]], Iterator[bytes]]
"""Joins what was shown; None stands for a report that failed."""


@contextmanager
def open_output(path: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when all is written (so that an input may be replaced by its reading)."""
    if path is None or path == "-":
        yield sys.stdout.buffer
    elif os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as device:
            yield device
    else:
        target = Path(os.path.realpath(path))
        if not os.access(target.parent, os.W_OK):
            raise click.UsageError(f"{path} cannot be written. Choose a folder that is there and that you may write to.")
        with _replacing(target) as file:
            yield file


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
        except BaseException:
            os.unlink(file.name)
            raise
    os.chmod(file.name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    os.replace(file.name, path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def make_show(form: str, to_file: bool) -> Show:
    """What turns one reading into bytes; colour and width are those of the terminal that the table goes to."""
    if form == "table":
        width, colours = find_paper(to_file)
        return partial(render_reading, width=width, colours=colours)
    return to_json if form == "jsonl" else pretty_json


def pretty_json(reading: Reading) -> bytes:
    """The reading as indented JSON."""
    return msgspec.json.format(to_json(reading), indent=2)


def join_lines(shown: Iterator[bytes | None]) -> Iterator[bytes]:
    """One line a reading."""
    for item in shown:
        if item is not None:
            yield item + b"\n"


def join_json(shown: Iterator[bytes | None]) -> Iterator[bytes]:
    """One object for one report, a list for several (failed ones count, so that the shape does not hang on success)."""
    head = list(islice(shown, 2))
    if len(head) < 2:
        yield from (item + b"\n" for item in head if item is not None)
        return
    between = b"[\n"
    for item in chain(head, shown):
        if item is not None:
            yield between + item
            between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"


JOIN: dict[str, Join] = {"table": join_lines, "json": join_json, "jsonl": join_lines}
