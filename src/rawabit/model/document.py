"""A report as it came in, and stretches of it."""
from __future__ import annotations

import hashlib
from datetime import date

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a document's content: Unicode code point offsets, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Document(msgspec.Struct, frozen=True):
    """One news report. `content` (title, newline, text) is what all offsets count on.

    `published` is None where the report gives no date: relative dates then stay unresolved.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    language: str | None = None
    published: date | None = None
    url: str | None = None

    @property
    def content(self) -> str:
        return f"{self.title}\n{self.text}"


def make_id(title: str, text: str) -> str:
    """An id that depends on the report's words alone: the first 16 hex digits of SHA-256 over title, newline, text."""
    return hashlib.sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
