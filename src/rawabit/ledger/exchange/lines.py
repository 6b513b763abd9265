"""Files of other event data sets → lines: plain, gzip or ZIP as the provider packs them, read as a stream.

Order of work: unpacking by signature, byte order mark off, lines, encoding (UTF-8; a line that is not is taken as Windows-1252).
Refuses files of other kinds by name; a line longer than `MAXIMAL_LINE` is no event and is told.
"""
from __future__ import annotations

import codecs
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import msgspec

from rawabit.model import InputError

MAXIMAL_LINE = 1_000_000
"""Bytes; GDELT's longest lines have some 5,000."""
MEMBERS = (".csv", ".tab", ".tsv", ".txt")
BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)
"""What unpacking a broken, encrypted or unknown archive raises."""


class Line(msgspec.Struct, frozen=True):
    """A line without its end, and where it stands. `text` is None for one that is too long. `guessed`: it was not UTF-8."""

    file: str
    number: int
    text: str | None
    guessed: bool = False

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.number}"


def read_lines(path: str) -> Iterator[Line]:
    """The lines of a file, or of all tables in an archive. Raises InputError for what cannot be opened or unpacked."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head.startswith(b"PK\x03\x04"):
                yield from _read_zip(path, file)
            elif head.startswith(b"\x1f\x8b"):
                with gzip.open(file) as inner:
                    yield from _read_stream(path, cast(IO[bytes], inner))
            else:
                yield from _read_stream(path, file)
    except BROKEN as error:
        raise InputError(f"{path}: cannot be read ({error}). Give the file as its provider packs it: plain, .gz or .zip.") from error


def _read_zip(path: str, file: IO[bytes]) -> Iterator[Line]:
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(MEMBERS)]
        if not names:
            raise InputError(f"{path}: no table ({', '.join(MEMBERS)}) in this archive. Give the file as its provider packs it.")
        for name in names:
            with archive.open(name) as inner:
                yield from _read_stream(f"{path}/{name}", inner)


def _read_stream(name: str, stream: IO[bytes]) -> Iterator[Line]:
    number, rest = 0, False
    while raw := stream.readline(MAXIMAL_LINE):
        ended = raw.endswith(b"\n")
        whole, rest = not rest, not ended
        number += whole
        if number == 1 and whole:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if whole and not ended and len(raw) >= MAXIMAL_LINE:
            yield Line(name, number, None)
        elif whole and raw.strip():
            yield _decode(name, number, raw.rstrip(b"\r\n"))


def _decode(name: str, number: int, raw: bytes) -> Line:
    try:
        return Line(name, number, raw.decode())
    except UnicodeDecodeError:
        return Line(name, number, raw.decode("cp1252", "replace"), True)
