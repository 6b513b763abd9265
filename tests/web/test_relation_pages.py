"""The pages of today, of a state, of formats; and where many pairs stand at once."""
from __future__ import annotations

from datetime import date
from io import BytesIO

import icalendar
import pytest
from fastapi.testclient import TestClient

from rawabit.ledger import Ledger
from rawabit.relation.influence import find_rivals
from rawabit.relation.phases import read_history
from rawabit.relation.standing import find_phases, read_pairs, read_standings
from rawabit.web.app import make_app
from rawabit.web.naming import find_listed
from rawabit.web.settings import Settings
from rawabit.web.views.rows import add_around
from rawabit.web.views.state import Slice, find_powers
from rawabit.web.views.today import find_tone
from rawabit.web.words import find_words

DAY = date(2025, 11, 12)


@pytest.fixture(scope="module")
def client(demo_place: str) -> TestClient:
    return TestClient(make_app(Settings(demo_place)))


@pytest.mark.parametrize("code", ["AZE", "KAZ", "REG-CentralAsia", "IGO-EU"])
def test_many_pairs_stand_where_each_stands_by_itself(demo_ledger: Ledger, code: str) -> None:
    found = find_phases(demo_ledger, read_standings(demo_ledger, code, DAY), DAY)
    assert found
    for one in found:
        history = read_history(demo_ledger, *one.pair, DAY)
        now = history.phases[-1]
        assert one.phase is not None and (one.phase.name, one.phase.start) == (now.name, now.start), one.pair
        assert one.temperature == pytest.approx(history.series.days[-1].temperature), one.pair


def test_pairs_are_those_of_the_ledger(demo_ledger: Ledger) -> None:
    pairs = read_pairs(demo_ledger, DAY)
    assert "AZE|RUS" in pairs and all(pair == "|".join(sorted(pair.split("|"))) for pair in pairs)


def test_today_tells_who_moved_and_why(client: TestClient) -> None:
    shown = client.get("/en/today.json?days=7&as_of=2025-07-01").json()
    assert all(one["change"] > 0 for one in shown["warmed"]) and all(one["change"] < 0 for one in shown["cooled"])
    assert all(set(one["deeds"]) <= set(shown["deeds"]) for one in (*shown["warmed"], *shown["cooled"]))
    assert shown["cooled"][0]["pair"] == ["AZE", "RUS"]


def test_today_plans_lie_ahead_and_were_known(client: TestClient) -> None:
    shown = client.get("/en/today.json?as_of=2025-10-09").json()
    rows = [shown["deeds"][id] for month in shown["planned"] for id in month["deeds"]]
    assert rows and all(row["end"] is None or row["end"] >= "2025-10-09" for row in rows)
    assert all(row["first_told"] <= "2025-10-09" for row in rows)


def test_the_matrix_is_of_the_states_chosen(client: TestClient) -> None:
    shown = client.get("/en/today.json?states=rus,aze,%20KAZ").json()
    assert shown["states"] == ["RUS", "AZE", "KAZ"]
    matrix = shown["matrix"]
    assert matrix[0][0] is None and matrix[0][1]["temperature"] == matrix[1][0]["temperature"]
    assert 'aria-label="Russia – Azerbaijan: temperature' in client.get("/en/today?states=RUS,AZE").text


def test_a_state_ranks_its_relations(client: TestClient) -> None:
    warm, cold = (client.get(f"/en/state/RUS.json?order={order}").json()["relations"] for order in ("warmest", "coldest"))
    assert [one["temperature"] for one in warm] == sorted((one["temperature"] for one in warm), reverse=True)
    assert warm[0]["temperature"] >= cold[0]["temperature"]


def test_each_share_leads_to_its_records(client: TestClient, demo_ledger: Ledger) -> None:
    page, shown = client.get("/en/state/KAZ").text, client.get("/en/state/KAZ.json").json()
    table = find_rivals(demo_ledger, "KAZ", tuple(shown["powers"]), DAY, 365)
    asked = {row.dimension: [cell.share for cell in row.cells] for row in table.rows if row.concentration is not None}
    assert {row["dimension"]: [cell["share"] for cell in row["cells"]] for row in shown["rows"]} == asked
    for number, row in enumerate(shown["rows"], 1):
        for place, cell in enumerate(row["cells"], 1):
            assert (f'id="records-{number}-{place}"' in page) == bool(cell["share"]) == (f'href="#records-{number}-{place}"' in page)


def test_contacts_over_time_add_up_to_the_table(client: TestClient) -> None:
    shown = client.get("/en/state/REG-CentralAsia.json").json()
    contacts = next(row for row in shown["rows"] if row["dimension"] == "contacts")
    sums = [sum(one["weights"][number] for one in shown["slices"]) for number in range(len(shown["powers"]))]
    assert sums == [cell["weight"] for cell in contacts["cells"]]


