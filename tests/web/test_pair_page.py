"""The page of a pair, its chart, its brief, and what it refuses."""
from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from rawabit.relation.series import Day
from rawabit.web.app import make_app
from rawabit.web.plot import COLUMNS, LABEL, Act, Turning, make_plot
from rawabit.web.settings import Settings

PAIR = "/pair/AZE/RUS"


@pytest.fixture(scope="module")
def client(demo_place: str) -> TestClient:
    return TestClient(make_app(Settings(demo_place)))


def make_act(day: date, heat: float, modality: str = "actual") -> Act:
    return Act(f"{day}-{heat}", day, heat, "CONSULT", None, modality, 1, ("RUS",), ())


def make_days(count: int) -> list[Day]:
    return [Day(date(2024, 1, 1) + timedelta(n), temperature=float(n % 7)) for n in range(count)]


def test_the_page_shows_each_phase_and_says_where_the_pair_stands(client: TestClient) -> None:
    shown = client.get(f"/en{PAIR}.json").json()
    page = client.get(f"/en{PAIR}").text
    assert len(shown["phases"]) > 2 and page.count("<path class=\"line\"") == 1
    now = shown["phases"][-1]
    assert f'<span class="phase {now["name"]}">' in page and all(f'class="band {phase["name"]}"' in page for phase in shown["phases"])


def test_it_reads_the_same_whichever_side_is_named_first(client: TestClient) -> None:
    assert client.get("/ar/pair/RUS/AZE.json").content == client.get(f"/ar{PAIR}.json").content


def test_a_stretch_cuts_chart_and_deeds(client: TestClient) -> None:
    shown = client.get(f"/en{PAIR}.json?since=2025-06-20&until=2025-07-20").json()
    assert (shown["since"], shown["until"]) == ("2025-06-20", "2025-07-20")
    assert shown["acts"] and all("2025-06-20" <= act["day"] <= "2025-07-20" for act in shown["acts"])


def test_a_short_stretch_is_widened(client: TestClient) -> None:
    shown = client.get(f"/en{PAIR}.json?since=2025-06-28&until=2025-06-28").json()
    assert len(shown["days"]) == 14 and shown["since"] <= "2025-06-28" <= shown["until"]


def test_what_was_published_later_is_not_on_the_page(client: TestClient) -> None:
    shown = client.get(f"/en{PAIR}.json?as_of=2025-07-01").json()
    assert shown["day"] == "2025-07-01"
    assert all(row["published"] is None or row["published"] <= "2025-07-01" for row in shown["deeds"].values())


def test_each_side_speaks_in_its_own_column(client: TestClient) -> None:
    for side in client.get(f"/en{PAIR}.json").json()["sides"]:
        assert side["statements"] and {row["speaker_code"] for row in side["statements"]} == {side["code"]}
        quoted = [row["quoted"] for row in side["statements"]]
        assert quoted == sorted(quoted, reverse=True)


def test_contradictions_are_deeds_whose_tellings_differ(client: TestClient) -> None:
    shown = client.get(f"/en{PAIR}.json").json()
    assert all({"denied", "date", "parties"} & set(shown["deeds"][id]["differs"]) for id in shown["contradictions"])


@pytest.mark.parametrize(("path", "status"), [
    ("/en/pair/RUS/RUS", 400), ("/en/pair/RUS/XYZ", 404), ("/en/pair/rus/AZE", 422), (f"/en{PAIR}?since=2031-01-01", 400),
    (f"/en{PAIR}?page=0", 422), ("/en/pair/FRA/JPN", 200), ("/ar/pair/REG-CentralAsia/RUS", 200), ("/en/pair/FRA/JPN/brief.md", 400)])
def test_what_it_answers(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_no_page_holds_script_or_style_of_its_own(client: TestClient) -> None:
    for path in (PAIR, f"{PAIR}/brief.html", "/formats", "/format/IGO-CIS"):
        page = client.get(f"/ar{path}").text
        assert not re.search(r"<script(?! src=\"/static/)|<style|style=\"|\son\w+=", page), path


def test_the_chart_by_night_has_other_colours(client: TestClient) -> None:
    light, dark = (client.get(f"/ar{PAIR}/chart.svg?theme={theme}") for theme in ("light", "dark"))
    assert light.headers["content-type"] == "image/svg+xml"
    assert 'fill="white"' in light.text and 'fill="white"' not in dark.text


@pytest.mark.parametrize(("form", "start"), [("html", b"<!DOCTYPE html>"), ("md", b"# "), ("docx", b"PK")])
def test_the_brief_comes_in_three_forms(client: TestClient, form: str, start: bytes) -> None:
    assert client.get(f"/ar{PAIR}/brief.{form}").content.startswith(start)


def test_many_days_are_pointed_at_together() -> None:
    days = make_days(1000)
    plot = make_plot(days, [], [make_act(day.day, 1.0) for day in days])
    assert len(plot.columns) <= COLUMNS and plot.columns[0].first == days[0].day and plot.columns[-1].last == days[-1].day
    assert sum(len(column.acts) + column.more for column in plot.columns) == 1000


def test_what_is_planned_draws_no_bar() -> None:
    days = make_days(20)
    columns = make_plot(days, [], [make_act(days[3].day, 5.0, "future"), make_act(days[4].day, -5.0)]).columns
    assert (columns[3].up, columns[3].down) == (0.0, 0.0) and columns[4].down > 0


def test_no_label_covers_another_and_the_hottest_are_labelled() -> None:
    days = make_days(2000)
    turnings = [Turning("crisis", days[1900 + n].day, days[-1].day, float(-n), True, "ASSAULT", str(n)) for n in range(8)]
    marks = make_plot(days, turnings, []).marks
    assert [mark.turning.deed for mark in marks] == ["4", "5", "6", "7"] and len({mark.y for mark in marks}) == len(marks)
    apart = [Turning("crisis", days[n].day, days[-1].day, -9.0, True, "ASSAULT", str(n)) for n in (100, 600, 1100)]
    assert len({mark.y for mark in make_plot(days, apart, []).marks}) == 1


@pytest.mark.parametrize("count", [430, 445, 460, 700, 1100])
def test_no_month_covers_another(count: int) -> None:
    ticks = make_plot(make_days(count), [], []).days
    stretches = [(tick.at - LABEL, tick.at) if tick.before else (tick.at, tick.at + LABEL) for tick in ticks]
    assert len(ticks) > 3 and all(first[1] <= second[0] for first, second in pairwise(stretches))


def test_only_turnings_within_the_days_are_labelled() -> None:
    days = make_days(20)
    turnings = [Turning("calm", date(2023, 1, 1), days[9].day, 0.0, False, None, None),
                Turning("crisis", days[10].day, days[-1].day, -30.0, True, "ASSAULT", "x")]
    plot = make_plot(days, turnings, [])
    assert [mark.turning.phase for mark in plot.marks] == ["crisis"] and [band.phase for band in plot.bands] == ["calm", "crisis"]
    assert plot.bands[0].x + plot.bands[0].width == pytest.approx(plot.bands[1].x, abs=0.2)
