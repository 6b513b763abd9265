"""What a reader does: from a deed to its words, as of another day, in the other language, a list taken away as a file."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.visits import Site, watch

REPORT = "/en/report/demo-cas-01"


def test_a_deed_leads_to_its_words_in_the_report(site: Site, browser: Any) -> None:
    with watch(browser, site, problems := []) as page:
        page.goto("/en/search?between=RUS&partner=AZE")
        page.locator("li.deed a.more").first.click()
        words = page.locator("tr.proof blockquote").first.inner_text()
        page.locator("tr.proof a").first.click()
        asked = page.locator("mark.asked")
        assert "record=" in page.url and asked.first.is_visible()
        assert asked.first.evaluate("mark => { const box = mark.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; }")
        texts = asked.evaluate_all("marks => marks.map(mark => { const own = mark.cloneNode(true); "
                                   "own.querySelectorAll('sup').forEach(sup => sup.remove()); return own.textContent; }).join('')")
        assert " ".join(texts.split()) == " ".join(words.split())
    assert problems == []


def test_the_card_of_a_record_comes_by_pointer_keyboard_and_tap(site: Site, browser: Any) -> None:
    with watch(browser, site, problems := []) as page:
        page.goto(REPORT)
        card = page.locator(".tip")
        page.locator("mark.people").first.hover()
        card.wait_for(state="visible")
        assert card.locator(".record").count() >= 2 and "Vladimir Putin" in card.inner_text()
        page.keyboard.press("Escape")
        assert card.is_hidden()
        page.locator("article sup a").nth(1).focus()
        assert card.is_visible()
    with watch(browser, site, problems, has_touch=True, viewport={"width": 390, "height": 844}) as page:
        page.goto(REPORT)
        page.locator("mark.people").first.tap()
        box = page.locator(".tip").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert problems == []


@pytest.mark.parametrize("scripted", [True, False])
def test_a_kind_can_be_switched_off_and_numbers_lead_to_the_list(site: Site, browser: Any, scripted: bool) -> None:
    with watch(browser, site, problems := [], java_script_enabled=scripted) as page:
        page.goto(REPORT)
        group = page.locator(".record-group.people")
        assert group.is_visible()
        page.locator("#show-people").uncheck()
        assert group.is_hidden() and page.locator("sup.people").first.is_hidden() and page.locator("sup.events").first.is_visible()
        page.locator("#show-people").check()
        page.locator("sup.people a").first.click()
        assert page.url.endswith(page.locator("sup.people a").first.get_attribute("href"))
    assert problems == []


def test_as_of_a_day_holds_from_page_to_page(site: Site, browser: Any) -> None:
    with watch(browser, site, problems := []) as page:
        page.goto("/en/search")
        total = page.locator(".found h2").inner_text()
        with page.expect_navigation():
            page.locator("#as-of").fill("2024-08-18")
        assert "as_of=2024-08-18" in page.url and page.locator(".found h2").inner_text() != total
        page.locator("li.deed a.more").first.click()
        assert "as_of=2024-08-18" in page.url and page.locator("#as-of").input_value() == "2024-08-18"
        page.locator(".as-of a").click()
        assert "as_of" not in page.url
    assert problems == []


def test_the_language_is_switched_on_the_spot(site: Site, browser: Any) -> None:
    with watch(browser, site, problems := []) as page:
        page.goto("/en/search?kind=ties&as_of=2025-06-01")
        page.locator(".switch a[lang=ar]").click()
        assert page.url.endswith("/ar/search?as_of=2025-06-01&kind=ties")
        assert page.locator("html").get_attribute("dir") == "rtl" and page.locator("html").get_attribute("lang") == "ar"
        page.locator(".switch a[lang=en]").click()
        assert page.locator("html").get_attribute("dir") == "ltr"
    assert problems == []


@pytest.mark.parametrize("scripted", [True, False])
def test_a_name_is_typed_found_and_its_list_taken_away(site: Site, browser: Any, scripted: bool, tmp_path: Path) -> None:
    with watch(browser, site, problems := [], java_script_enabled=scripted, accept_downloads=True) as page:
        page.goto("/en/search?kind=deeds")
        if scripted:
            page.locator("#f-between").press_sequentially("russ")
            page.locator("#names option[value=Russia]").wait_for(state="attached")
        page.locator("#f-between").fill("Russia")
        page.locator("#f-partner").fill("Azerbaijan")
        page.locator("button.main").click()
        assert page.locator("li.deed").count() == 25 and ("since=" in page.url) is not scripted
        for form in ("CSV", "JSON", "Parquet"):
            with page.expect_download() as download:
                page.locator(".found a", has_text=form).click()
            download.value.save_as(tmp_path / form)
            assert (tmp_path / form).stat().st_size > 1000
    assert problems == []