def test_parts_of_a_slice_stand_end_to_end() -> None:
    assert Slice(DAY, DAY, (1.0, 0.0, 3.0)).parts == ((0.0, 0.25), (0.25, 0.0), (0.25, 0.75))
    assert Slice(DAY, DAY, (0.0, 0.0)).parts == ((0.0, 0.0), (0.0, 0.0))


def test_the_target_is_no_rival_of_its_own() -> None:
    assert find_powers("", {"RUS"}) == ("CHN", "TUR", "USA", "IGO-EU") and find_powers("fra, deu,", {"KAZ"}) == ("FRA", "DEU")
    assert find_listed("rus REG-CentralAsia,rus") == ("RUS", "REG-CentralAsia")


@pytest.mark.parametrize(("temperature", "tone"), [(None, 0), (1.9, 0), (2.0, 1), (-9.0, -2), (30.0, 3)])
def test_tones_deepen_with_temperature(temperature: float | None, tone: int) -> None:
    assert find_tone(temperature) == tone


def test_a_format_tells_who_came(client: TestClient) -> None:
    shown = client.get("/en/format/IGO-CIS.json").json()
    held = [meeting for meeting in shown["meetings"] if meeting["state"] == "held"]
    assert held and held[0]["came"] and {"code": "UKR", "since": None, "until": None} not in shown["members"]
    assert [chair["code"] for chair in shown["chairs"]] and "Tajikistan" in client.get("/en/format/IGO-CIS").text


def test_the_calendar_can_be_read_back(client: TestClient) -> None:
    calendar = icalendar.Calendar.from_ical(BytesIO(client.get("/en/format/IGO-CIS/calendar.ics").content).read())
    assert len(calendar.walk("VEVENT")) >= 1


@pytest.mark.parametrize(("path", "status"), [
    ("/en/state/XYZ", 404), ("/en/state/x", 422), ("/en/format/nothing", 404), ("/en/today?days=0", 422), ("/en/today?states=%3Cb%3E", 200),
    ("/en/state/KAZ?as_of=0001-01-01", 400), ("/en/today?as_of=0001-01-02", 400), ("/ar/state/IGO-EU", 200), ("/ar/format/caspian", 200)])
def test_what_they_answer(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_regions_and_amounts_in_words() -> None:
    english, arabic = find_words("en", "latn"), find_words("ar", "arab")
    assert english.code("REG-CentralAsia") == "Central Asia" and english.amount(44e9) == "44 billion"
    assert english.number(-0.04, 1) == "0" and arabic.amount(1500) == arabic.number(1500)


def test_the_questions_of_a_reader_are_answered_by_the_pages(client: TestClient) -> None:
    """docs/observatory.md tells the clicks."""
    pair = client.get("/en/pair/AZE/RUS.json?as_of=2025-10-09").json()
    met = [(pair["deeds"][id]["start"], pair["deeds"][id]["place"]) for id in pair["met"]]
    assert met[0] == ("2025-10-09", "Dushanbe") and ("2025-09-01", "Tianjin") in met
    assert met == sorted(met, key=lambda row: row[0], reverse=True)
    power = client.get("/en/state/KAZ.json").json()
    contacts = next(row for row in power["rows"] if row["dimension"] == "contacts")["cells"]
    assert max(contacts, key=lambda cell: cell["weight"])["rival"] == "RUS"
    months = [month["start"] for month in client.get("/en/today.json?as_of=2025-10-09").json()["planned"]]
    assert months[:2] == ["2025-10-01", "2025-11-01"]


@pytest.mark.parametrize("path", ["/pair/AZE/RUS", "/today", "/state/KAZ", "/formats"])
def test_a_day_to_come_is_asked_for_as_today(client: TestClient, path: str) -> None:
    assert client.get(f"/en{path}.json?as_of=9999-12-31").json() == client.get(f"/en{path}.json?as_of={date.today()}").json()


def test_a_word_of_evidence_stands_in_its_sentence(demo_ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT event_id, evidence, title || chr(10) || text AS content FROM events JOIN documents USING (document_id) ORDER BY event_id"
    told = demo_ledger.query(sql).to_pylist()
    few = sorted(len(row["evidence"].split()) for row in told)[len(told) // 10]
    monkeypatch.setattr("rawabit.web.views.rows.BARE", few)
    rows = add_around(demo_ledger, told, None)
    bare = [row for row in rows if len(row["evidence"].split()) <= few]
    assert bare and all(row["evidence"].join(row["around"]) in row["content"] for row in bare)
    assert any("".join(row["around"]).strip() for row in bare)
    assert not any("around" in row for row in rows if len(row["evidence"].split()) > few)
