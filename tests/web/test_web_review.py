"""Review in the browser: a queue, most doubtful first; judgements with who and when; undo; corrections by the codebook; keys."""
from __future__ import annotations

import json
import shutil
import threading
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient
from tests.web.forms import sign

from rawabit.ledger import Ledger
from rawabit.ledger.doubt import DOUBTS, find_queue
from rawabit.ledger.schema import RECORDS

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def eve(writer: TestClient) -> TestClient:
    """A reviewer before her first judgement."""
    return writer


def ask(client: TestClient, query: str = "") -> Any:
    return client.get(f"/en/review.json{query}").json()


def judge(client: TestClient, record: str, do: str, **form: str) -> Any:
    return client.post(f"/en/review/{record}", data={"csrf": sign(client, "/en/review"), "do": do, "reviewer": "Eve", **form})


def rows(place: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Ledger(place).query("SELECT * FROM reviews ORDER BY recorded_at").to_pylist()
    return found


def test_the_queue_goes_from_the_most_doubtful_on(eve: TestClient, demo_ledger: Ledger) -> None:
    for kind in RECORDS:
        queue = find_queue(demo_ledger, kind, 50)
        assert [one.doubt for one in queue] == sorted((one.doubt for one in queue), reverse=True)
        assert {reason for one in queue for reason in one.reasons} <= set(DOUBTS[kind])
        shown = ask(eve, f"?kind={kind}&skip=2")
        assert shown["record"]["id"] == queue[2].id and shown["record"]["doubts"] == list(queue[2].reasons)
    top = ask(eve)["record"]
    assert top["row"]["start"] is None and "".join(top["sentence"]).count(top["sentence"][1]) >= 1
    assert eve.get("/en/review?skip=100000").status_code == 200
    assert eve.get("/en/review?kind=nothing").status_code == 422


def test_a_judgement_is_kept_with_who_and_when_and_leads_on(eve: TestClient, place: str) -> None:
    first, second = (ask(eve, f"?skip={n}")["record"]["id"] for n in (0, 1))
    answer = judge(eve, first, "accept", note="seen", skip="0")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/review?kind=events")
    assert "rawabit_reviewer=Eve" in answer.headers["set-cookie"] and "HttpOnly" in answer.headers["set-cookie"]
    shown = ask(eve)
    assert shown["record"]["id"] == second and shown["latest"][0]["reviewer"] == "Eve" and shown["latest"][0]["holds"]
    assert [(row["record_id"], row["judgement"], row["reviewer"], row["note"]) for row in rows(place)] == [(first, "accept", "Eve", "seen")]
    judge(eve, second, "reject", reviewer="")
    assert rows(place)[-1]["reviewer"] == "Eve"
    assert eve.get(f"/en/review/{second}").status_code == 200


def test_undo_is_a_new_row(eve: TestClient, place: str) -> None:
    record = ask(eve)["record"]["id"]
    judge(eve, record, "reject")
    assert lxml.html.fromstring(eve.get("/en/review").text).xpath("//button[@value='undo']")
    answer = judge(eve, record, "undo")
    assert answer.headers["location"] == f"/en/review/{record}?kind=events"
    assert [row["judgement"] for row in rows(place)] == ["reject", "undo"] and ask(eve)["record"]["id"] == record
    assert "nobody has judged" in judge(eve, record, "undo").text


def test_only_what_was_changed_is_corrected(eve: TestClient, place: str) -> None:
    found = lxml.html.fromstring(eve.get("/en/review").text)
    record = found.xpath("//form[@class='review']/@action")[0].rsplit("/", 1)[1]
    form = {f.name: (f.value or "").removeprefix("\n") for f in found.xpath("//details//*[self::input or self::textarea or self::select]")}
    assert "Nothing was changed" in judge(eve, record, "correct", **form).text
    other = "future" if form["c.modality"] == "negated" else "negated"
    answer = judge(eve, record, "correct", **{**form, "c.modality": other, "c.evidence": form["c.evidence"].replace("\n", "\r\n")})
    given = json.loads(rows(place)[-1]["correction"])
    assert answer.status_code == 303 and given.pop("modality") == other and given.keys() <= {"codes"}
    assert eve.get(f"/en/review/{record}.json").json()["record"]["row"]["modality"] == other


@pytest.mark.parametrize(("form", "reason"), [
    ({"c.type": "NOPE"}, "is no type"), ({"c.actors": "Russia"}, "is no actor"), ({"c.quad": "4"}, "can be corrected"),
    ({"c.start": "soon"}, "is no value of start"), ({"c.evidence": "not there"}, "not in the report")])
def test_what_the_codebook_refuses_is_told_and_kept(eve: TestClient, place: str, form: dict[str, str], reason: str) -> None:
    answer = judge(eve, ask(eve)["record"]["id"], "correct", **form)
    found = lxml.html.fromstring(answer.text)
    assert answer.status_code == 400 and reason in found.xpath("//*[@role='alert']")[0].text_content() and found.xpath("//details[@open]")
    for name, value in form.items():
        fields = found.xpath(f"//input[@name='{name}']/@value | //textarea[@name='{name}']/text()")
        assert not fields or fields[0].strip() == value
    assert rows(place) == []


def test_who_and_what_must_be_said(eve: TestClient, place: str) -> None:
    record = ask(eve)["record"]["id"]
    assert "Who judges?" in judge(eve, record, "accept", reviewer=" \u202e ").text
    assert judge(eve, record, "approve").status_code == 400
    assert judge(eve, "nothing", "accept").status_code == 404
    assert judge(eve, record, "accept", csrf="").status_code == 403
    assert judge(eve, record, "accept", reviewer="x" * 81).status_code == 422
    assert rows(place) == []


def test_two_at_once(eve: TestClient, place: str) -> None:
    ids = [ask(eve, f"?skip={n}")["record"]["id"] for n in range(6)]
    threads = [threading.Thread(target=judge, args=(eve, record, "accept")) for record in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row["record_id"] for row in rows(place)} == set(ids)


def test_any_record_from_its_report_and_deed(eve: TestClient) -> None:
    shown = ask(eve)["record"]
    for path in (f"/en/report/{shown['document']['document_id']}", f"/en/deed/{shown['row']['deed_id']}"):
        assert f"/en/review/{shown['id']}" in eve.get(path).text
    assert "is a deed, which follows from its tellings" in eve.get(f"/en/review/{shown['row']['deed_id']}").text


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_by_keyboard(place: str, language: str) -> None:
    from playwright.sync_api import sync_playwright
    from tests.web.running import run_observatory

    with run_observatory(place) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))

        def press(key: str) -> str:
            with page.expect_navigation():
                page.keyboard.press(key)
            return page.url.removeprefix(f"{address}/{language}")

        page.goto(f"{address}/{language}/review")
        record = str(page.locator("form.review").get_attribute("action")).rsplit("/", 1)[1]
        page.keyboard.press("a")
        page.fill("#reviewer", "Eve")
        page.keyboard.press("Enter")
        assert page.url.endswith("/review") and rows(place) == []
        page.click("h1")
        assert (press("a"), press("j"), press("k"), press("u")) == (
            "/review?kind=events", "/review?kind=events&skip=1", "/review?kind=events", f"/review/{record}?kind=events")
        page.keyboard.press("c")
        told = page.locator("[name='c.modality']").input_value()
        page.select_option("[name='c.modality']", "future" if told == "negated" else "negated")
        with page.expect_navigation():
            page.click("button[value=correct]")
        assert [row["judgement"] for row in rows(place)] == ["accept", "undo", "correct"] and faults == []
        browser.close()
