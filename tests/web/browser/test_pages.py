"""Every kind of page in Chromium: nothing fails, nothing leaves the machine, nothing runs over the edge, axe-core finds nothing serious."""
from __future__ import annotations

from typing import Any

import pytest
from tests.web.browser.visits import Crawl, Site, watch

GRAVE = ("serious", "critical")


def test_every_page_works_and_asks_no_other_machine(crawl: Crawl) -> None:
    assert crawl.problems == [] and not crawl.dead
    assert {"search deeds", "report", "deed"} <= set(crawl.kinds) and len(crawl.visited) > 20


def test_every_page_has_its_twin(crawl: Crawl, browser: Any) -> None:
    with watch(browser, crawl.site, problems := []) as page:
        for kind, address in crawl.kinds.items():
            page.goto(address)
            twin = page.locator("footer a[rel=alternate]")
            if twin.count():
                answer = page.request.get(twin.get_attribute("href"))
                assert answer.ok and answer.json(), kind
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(crawl: Crawl, browser: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = []
    with watch(browser, crawl.site, [], color_scheme=scheme) as page:
        for kind, address in {**crawl.kinds, "error": f"{crawl.site.address}/{crawl.language}/report/nothing"}.items():
            page.goto(address)
            found += [f"{kind} {wrong['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
                      for wrong in Axe().run(page).response["violations"] if wrong["impact"] in GRAVE for node in wrong["nodes"]]
    assert not found, "\n".join(found)


def test_axe_and_the_watch_see_what_is_wrong(site: Site, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with watch(browser, site, problems := []) as page:
        page.goto("/en/report/nothing")
        page.evaluate("document.querySelector('main').append(document.createElement('img'), document.createElement('button'))")
        assert {"button-name", "image-alt"} <= {wrong["id"] for wrong in Axe().run(page).response["violations"]}
        page.evaluate("fetch('http://127.0.0.1:1/').catch(() => 0)")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = 1'}))")
        page.wait_for_timeout(200)
    assert any("404" in told for told in problems) and any("inline script" in told for told in problems)
    assert any("127.0.0.1:1/" in told for told in problems)


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_is_wider_than_the_window(crawl: Crawl, browser: Any, width: int) -> None:
    with watch(browser, crawl.site, problems := [], viewport={"width": width, "height": 800}) as page:
        for kind, address in crawl.kinds.items():
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    assert problems == []


@pytest.mark.parametrize("name", ["script", "bidi", "line", "bare"])
def test_hostile_reports_run_nothing(hostile_site: Site, browser: Any, name: str) -> None:
    with watch(browser, hostile_site, problems := []) as page:
        for path in (f"/ar/report/{name}", f"/en/report/{name}", "/en/search?kind=documents"):
            page.goto(path)
            assert page.title() != "broken" and page.locator("main img, main script, main svg").count() == 0
    assert problems == []
