"""`rawabit demo` and the reports that come with Rawabit."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from rawabit.cli import main
from rawabit.demo import read_dispatches
from rawabit.gold import make_reading, read_gold
from rawabit.model import Document
from rawabit.web import Settings, make_app

GOLD = Path(__file__).parents[1] / "gold"
DOCS = list(read_dispatches())


def test_there_are_48_short_reports() -> None:
    assert len(DOCS) == len({doc.id for doc in DOCS}) == 48
    assert all(doc.title and doc.published and doc.source and len(doc.text) < 2000 for doc in DOCS)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.id)
def test_each_has_a_gold_reading_that_fits(doc: Document) -> None:
    reading = make_reading(read_gold(GOLD / f"demo/{doc.id}.json"), doc)
    assert reading.events and all(reading.surface(event.trigger) for event in reading.events)


def test_demo_shows_the_reading_of_the_report_that_is_named() -> None:
    result = CliRunner().invoke(main, ["demo", "demo-cas-01"])
    assert result.exit_code == 0 and result.stderr == ""
    assert "Events" in result.stdout and "Rawabit demo" in result.stdout
    assert json.loads(CliRunner().invoke(main, ["demo", "demo-cas-01", "--format", "json"]).stdout)["document"]["id"] == "demo-cas-01"


@pytest.mark.parametrize(("locale", "language"), [("ar_SA.UTF-8", "ar"), ("de_DE.UTF-8", "en")])
def test_demo_opens_the_browser_at_a_pair(monkeypatch: pytest.MonkeyPatch, locale: str, language: str) -> None:
    served: list[tuple[int, str, bool]] = []

    def stop(settings: Settings, opened: bool, path: str) -> None:
        asked = TestClient(make_app(settings)).get(f"/{language}/search.json?kind=documents").json()
        served.append((asked["total"], path, opened))

    monkeypatch.setattr("rawabit.cli.serve.run_server", stop)
    result = CliRunner().invoke(main, ["demo", "--no-open"], env={"LC_ALL": locale})
    assert result.exit_code == 0, result.output
    assert served == [(44, f"{language}/pair/AZE/RUS", False)]


def test_a_format_without_a_report_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["demo", "--format", "json"]).exit_code == 2


def test_demo_lists_what_there_is() -> None:
    lines = CliRunner().invoke(main, ["demo", "--list"]).stdout.splitlines()
    assert len(lines) >= 44 and lines[0].startswith("demo-rus-aze-01")


def test_a_wrong_name_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["demo", "nothing"])
    assert result.exit_code == 2 and "--list" in result.stderr
