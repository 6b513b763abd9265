"""Chromium before the observatory: the machine's own browser, and a server of the bundled reports on a free port."""
from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from tests.web.browser.visits import Crawl, Site, crawl_site

from rawabit.web import Settings, make_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The machine's browser; Playwright's own is never downloaded."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder are skipped where there is no browser."""
    missing = None if CHROMIUM else "no Chromium on this machine: install the package `chromium`"
    for item in items:
        if missing and "tests/web/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason=missing))


@contextmanager
def serve(place: str) -> Iterator[Site]:
    """Serves a ledger in a thread of this process."""
    app = make_app(Settings(place))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", tuple(find_places(app)))
        server.should_exit = True
        thread.join(10)


def find_places(app: Any) -> Iterator[str]:
    """The first words of the addresses that pages have, behind the language."""
    for path in app.openapi()["paths"]:
        if path.startswith("/{language}/"):
            yield path.split("/")[2].removesuffix(".json")


@pytest.fixture(scope="session")
def site(demo_place: str) -> Iterator[Site]:
    """The observatory of the bundled reports."""
    with serve(demo_place) as served:
        yield served


@pytest.fixture(scope="session")
def hostile_site(hostile_place: str) -> Iterator[Site]:
    """The observatory of hostile reports."""
    with serve(hostile_place) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session", params=["ar", "en"])
def crawl(request: pytest.FixtureRequest, site: Site, browser: Any) -> Crawl:
    """Every kind of page of a language, walked from its first page by following links."""
    return crawl_site(browser, site, request.param)
