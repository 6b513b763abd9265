"""A saved web page → the fields of a report, with trafilatura.

The extensive search for dates is off: on pages with Arabic dates it takes the footer's year. Refuses a page with no article in it.
"""
from __future__ import annotations

import codecs
import re
from typing import Any
from urllib.parse import urlsplit

from rawabit.model import InputError
from rawabit.source.decode import declared_charset, decode_bytes

LAST = "2200-01-01"
"""No date on a page is too late for trafilatura: what lies in the future is told and left out with the rest of the record."""
LATIN = frozenset({"iso8859-1", "cp1252", "ascii"})
NEXT = "Save the article's text as .txt (first line the title) or as .json."


def read_page(data: bytes, charset: str | None = None, url: str | None = None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Title, text, date, language, site name and address of a page, and issues. Raises InputError.

    `charset` and `url` are what the server said and was asked for; Latin-1, which servers say unasked, is not believed.
    """
    html, issues = decode_bytes(data, _known(charset) or declared_charset(data))
    from lxml import etree  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(html.replace("\x00", " "), with_metadata=True, include_comments=False,
                                date_extraction_params={"extensive_search": False, "original_date": True, "max_date": LAST})
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"a web page that cannot be taken apart ({error}). {NEXT}") from error
    page = found.as_dict() if found is not None and not isinstance(found, dict) else found or {}
    if not (page.get("text") or "").strip():
        raise InputError(f"a web page with no article in it. {NEXT}")
    names = {"title": "title", "text": "text", "published": "date", "source": "sitename", "url": "url"}
    fields = {name: page.get(key) for name, key in names.items()}
    fields["language"] = page.get("language") or _language(html)
    if url:
        fields["url"] = fields["url"] or url
        fields["source"] = fields["source"] or host_of(url)
    return fields, issues


def host_of(url: str) -> str | None:
    """The host of an address, without `www.`: what an outlet is called where its page names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _known(charset: str | None) -> str | None:
    """The name that Python has for an encoding; None for Latin-1 and names that nobody knows."""
    try:
        name = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return None
    return None if name in LATIN else name or None


def _language(html: str) -> str | None:
    """The `lang` of the page's root."""
    found = re.search(r"<html[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", html[:4000])
    return found.group(1).lower() if found else None
