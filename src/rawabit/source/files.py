"""Paths → reports: files by their ending, folders in sorted order, `-` for standard input.

Hidden files and folders (a dot before the name) are passed over; files of other kinds in a folder are counted in one notice. Never
follows links to folders.
"""
from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from rawabit.model import InputError
from rawabit.source.decode import decode_bytes
from rawabit.source.lines import MAXIMAL_LINE, make_outcome, parse_json, read_json, read_lines
from rawabit.source.outcome import Clock, Defaults, Failure, Intake, Notice, Outcome, Sourced, utc_now
from rawabit.source.page import read_page
from rawabit.source.record import MAXIMAL_TEXT, too_large

STDIN = "-"
KINDS = ".txt, .html, .htm, .json, .jsonl, .jsonl.gz"


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
            if reader_of(path) is None:
                others[path.suffix or "no ending"] += 1
                continue
            found = True
            yield from take_paths([str(path)], intake)
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Notice(str(folder), f"passed over files of other kinds ({kinds}). Rawabit reads {KINDS}.")
    if not found:
        yield Failure(str(folder), f"no report in this folder. Give one that holds {KINDS} files.")


def _raise(error: OSError) -> None:
    raise error


Reader = Callable[[IO[bytes], str, Intake], Iterator[Sourced | Failure]]


def reader_of(path: Path) -> Reader | None:
    """What reads files with that ending."""
    name = path.name.lower()
    if name.endswith(".jsonl.gz"):
        return _read_gzip
    return {".txt": _read_text, ".html": _read_html, ".htm": _read_html, ".json": read_stream, ".jsonl": _read_jsonl}.get(Path(name).suffix)


def read_file(path: Path, intake: Intake) -> Iterator[Sourced | Failure]:
    """The reports of one file. A file without an ending is read as standard input would be."""
    reader = reader_of(path) or (None if path.suffix else read_stream)
    with path.open("rb") as stream:
        if reader is None:
            decode_bytes(stream.read(4096))
            raise InputError(f"a file of a kind that Rawabit does not read ({path.suffix}). Save it as one of {KINDS}.")
        yield from reader(stream, str(path), intake)


def _read_gzip(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Sourced | Failure]:
    with gzip.open(stream) as inner:
        yield from _read_jsonl(cast(IO[bytes], inner), where, intake)


def _read_jsonl(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Sourced | Failure]:
    found = False
    for outcome in read_lines(stream, where, intake):
        found = True
        yield outcome
    if not found:
        raise InputError("empty. Give a report with words in it.")


def _read_text(stream: IO[bytes], where: str, intake: Intake, head: bytes = b"") -> Iterator[Sourced | Failure]:
    """Plain text: the first line that is not empty is the title."""
    data = _read_whole(stream, MAXIMAL_TEXT, head)
    text, issues = decode_bytes(data)
    title, _, rest = text.lstrip().replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    yield make_outcome(where, {"title": title, "text": rest}, data, intake, issues)


def _read_html(stream: IO[bytes], where: str, intake: Intake, head: bytes = b"") -> Iterator[Sourced | Failure]:
    data = _read_whole(stream, MAXIMAL_LINE, head)
    fields, issues = read_page(data)
    yield make_outcome(where, fields, data, intake, issues)


def read_stream(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Sourced | Failure]:
    """A stream of an unknown kind: JSON or JSON Lines if it begins with a brace, a page if with `<html`, else plain text."""
    head = _head(stream)
    first = b"".join(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if where.endswith(".json") or first.startswith((b"{", b"[")):
        if first.startswith(b"{") and _many(head):
            yield from read_lines(stream, where, intake, head)
        else:
            yield from read_json(_read_whole(stream, MAXIMAL_LINE, b"".join(head)), where, intake)
    elif first[:9].lower().startswith((b"<!doctype", b"<html")):
        yield from _read_html(stream, where, intake, b"".join(head))
    else:
        yield from _read_text(stream, where, intake, b"".join(head))


def _head(stream: IO[bytes]) -> list[bytes]:
    """Lines up to the second that is not empty, or to the first that is a whole object (so that a slow stream is read at once)."""
    head: list[bytes] = []
    while sum(bool(line.strip()) for line in head) < 2 and not _many(head) and (line := stream.readline(MAXIMAL_LINE + 1)):
        head.append(line)
    return head


def _many(head: list[bytes]) -> bool:
    """Whether these first lines are JSON Lines: the first is a whole object, or each opens one."""
    lines = [line.strip() for line in head if line.strip()]
    return bool(lines) and (_is_object(lines[0].removeprefix(b"\xef\xbb\xbf")) or (len(lines) > 1 and lines[1].startswith(b"{")))


def _is_object(line: bytes) -> bool:
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        return isinstance(parse_json(line.decode("utf-8", "replace")), dict)
    except InputError:
        return False


def _read_whole(stream: IO[bytes], limit: int, head: bytes) -> bytes:
    """All of a stream. Raises InputError above the limit, having read no further."""
    data = head + stream.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        raise InputError(too_large(max(len(data), _size(stream)), limit))
    return data


def _size(stream: IO[bytes]) -> int:
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):
        return 0
