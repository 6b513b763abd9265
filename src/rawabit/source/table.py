"""CSV → reports: a header row with the keys of JSON reports, then one report a row, each with its place `file:line`.

The separator is the one of `,` `;` and tab that yields most known names in the header. A row may span lines within quotation marks;
one that cannot be taken apart, or has more cells than the header, is a Failure, and the next is read. Refuses a table in which no
column is named title or text (nothing is guessed from the place of a column).
"""
from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any

from rawabit.model import InputError
from rawabit.source.decode import damage_of, find_encoding
from rawabit.source.lines import MAXIMAL_LINE, make_outcome
from rawabit.source.outcome import Failure, Intake, Outcome
from rawabit.source.packed import CutOff
from rawabit.source.record import ALIASES, KNOWN

SEPARATORS = ",;\t"
HEAD = 200
"""Lines from which the encoding is found."""
NEXT = "Name the columns title, text, published, source, language, url in the first row."
NEXT_QUOTES = "Put cells that hold separators, line ends or quotation marks into quotation marks, and double the marks inside."


def name_columns(header: Sequence[str]) -> list[str]:
    """The keys that columns stand for: known ones in any case, others as they are. Raises InputError if none holds words."""
    names = [name.strip() for name in header]
    keys = [name.casefold() if name.casefold() in KNOWN else name for name in names]
    if not {"title", *ALIASES["text"]} & set(keys):
        raise InputError(f"a table with no column named title or text. {NEXT}")
    twice = sorted({key for key in keys if key and keys.count(key) > 1})
    if twice:
        raise InputError(f"a table with more than one column named {', '.join(twice)}. Name each column once.")
    return keys


class _Lines:
    """The lines of a stream as text; remembers the bytes of the lines taken since the last row began."""

    __slots__ = ("encoding", "head", "number", "raw", "stream")

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.number, self.raw, self.encoding = stream, 0, b"", "utf-8"
        self.head = list(islice(iter(lambda: stream.readline(MAXIMAL_LINE + 1), b""), HEAD))[::-1]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.head.pop() if self.head else self.stream.readline(MAXIMAL_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.raw += line
        if len(self.raw) > MAXIMAL_LINE:
            raise CutOff(f"a row above {MAXIMAL_LINE / 1e6:.0f} MB: perhaps a quotation mark is never closed. {NEXT_QUOTES}")
        return line.decode(self.encoding, "replace")


def read_csv(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """The reports of a CSV stream. Raises InputError for a header that names no words."""
    lines = _Lines(stream)
    head = b"".join(reversed(lines.head))
    if not head.strip():
        raise InputError("empty. Give a report with words in it.")
    lines.encoding, issues = find_encoding(head)
    csv.field_size_limit(MAXIMAL_LINE)
    first = next(line for line in lines if line.strip("\ufeff \t\r\n"))
    separator, keys = _read_header(first.removeprefix("\ufeff"))
    for place, row, raw in _rows(lines, separator, where):
        if isinstance(row, str):
            yield Failure(place, row)
        elif len(row) > len(keys) and any(cell.strip() for cell in row[len(keys):]):
            yield Failure(place, f"a row of {len(row)} cells under a header of {len(keys)}. {NEXT_QUOTES}")
        elif any(cell.strip() for cell in row):
            damage = sum(cell.count("\ufffd") for cell in row) - raw.decode(lines.encoding, "ignore").count("\ufffd")
            fields = {key: cell or None for key, cell in zip(keys, row, strict=False) if key}
            yield make_outcome(place, fields, raw, intake, (*issues, *((damage_of(lines.encoding, damage),) if damage > 0 else ())))


def _read_header(line: str) -> tuple[str, list[str]]:
    """(separator, keys of the columns)."""
    headers = {separator: next(csv.reader([line], delimiter=separator)) for separator in SEPARATORS}
    separator = max(headers, key=lambda s: (sum(name.strip().casefold() in KNOWN for name in headers[s]), len(headers[s])))
    return separator, name_columns(headers[separator])


def _rows(lines: _Lines, separator: str, where: str) -> Iterator[tuple[str, Any, bytes]]:
    """(place, cells or what is wrong, bytes) of every row."""
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        place, lines.raw = f"{where}:{lines.number + 1}", b""
        try:
            row: list[str] | str = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row = f"a row that cannot be taken apart ({error}). {NEXT_QUOTES}"
        except CutOff as error:
            yield place, f"{error} The reports before it were read.", b""
            return
        yield place, row, lines.raw.rstrip(b"\r\n")
