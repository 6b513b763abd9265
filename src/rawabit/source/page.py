"""A saved web page → the fields of a report, with trafilatura.

The extensive search for dates is off: on pages with Arabic dates it takes the footer's year. Refuses a page with no article in it.
"""
from __future__ import annotations

import re
from typing import Any

from rawabit.model import InputError
from rawabit.source.decode import declared_charset, decode_bytes

NEXT = "Save the article's text as .txt (first line the title) or as .json."


def read_page(data: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Title, text, date, language, site name and address of a page, and issues. Raises InputError."""
    html, issues = decode_bytes(data, declared_charset(data))
    from lxml import etree  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(html.replace("\x00", " "), with_metadata=True, include_comments=False,
                                date_extraction_params={"extensive_search": False, "original_date": True})
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"a web page that cannot be taken apart ({error}). {NEXT}") from error
    page = found.as_dict() if found is not None and not isinstance(found, dict) else found or {}
    if not (page.get("text") or "").strip():
        raise InputError(f"a web page with no article in it. {NEXT}")
    names = {"title": "title", "text": "text", "published": "date", "source": "sitename", "url": "url"}
    return {**{name: page.get(key) for name, key in names.items()}, "language": page.get("language") or _language(html)}, issues


def _language(html: str) -> str | None:
    """The `lang` of the page's root."""
    found = re.search(r"<html[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", html[:4000])
    return found.group(1).lower() if found else None
