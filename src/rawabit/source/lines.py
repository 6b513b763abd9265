"""JSON and JSON Lines → reports, each with its place `file:line`; a broken line is a Failure and the next line is read.

Lines are read one at a time, so a file may be of any size; one line above the limit is passed over without being held in memory.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from rawabit.model import InputError
from rawabit.source.decode import WIDE_MARKS, check_binary, decode_bytes, find_wide
from rawabit.source.outcome import Failure, Intake, Sourced, make_bytes, make_hash
from rawabit.source.packed import CutOff
from rawabit.source.record import make_document, too_large

MAXIMAL_LINE = 20_000_000
"""Bytes of a line or file with one report: a text at its limit is three times as long in `\\uXXXX` escapes, a page in mark-up."""
NEXT_JSON = "Write one JSON object a line, for example {\"title\": \"…\", \"text\": \"…\", \"published\": \"2025-10-09\"}."


def make_outcome(where: str, fields: dict[str, Any], raw: bytes, intake: Intake, issues: tuple[str, ...] = ()) -> Sourced | Failure:
    """The document made of some fields, or why none can be made. `raw` are the bytes that the report came as."""
    now = intake.clock()
    try:
        doc, more = make_document(fields, intake.defaults, now, intake.read_day)
    except InputError as error:
        return Failure(where, str(error))
    return Sourced(where, doc, make_hash(raw), now, issues + more)


def read_lines(stream: IO[bytes], where: str, intake: Intake, first: Iterable[bytes] = ()) -> Iterator[Sourced | Failure]:
    """The reports of a JSON Lines stream; `first` are lines already taken from it."""
    number = 0
    try:
        for number, line in enumerate(_lines(stream, first), 1):
            if number == 1 and line:
                check_lines(line)
            if line is None:
                yield Failure(f"{where}:{number}", too_large(MAXIMAL_LINE, MAXIMAL_LINE))
            elif line.strip():
                yield _read_line(line, where, number, intake)
    except CutOff as error:
        yield Failure(f"{where}:{number + 1}", f"{error} The reports before it were read.")


def check_lines(line: bytes) -> None:
    """Raises InputError where a first line shows that a file is binary or in an encoding whose lines cannot be told apart."""
    check_binary(line)
    if line.startswith(WIDE_MARKS) or find_wide(line):
        raise InputError("JSON Lines in UTF-16 or UTF-32. Save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`).")


def _lines(stream: IO[bytes], first: Iterable[bytes]) -> Iterator[bytes | None]:
    """Lines; None for one above the limit."""
    yield from (line if len(line) <= MAXIMAL_LINE else None for line in first)
    while line := stream.readline(MAXIMAL_LINE + 1):
        long = len(line) > MAXIMAL_LINE
        yield None if long else line
        while long and line and not line.endswith(b"\n"):
            line = stream.readline(MAXIMAL_LINE)


def _read_line(line: bytes, where: str, number: int, intake: Intake) -> Sourced | Failure:
    try:
        text, issues = decode_bytes(line.rstrip(b"\r\n"))
        return make_outcome(f"{where}:{number}", parse_object(text), line.rstrip(b"\r\n"), intake, issues)
    except BrokenJson as error:
        return Failure(f"{where}:{number}:{error.column}", str(error))
    except InputError as error:
        return Failure(f"{where}:{number}", str(error))


class BrokenJson(InputError):
    """JSON that does not parse; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"broken JSON: {message}. {NEXT_JSON}")
        self.line, self.column = line, column


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object that a text is. Raises BrokenJson, or InputError for JSON of another kind."""
    value = parse_json(text)
    if not isinstance(value, dict):
        raise InputError(f"JSON, but no object. {NEXT_JSON}")
    return value


def parse_json(text: str) -> Any:
    """The JSON value that a text is. Raises BrokenJson."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenJson(error.msg, error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise BrokenJson(str(error), 1, 1) from error


def read_json(data: bytes, where: str, intake: Intake) -> Iterator[Sourced | Failure]:
    """The report that a whole JSON text is, or the reports of a list."""
    try:
        text, issues = decode_bytes(data)
        value = parse_json(text)
    except BrokenJson as error:
        yield Failure(f"{where}:{error.line}:{error.column}", str(error))
        return
    except InputError as error:
        yield Failure(where, str(error))
        return
    items = [(f"{where}[{n}]", item) for n, item in enumerate(value)] if isinstance(value, list) else [(where, value)]
    for place, item in items:
        if isinstance(item, dict):
            yield make_outcome(place, item, make_bytes(item) if isinstance(value, list) else data, intake, issues)
        else:
            yield Failure(place, f"JSON, but no object. {NEXT_JSON}")
