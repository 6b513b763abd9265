"""One JSON object, or the fields found on a page → Document.

Keys: id, title, text (content, body), source (outlet), language, published (date), url. Well-known others are ignored by name; the
rest are named in an issue. Refuses a text that is no string, empty, or above the limit. Guesses no date: one that is not ISO 8601
or RFC 2822, or that lies in the future, is left out with an issue.
"""
from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from rawabit.model import Document, InputError
from rawabit.model.document import make_id
from rawabit.model.language import make_language
from rawabit.source.clean import clean_line, clean_text
from rawabit.source.outcome import Defaults, ReadDay

MAXIMAL_TEXT = 5_000_000
"""UTF-8 bytes of title and text of one report: some 500,000 Arabic words, more than any report."""
ALIASES = {"text": ("text", "content", "body"), "published": ("published", "date"), "source": ("source", "outlet")}
KNOWN = frozenset({"id", "title", "language", "url", *(name for names in ALIASES.values() for name in names)})
IGNORED = frozenset({"author", "authors", "category", "categories", "tags", "keywords", "summary", "description", "image", "images",
                     "section", "hostname"})
AHEAD = timedelta(days=1)
"""How far after now a day of publication may lie: no zone is a day ahead of UTC."""
GIVE_DAY = "give its file or address to `rawabit read` or `rawabit add` with --published DATE"
"""The next step for a report without a day, also where it came by a command that takes no day (`rawabit follow`)."""
ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def make_document(fields: dict[str, Any], defaults: Defaults, now: datetime | None = None,
                  read_day: ReadDay | None = None) -> tuple[Document, tuple[str, ...]]:
    """The document and its issues; `now` bounds the day of publication, `read_day` reads one in words. Raises InputError."""
    title = clean_line(_string(fields, "title") or "")
    text = clean_text(_string(fields, "text") or "")
    _check_size(title, text)
    published, issues = _published(fields, defaults, now or datetime.now(UTC), read_day)
    language = make_language(_string(fields, "language") or "") or defaults.language
    unused = sorted(set(fields) - KNOWN - IGNORED)
    if unused:
        issues.append(f"keys not used: {clean_line(', '.join(unused))[:200]}.")
    source = clean_line(_string(fields, "source") or "") or defaults.source
    return Document(_id(fields) or make_id(title, text), title, text, source, language, published, _url(fields)), tuple(issues)


def _check_size(title: str, text: str) -> None:
    if not title.strip() and not text.strip():
        raise InputError("no words in title or text. Give a report with words in it (keys `title` and `text`).")
    size = len(title.encode()) + len(text.encode())
    if size > MAXIMAL_TEXT:
        raise InputError(too_large(size, MAXIMAL_TEXT))


def too_large(size: int, limit: int) -> str:
    """The message for a report above a limit in bytes."""
    return f"{size / 1e6:.1f} MB in one report, above the limit of {limit / 1e6:.0f} MB. Give one report a line of a .jsonl file."


def _string(fields: dict[str, Any], name: str) -> str | None:
    """The string under a key or one of its aliases; null counts as absent."""
    for key in ALIASES.get(name, (name,)):
        value = fields.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise InputError(f"{key} is {_kind(value)}, not a string. Write it in quotation marks.")
        return value
    return None


def _kind(value: object) -> str:
    return {dict: "an object", list: "a list", bool: "true or false"}.get(type(value), "a number")


def _id(fields: dict[str, Any]) -> str:
    value = fields.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else clean_line(_string(fields, "id") or "")


def _url(fields: dict[str, Any]) -> str | None:
    return clean_line(_string(fields, "url") or "") or None


def _published(fields: dict[str, Any], defaults: Defaults, now: datetime,
               read_day: ReadDay | None) -> tuple[date | None, list[str]]:
    value = _string(fields, "published")
    found = (find_date(value) or (read_day(value) if read_day else None)) if value else None
    if found and found > (now + AHEAD).date():
        taken = f"so {defaults.published} was taken" if defaults.published else "so it was left out and relative dates stay unresolved"
        return defaults.published, [f"published {found} lies in the future, {taken}. Correct it or the clock of this machine."]
    if found or defaults.published:
        return found or defaults.published, []
    if value:
        return None, [f"published {clean_line(value)[:40]!r} is no date, so relative dates stay unresolved. "
                      f"Write it YYYY-MM-DD, or {GIVE_DAY}."]
    return None, [f"no date of publication, so relative dates stay unresolved. To date it, {GIVE_DAY}."]


def find_date(value: str) -> date | None:
    """The day that an ISO 8601 or RFC 2822 date begins with, in the time zone as written."""
    found = ISO_DATE.match(value.strip())
    try:
        return date(*map(int, found.groups())) if found else parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
