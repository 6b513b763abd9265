"""Chromium before the observatory: the machine's own browser, and a server of the bundled reports on a free port."""
from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.web.browser.visits import Crawl, Site, crawl_site
from tests.web.running import run_observatory

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The machine's browser; Playwright's own is never downloaded."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder are skipped where there is no browser."""
    missing = None if CHROMIUM else "no Chromium on this machine: install the package `chromium`"
    for item in items:
        if missing and "tests/web/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason=missing))


def open_site(address: str) -> Site:
    """A served observatory with the first words that the addresses of its pages have behind the language."""
    paths = httpx.get(f"{address}/openapi.json").json()["paths"]
    return Site(address, tuple({path.split("/")[2].removesuffix(".json") for path in paths if path.startswith("/{language}/")}))


@pytest.fixture(scope="session")
def site(demo_place: str) -> Iterator[Site]:
    """The observatory of the bundled reports."""
    with run_observatory(demo_place) as address:
        yield open_site(address)


@pytest.fixture(scope="session")
def hostile_site(hostile_place: str) -> Iterator[Site]:
    """The observatory of hostile reports."""
    with run_observatory(hostile_place) as address:
        yield open_site(address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window. Of a module: Playwright allows one at a time, and other tests open their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module", params=["ar", "en"])
def crawl(request: pytest.FixtureRequest, site: Site, browser: Any) -> Crawl:
    """Every kind of page of a language, walked from its first page by following links."""
    return crawl_site(browser, site, request.param)
