"""Ids: hashes of raw source values and, for what a reading made, of the recipe. The same input gives the same ids."""
from __future__ import annotations

import hashlib

from rawabit.model import Document

DIGITS = 16
"""Hexadecimal digits of an id: 64 bits, so that among 10 million ids the chance of one collision is 3 in a million."""


def make_id(*values: object) -> str:
    """The id of some values in order; None differs from the empty string."""
    digest = hashlib.blake2b(digest_size=DIGITS // 2)
    for value in values:
        written = "\x00" if value is None else f"\x01{value}"
        digest.update(f"{len(written)}:{written}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def make_document_id(doc: Document) -> str:
    """The id of a report: the same words of one outlet on one day are one report, wherever they were found."""
    return make_id("document", doc.source, doc.published, doc.title, doc.text)


def make_reading_id(document_id: str, recipe: str) -> str:
    """The id of what a recipe makes of a document."""
    return make_id("reading", document_id, recipe)
