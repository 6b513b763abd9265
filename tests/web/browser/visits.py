"""What a browser meets on the observatory: pages by following links, and whatever goes wrong on them."""
from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

MOST, MOST_OF_KIND = 60, 5
"""Pages that a crawl visits, in all and of one kind."""
NAVIGATION = ("today", "formats", "search", "add", "review")
STARTS = ("search", "search?kind=statements", "search?kind=figures", "search?kind=ties", "search?kind=people", "search?kind=documents",
          "search?kind=events", "search?actor=no-such-name&as_of=2025-01-01", "report/demo-cas-01", "pair/AZE/RUS", "state/KAZ")
"""Addresses with which a crawl begins, besides those of the header."""


class Site(msgspec.Struct, frozen=True):
    """A served observatory: its address, and the first words of the addresses that it has pages for."""

    address: str
    places: tuple[str, ...]


class Crawl(msgspec.Struct):
    """What was visited in a language, one address of each kind of page, what went wrong, and first words of addresses that no page has
    and that others link to."""

    language: str
    site: Site
    visited: list[str] = []
    kinds: dict[str, str] = {}
    problems: list[str] = []
    dead: set[str] = set()


def find_kind(address: str) -> str:
    """The kind of a page: the first word behind the language, with the kind of a search."""
    parts = urlsplit(address)
    if is_file(address):
        return f"{parts.path.split('/')[2]} {parts.path.rsplit('.', 1)[-1]}"
    place = parts.path.split("/")[2]
    return f"{place} {parse_qs(parts.query).get('kind', ['deeds'])[0]}" if place == "search" else place


@contextmanager
def watch(browser: Any, site: Site, problems: list[str], **settings: Any) -> Iterator[Any]:
    """A page of a new window; what goes wrong on it is noted: errors of the console and of scripts, requests to other machines, requests
    that fail or are refused."""
    with browser.new_context(base_url=site.address, **settings) as context:
        page = context.new_page()

        def note(what: str) -> None:
            problems.append(f"{page.url}: {what}")

        page.on("console", lambda message: note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: note(str(error)))
        page.on("request", lambda request: None if request.url.startswith((f"{site.address}/", "data:", "blob:")) else
                note(f"asks {request.url}"))
        page.on("response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        page.on("requestfailed", lambda request: note(f"{request.failure} {request.url}")
                if request.failure not in ("net::ERR_ABORTED", None) else None)
        yield page


def crawl_site(browser: Any, site: Site, language: str) -> Crawl:
    """Follows links from the pages of the header on, breadth first."""
    found = Crawl(language, site)
    waiting = deque(f"{site.address}/{language}/{start}" for start in (*NAVIGATION, *STARTS))
    counted: Counter[str] = Counter()
    seen: set[str] = set()
    with watch(browser, site, found.problems) as page:
        while waiting and len(found.visited) < MOST:
            address = waiting.popleft()
            kind = find_kind(address)
            if kind.split()[0] not in site.places:
                found.dead.add(kind.split()[0])
            if address in seen or counted[kind] >= MOST_OF_KIND or kind.split()[0] in found.dead:
                continue
            seen.add(address)
            counted[kind] += 1
            found.visited.append(address)
            if is_file(address):
                answer = page.request.get(address)
                found.problems += [] if answer.ok else [f"{answer.status} {address}"]
            else:
                page.goto(address)
                found.kinds.setdefault(kind, address)
                waiting.extend(find_links(page, site, language))
    return found


def is_file(address: str) -> bool:
    """Whether it leads to a file rather than a page."""
    path = urlsplit(address).path
    return "." in path.rsplit("/", 1)[-1] or path.endswith("/export")


def find_links(page: Any, site: Site, language: str) -> list[str]:
    """The addresses of pages in this language that a page links to, without their fragments."""
    links = page.eval_on_selector_all("a[href]:not([rel~=alternate])",
                                     "all => all.map(one => new URL(one.getAttribute('href'), document.baseURI).href.split('#')[0])")
    return [link for link in dict.fromkeys(links) if link.startswith(f"{site.address}/{language}/")]
