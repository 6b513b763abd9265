"""A stream of a known kind → reports: which reader takes which ending, and what a stream without one holds.

Reads text, web pages, JSON, JSON Lines, CSV, Parquet and WARC, plain or packed with gzip, bzip2 or xz.
"""
from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

from rawabit.model import InputError
from rawabit.source.decode import decode_bytes
from rawabit.source.lines import MAXIMAL_LINE, make_outcome, parse_json, read_json, read_lines
from rawabit.source.outcome import Intake, Notice, Outcome
from rawabit.source.packed import ENDINGS, RatioMeter, open_packed, size_meter, strip_packing
from rawabit.source.page import read_page
from rawabit.source.parquet import read_parquet
from rawabit.source.record import MAXIMAL_TEXT, too_large
from rawabit.source.table import read_csv
from rawabit.source.warc import read_warc

Reader = Callable[[IO[bytes], str, Intake], Iterator[Outcome]]
KINDS = ".txt, .html, .htm, .json, .jsonl, .csv, .parquet, .warc (also with .gz, .bz2 or .xz)"


def find_reader(name: str) -> Reader | None:
    """What reads files whose name ends so."""
    name = name.lower()
    if name.endswith(ENDINGS):
        inner = READERS.get(os.path.splitext(strip_packing(name))[1])
        return inner and _read_packed(inner)
    return READERS.get(os.path.splitext(name)[1])


def _read_packed(reader: Reader) -> Reader:
    """The same reader for a packed file."""
    def read(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
        with open_packed(stream, where.lower(), RatioMeter(stream.tell, intake.limits), size_meter(intake.limits)) as inner:
            yield from reader(inner, where, intake)
    return read


def tell_others(where: str, others: Counter[str]) -> Iterator[Notice]:
    """One notice for the files of other kinds in a folder or archive."""
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Notice(where, f"passed over files of other kinds ({kinds}). Rawabit reads {KINDS}.")


def read_jsonl(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """JSON Lines, of which there is at least one."""
    found = False
    for outcome in read_lines(stream, where, intake):
        found = True
        yield outcome
    if not found:
        raise InputError("empty. Give a report with words in it.")


def read_text(stream: IO[bytes], where: str, intake: Intake, head: bytes = b"") -> Iterator[Outcome]:
    """Plain text: the first line that is not empty is the title."""
    data = _read_whole(stream, MAXIMAL_TEXT, head)
    text, issues = decode_bytes(data)
    title, _, rest = text.lstrip().replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    yield make_outcome(where, {"title": title, "text": rest}, data, intake, issues)


def read_html(stream: IO[bytes], where: str, intake: Intake, head: bytes = b"") -> Iterator[Outcome]:
    """A saved web page."""
    data = _read_whole(stream, MAXIMAL_LINE, head)
    fields, issues = read_page(data)
    yield make_outcome(where, fields, data, intake, issues)


def read_stream(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """A stream of an unknown kind: JSON or JSON Lines if it begins with a brace, a page if with `<html`, else plain text."""
    head = _head(stream)
    first = b"".join(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if where.endswith(".json") or first.startswith((b"{", b"[")):
        if first.startswith(b"{") and _many(head):
            yield from read_lines(stream, where, intake, head)
        else:
            yield from read_json(_read_whole(stream, MAXIMAL_LINE, b"".join(head)), where, intake)
    elif first[:9].lower().startswith((b"<!doctype", b"<html")):
        yield from read_html(stream, where, intake, b"".join(head))
    else:
        yield from read_text(stream, where, intake, b"".join(head))


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


READERS: dict[str, Reader] = {
    ".txt": read_text, ".html": read_html, ".htm": read_html, ".json": read_stream, ".jsonl": read_jsonl, ".ndjson": read_jsonl,
    ".csv": read_csv, ".tsv": read_csv, ".parquet": read_parquet, ".warc": read_warc,
}
