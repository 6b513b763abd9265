"""Characters that would hide in a report, one to one: the cleaned text has as many code points as the text that came in.

Control characters, bidirectional marks and zero-width spaces become a space, other line ends become a line feed, and half a
surrogate pair becomes U+FFFD. Offsets in a reading therefore count on the content that the reading names, and on the original too.
The zero-width joiners U+200C and U+200D stay: they are spelling. Documents that no file gave (the Python API) keep all but half
surrogate pairs, which no output can hold.
"""
from __future__ import annotations

import re

import msgspec

from rawabit.model.document import Document, make_id
from rawabit.model.language import make_language

LINE_ENDS = "\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029"
BIDI_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u200b\u2060\ufeff"


def _table() -> dict[int, str]:
    table = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
    table.update(dict.fromkeys(map(ord, BIDI_MARKS + ZERO_WIDTH), " "))
    table.update(dict.fromkeys(map(ord, LINE_ENDS), "\n"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    table[ord("\n")], table[ord("\t")] = "\n", "\t"
    return table


TABLE = _table()
HIDDEN = re.compile("[" + "".join(map(re.escape, map(chr, sorted(set(TABLE) - {9, 10})))) + "]")
SURROGATE = re.compile("[\ud800-\udfff]")
STRINGS = ("id", "title", "text", "source", "url")
"""Fields of a document that are written as they came."""


def clean_text(text: str) -> str:
    """The text with hidden characters replaced, one to one. A carriage return alone ends a line; before a line feed it is a space."""
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text)
    return text.translate(TABLE) if HIDDEN.search(text) else text


def clean_line(text: str) -> str:
    """The same for a title or name, which has no line ends in it."""
    return clean_text(text).replace("\n", " ").strip()


def clean_document(doc: Document) -> Document:
    """A document that may come from anywhere, fit to be read and written: half surrogate pairs as U+FFFD, the language as its code.

    An id that was made of its words is made again. Raises InputError for a language that is no language tag.
    """
    language = make_language(doc.language or "") or None
    if language != doc.language:
        doc = msgspec.structs.replace(doc, language=language)
    strings = {name: value for name in STRINGS if (value := getattr(doc, name)) and SURROGATE.search(value)}
    if not strings:
        return doc
    whole = msgspec.structs.replace(doc, **{name: SURROGATE.sub("\ufffd", value) for name, value in strings.items()})
    return msgspec.structs.replace(whole, id=make_id(whole.title, whole.text)) if doc.id == make_id(doc.title, doc.text) else whole
