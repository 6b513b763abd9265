"""The page of search: the filters of the commands, names in both languages, pages of a list, and its files."""
from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import lxml.html
import msgspec
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from starlette.testclient import TestClient

from rawabit.ledger import Ledger
from rawabit.ledger.export import INNER
from rawabit.web.downloads import disarm_batch
from rawabit.web.naming import find_listed, find_meant, suggest_names

KINDS = {"deeds": "deeds", "events": "tellings", "statements": "statements", "figures": "figures", "ties": "ties", "documents": "documents"}
RUSSIA, AZERBAIJAN, PUTIN, ALIYEV = "روسيا", "أذربيجان", "بوتين", "علييف"


def ask(client: TestClient, **query: Any) -> dict[str, Any]:
    answer = client.get("/ar/search.json", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(("kind", "view"), KINDS.items())
@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_kind_lists_what_the_ledger_has(client: TestClient, demo_ledger: Ledger, kind: str, view: str, language: str) -> None:
    shown = ask(client, kind=kind)
    assert shown["total"] == demo_ledger.count_rows(view) > 0
    found = lxml.html.fromstring(client.get(f"/{language}/search?kind={kind}").text)
    assert len(found.xpath("//ul[contains(@class, 'deeds')]/li")) == len(shown["rows"]) == min(25, shown["total"])


def test_a_person_is_listed_once(client: TestClient) -> None:
    rows = ask(client, kind="people", limit=200)["rows"]
    assert len({(row["english"], row["code"], row["sector"]) for row in rows}) == len(rows)
    assert {row["english"] for row in rows[:2]} == {"Vladimir Putin", "Ilham Aliyev"} and rows[0]["reports"] > 10


@pytest.mark.parametrize("names", [("RUS", "AZE"), ("russia", "azerbaijan"), (RUSSIA, AZERBAIJAN)])
def test_names_of_any_language_are_codes(client: TestClient, demo_ledger: Ledger, names: tuple[str, str]) -> None:
    shown = ask(client, between=names[0], partner=names[1], type="consult", until="2024-12-31")
    assert shown["total"] == demo_ledger.deeds(between=("RUS", "AZE"), type="consult", until=date(2024, 12, 31)).num_rows > 0
    assert shown["leads"] == ["RUS", "AZE"]


def test_one_bearer_of_a_name_is_meant_and_several_are_named() -> None:
    assert find_meant(PUTIN).value == find_meant("putin").value == "Vladimir Putin"
    assert find_meant("rus").value == "RUS" and find_meant("RUS/GOV").value == "RUS/GOV" and find_meant("IGO-CIS").named
    several = find_meant(ALIYEV)
    assert several.value == ALIYEV and {"Ilham Aliyev", "Heydar Aliyev"} <= {one.value for one in several.perhaps}
    assert find_meant("no such name at all").perhaps == () and suggest_names("") == []


def test_of_several_bearers_the_page_tells_who_they_are_those_told_of_most_first(client: TestClient) -> None:
    choices = ask(client, actor=ALIYEV)["choices"]["actor"]
    assert choices[0]["named"]["value"] == "Ilham Aliyev" and (choices[0]["code"], choices[0]["role"]) == ("AZE", "president")
    assert [one["reports"] for one in choices] == sorted((one["reports"] for one in choices), reverse=True) and choices[0]["reports"] > 10
    page = lxml.html.fromstring(client.get("/ar/search", params={"actor": ALIYEV}).content)
    found = page.xpath("//*[contains(@class, 'perhaps')]//li[1]")[0]
    assert re.sub(r"\s+", " ", found.text_content()).strip().startswith("إلهام علييف الرئيس، أذربيجان")
    assert "actor=Ilham+Aliyev" in found.xpath(".//a/@href")[0]


@pytest.mark.parametrize(("typed", "codes"), [
    ("RUS,AZE", ("RUS", "AZE")), ("rus aze", ("RUS", "AZE")), ("روسيا، المملكة العربية السعودية", ("RUS", "SAU")),
    ("Russia; Saudi Arabia, REG-CentralAsia", ("RUS", "SAU", "REG-CentralAsia")),
    ("<b>, nobody at all, Vladimir Putin", ()), ("XYZ", ("XYZ",)), ("", ())])
def test_a_list_of_states_is_read_by_code_and_name(typed: str, codes: tuple[str, ...]) -> None:
    assert find_listed(typed) == codes


def test_names_are_suggested_in_the_language_of_the_page(client: TestClient) -> None:
    arabic, english = (client.get(f"/{language}/search/names", params={"q": "rus"}).json() for language in ("ar", "en"))
    assert arabic[0] == {"name": RUSSIA, "label": "Russia · RUS"} and english[0] == {"name": "Russia", "label": f"{RUSSIA} · RUS"}


def test_pages_of_a_list_do_not_overlap(client: TestClient) -> None:
    pages = [ask(client, kind="statements", page=n) for n in (1, 2)]
    ids = [[row["statement_id"] for row in page["rows"]] for page in pages]
    assert not set(ids[0]) & set(ids[1]) and pages[0]["total"] == pages[1]["total"]
    beyond = ask(client, kind="statements", page=99999)
    assert beyond["rows"] == [] and beyond["total"] == pages[0]["total"]


def test_the_newest_come_first(client: TestClient) -> None:
    newest, oldest = (ask(client, kind="documents", order=order)["rows"][0]["published"] for order in ("newest", "oldest"))
    assert newest > oldest


def test_words_are_found_whatever_their_spelling_and_as_of_any_day(client: TestClient) -> None:
    assert ask(client, kind="documents", contains="أستانه")["total"] == ask(client, kind="documents", contains="استانة")["total"] > 0
    assert 0 < ask(client, as_of="2024-08-18")["total"] < ask(client)["total"]


def test_empty_fields_of_a_form_are_no_filters(client: TestClient) -> None:
    assert ask(client, since="", until="", modality="", actor="", holds_on="", page="", as_of="")["total"] == ask(client)["total"]


def test_what_cannot_be_asked_is_refused(client: TestClient) -> None:
    assert client.get("/en/search?between=RUS&partner=Russia").status_code == 400
    assert client.get("/en/search?since=soon").status_code == 422
    assert client.get("/en/search?kind=secrets").status_code == 422
    assert "&lt;b&gt;" in client.get("/en/search?actor=<b>").text


@pytest.mark.parametrize("kind", [*KINDS, "people"])
def test_each_list_is_given_as_files(client: TestClient, demo_ledger: Ledger, kind: str) -> None:
    view = KINDS.get(kind, kind)
    rows = demo_ledger.view_rows(view)
    names = [name for name in rows.column_names if name not in INNER]
    files = {form: client.get(f"/ar/search/export?kind={kind}&format={form}&actor=") for form in ("csv", "json", "parquet")}
    assert all(f'filename="rawabit-{kind}.{form}"' in file.headers["content-disposition"] for form, file in files.items())
    assert pyarrow.parquet.read_table(io.BytesIO(files["parquet"].content)).select(names).num_rows == rows.num_rows
    assert len(msgspec.json.decode(files["json"].content)) == rows.num_rows
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    assert pyarrow.csv.read_csv(io.BytesIO(files["csv"].content), parse_options=options).column_names == names


def test_a_file_holds_what_the_page_lists(client: TestClient) -> None:
    page = client.get("/en/search", params={"between": RUSSIA, "partner": "AZE", "as_of": "2025-01-15", "page": 2, "limit": 25})
    link = lxml.html.fromstring(page.text).xpath("//a[@download]/@href")[1]
    assert "as_of=2025-01-15" in link and "page=" not in link
    assert len(client.get(link).json()) == ask(client, between="RUS", partner="AZE", as_of="2025-01-15")["total"]


def test_search_shows_no_markup_of_reports(hostile: TestClient) -> None:
    for kind in (*KINDS, "people"):
        found = lxml.html.fromstring(hostile.get(f"/en/search?kind={kind}").text)
        assert not found.xpath("//main//img | //main//script | //main//svg") and "\u202e" not in found.xpath("//main")[0].text_content()


def test_a_spreadsheet_reckons_with_no_text_of_a_report() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a=1", "", None]
    batch = pa.RecordBatch.from_pydict({"text": texts, "list": [["=1", "b"]] * len(texts), "number": [-1.5] * len(texts)})
    found = disarm_batch(batch).to_pydict()
    assert found["text"] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "'=1", "a=1", "", None]
    assert set(found["list"]) == {"'=1; b"} and set(found["number"]) == {-1.5}
