"""What comes out of a source: a document, or the error that stands in its place. Both travel down the same stream, in order."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from rawabit.model import Document

Clock = Callable[[], datetime]
ReadDay = Callable[[str], date | None]


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Defaults(msgspec.Struct, frozen=True):
    """What to take where a report does not say: day of publication, outlet, ISO 639-1 language code."""

    published: date | None = None
    source: str | None = None
    language: str | None = None


class Limits(msgspec.Struct, frozen=True):
    """Where reading is cut off, in bytes, so that no archive or server can fill the memory or take for ever."""

    member: int = 4_000_000_000
    """Of one packed file, unpacked. Files of many reports are streamed, so this bounds time, not memory."""
    ratio: int = 200
    """Unpacked bytes per packed byte of a file or archive: news packs 4 to 10 to one, very like pages up to 100."""
    small: int = 50_000_000
    """Unpacked bytes below which the ratio does not count."""
    held: int = 256_000_000
    """Of a Parquet file inside an archive, which must be held in memory."""


class Intake(msgspec.Struct, frozen=True):
    """How reports are taken in: what to fill in, the clock that says when (an aware datetime in UTC), and where to cut off.

    `read_day` reads a day of publication that is written in words of a language, for which the lexicon is needed; None reads none.
    """

    defaults: Defaults = Defaults()
    clock: Clock = utc_now
    read_day: ReadDay | None = None
    limits: Limits = Limits()


class Sourced(msgspec.Struct, frozen=True):
    """A document, where it came from (`file` or `file:line`), and what the user should know of how it was read.

    `raw_hash` is the SHA-256 (hex) of the bytes of that one report, unpacked: the file, the line, the record, the body. An item of a
    JSON list or a row of a Parquet file has no bytes of its own; its fields as JSON with sorted keys stand for them. `retrieved` is
    when these bytes were taken, in UTC: now for a file (not when it was last changed).
    """

    where: str
    document: Document
    raw_hash: str
    retrieved: datetime
    issues: tuple[str, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """A report that could not be read: where it lies, and the whole message with the user's next step."""

    where: str
    error: str

    def __str__(self) -> str:
        return f"{self.where}: {self.error}"


class Notice(msgspec.Struct, frozen=True):
    """Something passed over on purpose that the user should see; no report failed."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


Outcome = Sourced | Failure | Notice


def make_hash(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def make_bytes(fields: Mapping[str, Any]) -> bytes:
    """What stands for the bytes of a report that has none of its own: its fields as JSON, keys sorted."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
