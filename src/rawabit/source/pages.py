"""What an address on the web gave → reports, by the type that the server names: pages, plain text, JSON, CSV.

A type that is no text is refused, with what to do instead. A missing type is found out as for standard input.
"""
from __future__ import annotations

import io
from collections.abc import Iterator

from rawabit.model import InputError
from rawabit.source.kinds import KINDS, Reader, read_jsonl, read_stream, read_text
from rawabit.source.lines import make_outcome
from rawabit.source.outcome import Intake, Outcome
from rawabit.source.page import read_page
from rawabit.source.table import read_csv
from rawabit.source.web import Fetched

PAGES = frozenset({"text/html", "application/xhtml+xml"})
XML = frozenset({"application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"})
READERS: dict[str, Reader] = {
    "": read_stream, "text/plain": read_text, "application/json": read_stream, "text/json": read_stream, "text/csv": read_csv,
    "application/x-ndjson": read_jsonl, "application/jsonl": read_jsonl, "application/x-jsonlines": read_jsonl,
}


def read_fetched(found: Fetched, intake: Intake) -> Iterator[Outcome]:
    """The reports at an address. Raises InputError."""
    if found.kind in PAGES or (found.kind in XML and b"<html" in found.data[:2000]):
        fields, issues = read_page(found.data, found.charset, found.url)
        yield make_outcome(found.url, fields, found.data, intake, issues)
    elif found.kind in XML:
        raise InputError("XML that is no feed. Give the address of an RSS or Atom feed, or of a page.")
    elif found.kind in READERS:
        yield from READERS[found.kind](io.BytesIO(found.data), found.url, intake)
    else:
        raise InputError(f"of type {found.kind[:60]}, which is no text. Download it; Rawabit reads files of the kinds {KINDS}.")
