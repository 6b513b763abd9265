"""What comes out of a source: a document, or the error that stands in its place. Both travel down the same stream, in order."""
from __future__ import annotations

from datetime import date

import msgspec

from rawabit.model import Document


class Defaults(msgspec.Struct, frozen=True):
    """What to take where a report does not say: day of publication, outlet, ISO 639-1 language code."""

    published: date | None = None
    source: str | None = None
    language: str | None = None


class Sourced(msgspec.Struct, frozen=True):
    """A document, where it came from (`file` or `file:line`), and what the user should know of how it was read."""

    where: str
    document: Document
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
