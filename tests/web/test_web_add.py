"""Adding a report in the browser: read at once, saved as `rawabit add` saves it, and nothing typed is lost."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

import lxml.html
import pytest
from starlette.testclient import TestClient
from tests.source.server import LocalServer, open_server
from tests.web.forms import sign
from tests.web.hostile import HANDLER, OVERRIDE, SCRIPT, SENTENCE

from rawabit.ledger import Ledger
from rawabit.source import WebClient
from rawabit.web import Settings, make_app

REPORT = {"title": "قمة", "text": f"{SENTENCE} اليوم.\r\nوطالب بوتين أوكرانيا بالانسحاب.", "outlet": "وكالة", "published": "2025-10-09"}
PAGE = (f"<html><head><title>قمة</title></head><body><article><h1>قمة</h1><p>{SENTENCE} اليوم.</p><p>{SENTENCE} أمس.</p></article>"
        "</body></html>")


def read_form(page: lxml.html.HtmlElement) -> dict[str, str]:
    """What the form holds, as a browser would send it: the line feed after <textarea> is none of the text."""
    fields = page.xpath("//form[@method='post']//*[self::input or self::textarea or self::select]")
    return {field.name: (field.value or "").removeprefix("\n") if field.tag == "textarea" else field.value or "" for field in fields}


def count(place: str) -> int:
    return int(Ledger(place).query("SELECT count(*) AS n FROM documents")["n"][0].as_py())


def test_a_text_is_read_and_not_saved(writer: TestClient, place: str) -> None:
    before = count(place)
    answer = writer.post("/ar/add", data={**REPORT, "csrf": sign(writer)})
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 200 and count(place) == before
    assert "بوتين" in "".join(mark.text_content() for mark in page.xpath("//mark[contains(@class, 'events')]"))
    assert read_form(page)["text"] == REPORT["text"].replace("\r\n", "\n")
    assert page.xpath("//button[@value='save']") and not page.xpath("//a[contains(@href, '/deed/')]")


def test_saving_leads_to_the_report_and_twice_is_told(writer: TestClient, place: str) -> None:
    form = {**REPORT, "csrf": sign(writer), "do": "save"}
    answer = writer.post("/en/add?as_of=2000-01-01&digits=arab", data=form)
    assert answer.status_code == 303 and "as_of" not in answer.headers["location"]
    shown = writer.get(answer.headers["location"].replace("?", ".json?")).json()
    assert shown["document"]["outlet"] == REPORT["outlet"] and shown["counts"]["events"] >= 1
    row = Ledger(place).query("SELECT command, phase FROM runs ORDER BY recorded_at DESC LIMIT 1").to_pylist()[0]
    assert row == {"command": "add (observatory)", "phase": "finished"}
    before = count(place)
    again = writer.post("/en/add", data=form)
    assert again.status_code == 200 and f"/en/report/{shown['document']['document_id']}" in again.text and count(place) == before


@pytest.mark.parametrize(("form", "reason"), [
    ({"text": ""}, "no words"), ({"text": "Hello there, in English."}, "not in a language"),
    ({"url": "javascript:alert(1)"}, "none of the web"),
    ({"url": "file:///etc/passwd"}, "none of the web"), ({"url": "http://127.0.0.1:9/", "title": "kept"}, "private or reserved"),
    ({"url": "http://[::ffff:10.0.0.1]/"}, "private or reserved"), ({"url": "http://2130706433/"}, "private or reserved"),
    ({"url": "http://169.254.169.254/latest"}, "private or reserved"), ({"url": "http://user:pass@example.org/"}, "user name"),
    ({"text": SENTENCE, "written_in": "xx"}, "lexicon"), ({"url": "http://example.org", "published": "soon"}, "no day")])
def test_what_cannot_be_read_is_told_and_kept(writer: TestClient, place: str, form: dict[str, str], reason: str) -> None:
    before = count(place)
    answer = writer.post("/en/add", data={**form, "csrf": sign(writer), "do": "save"})
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 400 and reason in page.xpath("//*[@role='alert']")[0].text_content()
    assert form.items() - {("written_in", "xx")} <= read_form(page).items()
    assert count(place) == before


def test_a_forged_form_saves_nothing_and_loses_nothing(writer: TestClient, place: str) -> None:
    before, signature = count(place), sign(writer)
    for given in ("", "0" * 64, signature[:-1], "\u0663" * 64):
        answer = writer.post("/ar/add", data={**REPORT, "csrf": given, "do": "save"})
        assert answer.status_code == 403 and REPORT["outlet"] in answer.text
    writer.cookies.clear()
    assert writer.post("/ar/add", data={**REPORT, "csrf": signature, "do": "save"}).status_code == 403
    assert count(place) == before


@pytest.fixture
def web() -> Iterator[LocalServer]:
    with open_server() as made:
        yield made


def test_an_address_is_fetched_and_kept_as_it_came(writer: TestClient, place: str, web: LocalServer) -> None:
    web.routes["/news"] = PAGE
    writer.app.state.desk.open_client = lambda: WebClient(allow_private=True)  # type: ignore[attr-defined]
    csrf = sign(writer)
    page = lxml.html.fromstring(writer.post("/en/add", data={"url": web.url("/news"), "csrf": csrf, "published": "2025-10-09"}).text)
    form = read_form(page)
    assert SENTENCE in form["text"] and form["published"] == "2025-10-09"
    saved = writer.post("/en/add", data={**form, "do": "save"})
    assert saved.status_code == 303 and web.asked["/news"] == 1
    row = Ledger(place).query("SELECT place, url, raw_hash, published FROM documents ORDER BY recorded_at DESC LIMIT 1").to_pylist()[0]
    assert row["place"] == row["url"] == web.url("/news") and row["published"] == date(2025, 10, 9)
    assert row["raw_hash"] == hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_feed_and_too_many_at_once_are_refused(writer: TestClient, web: LocalServer) -> None:
    feed = b"<rss version='2.0'><channel><item><link>x</link></item></channel></rss>"
    web.routes["/feed"] = lambda asked: asked.answer(feed, "application/rss+xml")
    desk = writer.app.state.desk  # type: ignore[attr-defined]
    desk.open_client = lambda: WebClient(allow_private=True)
    form = {"url": web.url("/feed"), "csrf": sign(writer)}
    assert "rawabit follow" in writer.post("/en/add", data=form).text
    while desk._fetching.acquire(blocking=False):
        continue
    assert "being fetched" in writer.post("/en/add", data=form).text


@pytest.mark.parametrize("text", [
    f"{SENTENCE} {SCRIPT} {HANDLER}", f"{SENTENCE} {OVERRIDE}gpj.exe", f"{SENTENCE} {'x' * 1_000_000}"], ids=["script", "bidi", "line"])
def test_hostile_texts_are_text(writer: TestClient, text: str) -> None:
    form = {"title": f"{SCRIPT}{OVERRIDE}", "text": text, "outlet": HANDLER, "published": "2025-10-09", "written_in": "ar",
            "csrf": sign(writer)}
    answer = writer.post("/ar/add", files={name: (None, value) for name, value in form.items()})
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 200 and not page.xpath("//script[not(@src)] | //img | //*[@onerror or @onload or @style]")
    assert OVERRIDE not in "".join(page.xpath("//article//text()"))
    saved = writer.post("/ar/add", files={name: (None, value) for name, value in {**form, "do": "save"}.items()})
    assert saved.status_code == 303 and writer.get(saved.headers["location"]).status_code == 200


def test_a_program_with_the_token_needs_no_page_to_write(place: str) -> None:
    with TestClient(make_app(Settings(place, token="secret")), follow_redirects=False) as program:
        before, form = count(place), {**REPORT, "do": "save"}
        assert program.post("/en/add", data=form, headers={"authorization": "Bearer secrets"}).status_code == 401
        program.cookies.set("rawabit_token", "secret")
        assert program.post("/en/add", data=form).status_code == 403, "a cookie alone is what a page of another site could send"
        program.cookies.clear()
        added = program.post("/en/add", data=form, headers={"authorization": "Bearer secret"})
        assert added.status_code == 303 and count(place) == before + 1
        record = Ledger(place).query("SELECT event_id FROM tellings ORDER BY recorded_at DESC LIMIT 1")["event_id"][0].as_py()
        judgement, token = {"do": "accept", "reviewer": "machine"}, {"authorization": "Bearer secret"}
        judged = program.post(f"/en/review/{record}", data=judgement, headers=token)
        assert judged.status_code == 303 and Ledger(place).query("SELECT reviewer FROM reviews")["reviewer"].to_pylist() == ["machine"]
    described = make_app(Settings(place)).openapi()["paths"]["/{language}/add"]["post"]["requestBody"]
    assert "Bearer" in str(described) or "Bearer" in str(make_app(Settings(place)).openapi()["components"])
