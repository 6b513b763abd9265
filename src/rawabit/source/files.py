"""Paths → reports: files by their ending, folders in sorted order, `-` for standard input.

Hidden files and folders (a dot before the name) are passed over; files of other kinds in a folder are counted in one notice. Never
follows links to folders.
"""
from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from rawabit.model import InputError
from rawabit.source.archive import is_archive, read_archive
from rawabit.source.decode import decode_bytes
from rawabit.source.kinds import KINDS, Reader, find_reader, read_stream, tell_others
from rawabit.source.outcome import Clock, Defaults, Failure, Intake, Outcome, utc_now

STDIN = "-"


def read_paths(paths: Iterable[str], defaults: Defaults = Defaults(), stdin: IO[bytes] | None = None,  # noqa: B008
               clock: Clock = utc_now) -> Iterator[Outcome]:
    """Every report of the paths, in order, as it is read."""
    yield from take_paths(paths, Intake(defaults, clock), stdin)


def take_paths(paths: Iterable[str], intake: Intake, stdin: IO[bytes] | None = None) -> Iterator[Outcome]:
    """The same, the way of taking them in given whole."""
    for path in paths:
        try:
            if path == STDIN:
                yield from read_stream(stdin or sys.stdin.buffer, "<stdin>", intake)
            elif os.path.isdir(path):
                yield from _read_folder(Path(path), intake)
            else:
                yield from read_file(Path(path), intake)
        except InputError as error:
            yield Failure("<stdin>" if path == STDIN else path, str(error))
        except OSError as error:
            yield Failure(path, f"cannot be opened ({error.strerror or error}). Check the path and its permissions.")


def _read_folder(folder: Path, intake: Intake) -> Iterator[Outcome]:
    others: Counter[str] = Counter()
    found = False
    for root, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if _find_reader(path) is None:
                others[path.suffix or "no ending"] += 1
                continue
            found = True
            yield from take_paths([str(path)], intake)
    yield from tell_others(str(folder), others)
    if not found:
        yield Failure(str(folder), f"no report in this folder. Give one that holds {KINDS} files, or .zip and .tar archives of them.")


def _raise(error: OSError) -> None:
    raise error


def _find_reader(path: Path) -> Reader | None:
    """What reads files or archives with that ending."""
    return read_archive if is_archive(path.name) else find_reader(path.name)


def read_file(path: Path, intake: Intake) -> Iterator[Outcome]:
    """The reports of one file. A file without an ending is read as standard input would be."""
    reader = _find_reader(path) or (None if path.suffix else read_stream)
    with path.open("rb") as stream:
        if reader is None:
            decode_bytes(stream.read(4096))
            raise InputError(f"a file of a kind that Rawabit does not read ({path.suffix}). Save it as one of {KINDS}.")
        yield from reader(stream, str(path), intake)
