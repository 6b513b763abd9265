"""What nobody may do: ask from elsewhere, without the token, with a forged form, too much; and what no page may hold."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient
from tests.source.server import LocalServer, open_server
from tests.web.forms import sign

from rawabit.ledger import Ledger
from rawabit.web import Settings, make_app
from rawabit.web.app import PAGES
from rawabit.web.examples import find_paths
from rawabit.web.guard import HEADERS, find_host

TOKEN = "a-token-that-nobody-guesses"
EVERYWHERE = {"host": "0.0.0.0", "token": TOKEN}


def ask(place: str, **settings: Any) -> TestClient:
    """Asks an observatory with its settings, and does not follow redirects."""
    return TestClient(make_app(Settings(place, **settings)), follow_redirects=False, raise_server_exceptions=False)


@pytest.mark.parametrize(("header", "name"), [
    ("localhost:8765", "localhost"), ("LOCALHOST", "localhost"), ("[::1]:8765", "::1"), ("[::1]", "::1"), ("127.0.0.1", "127.0.0.1"),
    ("evil.example:8765", "evil.example"), ("localhost.evil.example", "localhost.evil.example"), ("", ""), (":80", ":80")])
def test_names_of_the_host(header: str, name: str) -> None:
    assert find_host(header) == name


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2", ""])
def test_a_rebound_name_gets_nothing(demo_place: str, host: str) -> None:
    with ask(demo_place) as client:
        answer = client.get("/ar/review", headers={"host": host})
        assert answer.status_code == 400 and "localhost:8765" in answer.text and "csrf" not in answer.text
        assert client.get("/ar/review.json", headers={"host": host}).json()["error"]
        for own in ("localhost:8765", "127.0.0.1:1", "[::1]:8765"):
            assert client.get("/ar/review", headers={"host": own}).status_code == 200


def test_beyond_this_machine_a_token_is_asked_for(demo_place: str) -> None:
    with ask(demo_place, **EVERYWHERE) as client:
        for path in ("/", "/ar/review", "/en/review.json", "/openapi.json", f"/en/review?token={TOKEN}x", "/en/review?token="):
            answer = client.get(path)
            assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer" and TOKEN not in answer.text
        assert client.post("/en/add", data={"text": "x"}).status_code == 401
        assert client.get("/static/style.css").status_code == 200
        assert client.get("/en/review", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/en/review", headers={"authorization": b"Bearer \xff"}).status_code == 401


def test_the_token_is_taken_once_and_is_in_no_link(demo_place: str) -> None:
    with ask(demo_place, **EVERYWHERE) as client:
        answer = client.get(f"/en/review?skip=1&token={TOKEN}&as_of=2025-01-01")
        assert answer.status_code == 303 and answer.headers["location"] == "/en/review?skip=1&as_of=2025-01-01"
        assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=lax" in answer.headers["set-cookie"]
        page = client.get(answer.headers["location"])
        assert page.status_code == 200 and TOKEN not in page.text
        assert "wrong" not in client.get("/en/review?token=wrong").text
    with ask(demo_place) as client:
        assert "wrong" not in client.get("/en/review?token=wrong").text


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example/x", "/%2F/evil.example", "/%5Cevil.example"])
def test_no_redirect_leads_elsewhere(demo_place: str, path: str) -> None:
    with ask(demo_place, **EVERYWHERE) as client:
        for host in ("observatory", "evil.example"):
            place = client.get(f"http://observatory{path}?token={TOKEN}", headers={"host": host}).headers.get("location", "/x")
            assert re.match(r"/(?![/\\])", place) and "evil.example" not in place.split("/")[0]
    with ask(demo_place) as client:
        assert client.get("/", headers={"host": "localhost", "x-forwarded-host": "evil.example"}).headers["location"] == "/en/today"


def test_read_only_serves_and_links_no_page_that_writes(demo_place: str, demo_ledger: Ledger) -> None:
    with ask(demo_place, read_only=True) as client:
        for path, addresses in find_paths(demo_ledger, PAGES, 1):
            answer = client.get(f"/en{addresses[0]}")
            assert (answer.status_code == 404) == path.startswith(("/add", "/review")), path
            assert not re.findall(r'(?:href|action)="/en/(?:add|review)', answer.text), path
            assert 'method="post"' not in answer.text
        for path in ("/en/add", "/ar/review/x", "/en/nothing"):
            assert client.post(path, data={"do": "save"}).status_code == 403
        assert not [path for path, item in client.get("/openapi.json").json()["paths"].items() if "post" in item]


@pytest.fixture(scope="module")
def answers(demo_place: str) -> Iterator[dict[str, Any]]:
    """Answers of every kind, by what they are."""
    with ask(demo_place, most_requests=6) as client, ask(demo_place, **EVERYWHERE) as far:
        client.app.state.desk.source = None  # type: ignore[attr-defined]
        csrf = sign(client)
        yield {
            "200": client.get("/ar/add"), "json 200": client.get("/ar/add.json"), "static 200": client.get("/static/style.css"),
            "openapi 200": client.get("/openapi.json"), "307": client.get("/"), "400": client.get("/ar/review", headers={"host": "x"}),
            "401": far.get("/ar/add"), "303": far.get(f"/ar/add?token={TOKEN}"), "403": client.post("/ar/add", data={"csrf": "x"}),
            "404": client.get("/ar/nothing"), "static 404": client.get("/static/nothing"), "json 404": client.get("/ar/deed/x.json"),
            "405": client.put("/ar/add"), "411": client.post("/ar/add", content=iter([b"x"])), "422": client.get("/ar/review?skip=x"),
            "413": client.post("/ar/add", content=b"x" * 2_000_001), "500": client.post("/ar/add", data={"csrf": csrf, "text": "x"}),
            "429": [client.post("/ar/add", data={"csrf": "x"}) for _ in range(7)][-1],
            "json 429": client.post("/en/add.json", data={"csrf": "x"})}


def test_every_answer_has_the_headers_and_tells_in_words(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        assert answer.status_code == int(name.split()[-1]), name
        assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS, name
        if name.isdigit() and answer.status_code >= 400:
            page = lxml.html.fromstring(answer.text)
            told = page.xpath("//p[@class='card'] | //*[@role='alert']")[0].text_content()
            assert page.get("dir") == "rtl" and page.xpath("//h1") and re.search(r"[\u0600-\u06ff]", told), name
    assert "Traceback" not in answers["500"].text and "NoneType" not in answers["500"].text
    assert answers["429"].headers["retry-after"] == "60" and answers["json 429"].json()["error"].startswith("Too many")


def test_no_page_holds_a_script_or_style_of_its_own(demo_place: str, hostile_place: str) -> None:
    for place in (demo_place, hostile_place):
        with ask(place) as client:
            for _, addresses in find_paths(Ledger(place), PAGES, 3):
                for address in (f"/{language}{one}" for language in ("ar", "en") for one in addresses):
                    answer = client.get(address)
                    assert answer.status_code in (200, 404), address
                    page = lxml.html.fromstring(answer.text)
                    assert not page.xpath("//script[not(@src) or text()] | //style | //*[@style] | //iframe | //object | //base"), address
                    assert not page.xpath("//@*[starts-with(name(), 'on')]"), address
                    for link in page.xpath("//@href | //@src | //@action | //@formaction | //@srcdoc"):
                        outside = page.xpath("//a[@href=$link]/@rel", link=link) if re.match("https?://", link) else []
                        assert re.match(r"/(?!/)|#", link) or "external" in outside[0], address
                    for source in page.xpath("//script/@src | //link/@href | //img/@src"):
                        assert source.startswith("/"), address


def test_nothing_is_measured_or_sent(demo_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_server() as collector:
        assert isinstance(collector, LocalServer)
        for name, value in (("FASTAPI_OTEL_AUTO_CONFIGURE", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(""))):
            monkeypatch.setenv(name, value)
        with ask(demo_place) as client:
            assert client.get("/en/add").status_code == 200
            assert not client.app._native_telemetry.enabled()  # type: ignore[attr-defined]
        assert not collector.asked and not collector.headers


def test_what_is_wrong_with_a_value_is_told_in_the_language_of_the_address(client: TestClient) -> None:
    long = f"search?actor={'x' * 201}"
    for place in ("review?skip=x", "review?skip=-1", "review?kind=nothing", "pair/rus/AZE", "search?since=soon", long):
        told = client.get(f"/ar/{place}")
        assert told.status_code == 422
        sentence = lxml.html.fromstring(told.content).xpath("//main//p")[0].text_content()
        assert not set(re.findall(r"[A-Za-z]+", sentence)) - {"skip", "kind", "a", "since", "actor", "YYYY", "MM", "DD"}, sentence
