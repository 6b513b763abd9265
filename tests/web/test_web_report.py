"""The page of a report: its words marked and never markup, in order, with the record that was asked for."""
from __future__ import annotations

import re
import time

import lxml.html
import pytest
from starlette.testclient import TestClient
from tests.web.hostile import HOSTILE, OVERRIDE, SENTENCE

from rawabit.ledger import Ledger

FIRST = "demo-cas-01"


def page(client: TestClient, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return lxml.html.fromstring(answer.text)


def read_text(found: lxml.html.HtmlElement) -> str:
    """The words of the report as a reader sees them, without the numbers of records."""
    for number in found.xpath("//article//sup"):
        number.drop_tree()
    return "\n".join(line.text_content() for line in found.xpath("//article/*[self::h1 or self::p]"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_text_is_whole_and_each_record_stands_in_it(client: TestClient, demo_ledger: Ledger, language: str) -> None:
    shown = client.get(f"/{language}/report/{FIRST}.json").json()
    found = page(client, f"/{language}/report/{FIRST}")
    read_text(found)
    for record in shown["records"]:
        marks = found.xpath(f"//mark[@data-record='{record['number']}']")
        assert "".join(mark.text_content() for mark in marks) == record["row"]["evidence"].replace("\n", "")
        assert found.xpath(f"//li[@id='r{record['number']}']") and found.xpath(f"//mark[@id='m{record['number']}']")
    row = demo_ledger.query("SELECT title, text FROM documents WHERE given_id = ?", [FIRST]).to_pylist()[0]
    assert read_text(found) == "\n".join(line for line in f"{row['title']}\n{row['text']}".split("\n") if line.strip())


def test_marks_nest_and_the_legend_counts(client: TestClient) -> None:
    found = page(client, f"/en/report/{FIRST}")
    assert found.xpath("//mark[@class and contains(@class, 'events')]//mark[contains(@class, 'people')]")
    counts = client.get(f"/en/report/{FIRST}.json").json()["counts"]
    assert {a.get("href"): int(a.text_content()) for a in found.xpath("//fieldset//a")} == {f"#list-{k}": n for k, n in counts.items()}
    assert all(found.xpath(f"//*[@id='list-{kind}']") and found.xpath(f"//input[@id='show-{kind}']") for kind in counts)


def test_one_record_is_in_focus(client: TestClient) -> None:
    record = client.get(f"/en/report/{FIRST}.json").json()["records"][3]
    found = page(client, f"/en/report/{FIRST}?record={record['id']}")
    assert found.xpath("//li[@aria-current]/@id") == [f"r{record['number']}"]
    assert found.xpath("//span[@id='focus']/ancestor::mark[1]/@data-record") == [str(record["number"])]
    assert found.xpath("//mark[contains(@class, 'asked')]/@data-record") == [str(record["number"])]
    assert client.get(f"/en/report/{record['id']}.json").json()["focus"]["id"] == record["id"]


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get(f"/ar/report/{FIRST}?record=nothing").status_code == 404
    assert client.get("/ar/report/nothing.json").json()["error"].startswith("nothing in the ledger")
    assert client.get(f"/ar/report/{FIRST}?as_of=2001-01-01").status_code == 404
    assert client.get(f"/ar/report/{FIRST}?part=2").status_code == 404
    assert client.get(f"/ar/report/{FIRST}?as_of=&record=&part=").status_code == 200


def test_what_was_not_coded_is_told(client: TestClient) -> None:
    shown = client.get(f"/en/report/{FIRST}.json").json()
    assert {stretch["reason"] for stretch in shown["abstained"]} >= {"unlikely"} and shown["document"]["recipe"]


@pytest.mark.parametrize("path", ["script", "script?record={record}", "bare", "bidi"])
def test_a_report_is_never_markup(hostile: TestClient, path: str) -> None:
    record = hostile.get("/en/report/script.json").json()["records"][0]["id"]
    found = page(hostile, f"/en/report/{path.format(record=record)}")
    assert all(src.startswith("/static/") for src in found.xpath("//script/@src | //link/@href"))
    assert not found.xpath("//script[not(@src)] | //img | //svg | //*[@style]")
    assert not [name for element in found.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")]
    assert not [href for href in found.xpath("//a/@href") if not re.match(r"[/#]|https?://", href)]


def test_tags_of_a_report_are_read_as_words(hostile: TestClient) -> None:
    found = page(hostile, "/ar/report/script")
    title, text, outlet, url = HOSTILE["script"]
    assert read_text(found) == f"{title}\n{text}"
    assert outlet in found.text_content() and url in found.text_content()


def test_controls_are_seen_and_lines_keep_their_direction(hostile: TestClient) -> None:
    answer = hostile.get("/ar/report/bidi")
    assert OVERRIDE not in answer.text and "\u2066" not in answer.text and f"\ufffd{SENTENCE.split()[0]}" in answer.text
    lines = lxml.html.fromstring(answer.text).xpath("//article/*[self::h1 or self::p]/@dir")
    assert lines == ["rtl", "rtl", "rtl", "rtl", "ltr"]


def test_a_million_characters_on_a_line_come_in_parts(hostile: TestClient) -> None:
    start = time.perf_counter()
    first = hostile.get("/ar/report/line.json").json()
    assert time.perf_counter() - start < 10
    last = hostile.get("/ar/report/line", params={"part": first["parts"]})
    assert first["parts"] > 30 and last.status_code == 200 and len(last.content) < 1_500_000
    record = Ledger(hostile.app.state.settings.ledger).query(  # type: ignore[attr-defined]
        "SELECT event_id FROM tellings WHERE evidence_start > 100000 LIMIT 1").to_pylist()[0]["event_id"]
    assert hostile.get(f"/ar/report/line.json?record={record}").json()["part"] > 3
