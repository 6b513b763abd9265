"""RSS and Atom bytes → the entries that a feed names.

Refuses a feed that declares entities, which serve for nothing in news and blow up to any size. Reads no date itself: feedparser gives
none for Arabic dates and takes "AST" for Atlantic time, so the words of the date are kept, and its day is read where the report is made.
"""
from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from rawabit.model import InputError
from rawabit.source.clean import clean_line
from rawabit.source.decode import MARKS, decode_bytes

MAXIMAL_ENTRIES = 500
"""Entries of one feed that are taken: feeds hold 10 to 100, and each entry is a page to fetch."""
MAXIMAL_FEED = 4_000_000
"""Characters of a feed: one with the whole text of a hundred reports has a quarter of it."""
MAXIMAL_TAGS = 50_000
"""Tags of a feed: an entry has 10 to 20, and the parser takes 40 µs for each."""
ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
PROLOGUE = (("<?", re.compile(r"\?>")), ("<!--", re.compile("-->")), ("<!doctype", re.compile(">")))
SUBSET_END = re.compile(r"\]\s*>")
SUBSET = re.compile(r"[^>\[]{0,1000}\[")
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
ENCODING = re.compile(rb"<\?xml[^>]{0,300}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
HEAD = 16_000
NEXT = "Give the addresses of its pages."
BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|h\d)>", re.IGNORECASE)
LINE = "\ue000"
"""Stands for a line's end while the mark-up is taken away."""


class Entry(msgspec.Struct, frozen=True):
    """What a feed says of a report: its address, title, text (a summary, or the whole), and day of publication in its own words."""

    url: str | None
    title: str
    text: str
    published: str | None


class Feed(msgspec.Struct, frozen=True):
    """The entries of a feed in its order, no address twice, and what the user should know of how it was read."""

    url: str
    entries: tuple[Entry, ...] = ()
    issues: tuple[str, ...] = ()


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin as feeds do: declarations, comments, a DOCTYPE, and the root of a feed."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "latin-1")
    text = data[:HEAD].decode(encoding, "ignore").removeprefix("\ufeff").removeprefix("\u00ef\u00bb\u00bf").lstrip()
    while end := next((end for start, end in PROLOGUE if text[:9].lower().startswith(start)), None):
        inner = SUBSET.match(text)
        found = (SUBSET_END if end is PROLOGUE[-1][1] and inner else end).search(text)
        if not found:
            return False
        text = text[found.end():].lstrip()
    return bool(ROOT.match(text))


def read_feed(data: bytes, url: str, charset: str | None = None) -> Feed:
    """The feed found at `url`. Raises InputError."""
    import feedparser

    declared = ENCODING.match(data)
    text, _ = decode_bytes(data, charset or (declared.group(1).decode("ascii") if declared else None))
    if ENTITY.search(text):
        raise InputError(f"refused: a feed that declares XML entities, as an entity bomb does. {NEXT}")
    if len(text) > MAXIMAL_FEED or text.count("<") > MAXIMAL_TAGS:
        raise InputError(f"a feed above {MAXIMAL_FEED / 1e6:.0f} million characters or {MAXIMAL_TAGS:,} tags. {NEXT}")
    plain = DECLARATION.sub("", text.removeprefix("\ufeff"), count=1).encode("utf-8", "replace")
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(io.BytesIO(plain), response_headers=headers)
    if not found.version:
        raise InputError("XML that is no feed. Give the address of an RSS or Atom feed, or of a page.")
    once: dict[str, Entry] = {}
    for number, item in enumerate(found.entries[:MAXIMAL_ENTRIES]):
        entry = _make_entry(item)
        once.setdefault(entry.url or str(number), entry)
    return Feed(url, tuple(once.values()), tuple(_find_issues(found)))


def _find_issues(found: Any) -> Iterator[str]:
    from xml.sax import SAXException

    if not found.entries:
        yield "a feed without entries."
    elif len(found.entries) > MAXIMAL_ENTRIES:
        yield f"{len(found.entries)} entries: the first {MAXIMAL_ENTRIES} are read, the others passed over. {NEXT}"
    if isinstance(found.get("bozo_exception"), SAXException):
        reason = clean_line(str(found.bozo_exception))[:100].rstrip(".")
        yield f"the XML of the feed is broken ({reason}), so entries may be missing. {NEXT}"


def _make_entry(item: Any) -> Entry:
    bodies = [item.get("summary") or "", *(content.get("value") or "" for content in item.get("content") or ())]
    date = next((item[key] for key in ("published", "updated", "created") if item.get(key)), None)
    return Entry(item.get("link") or None, _words(item.get("title") or ""), max(map(_words, bodies), key=len), date)


def _words(markup: str) -> str:
    """The words of a piece of HTML, its paragraphs in lines."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        tree = html.fromstring(f"<div>{BREAK.sub(LINE, markup)}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    lines = (" ".join(line.split()) for line in tree.text_content().split(LINE))
    return "\n".join(line for line in lines if line)
