"""`rawabit demo` and the reports that come with Rawabit."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rawabit.cli import main
from rawabit.demo import read_dispatches
from rawabit.gold import make_reading, read_gold
from rawabit.model import Document

GOLD = Path(__file__).parents[1] / "gold"
DOCS = list(read_dispatches())


def test_there_are_47_short_reports() -> None:
    assert len(DOCS) == len({doc.id for doc in DOCS}) == 47
    assert all(doc.title and doc.published and doc.source and len(doc.text) < 2000 for doc in DOCS)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.id)
def test_each_has_a_gold_reading_that_fits(doc: Document) -> None:
    reading = make_reading(read_gold(GOLD / f"demo/{doc.id}.json"), doc)
    assert reading.events and all(reading.surface(event.trigger) for event in reading.events)


def test_demo_shows_one_reading() -> None:
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0 and result.stderr == ""
    assert "Events" in result.stdout and "Rawabit demo" in result.stdout


def test_demo_reads_the_report_that_is_named() -> None:
    result = CliRunner().invoke(main, ["demo", "demo-cas-01", "--format", "json"])
    assert json.loads(result.stdout)["document"]["id"] == "demo-cas-01"


def test_demo_lists_what_there_is() -> None:
    lines = CliRunner().invoke(main, ["demo", "--list"]).stdout.splitlines()
    assert len(lines) >= 43 and lines[0].startswith("demo-rus-aze-01")


def test_a_wrong_name_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["demo", "nothing"])
    assert result.exit_code == 2 and "--list" in result.stderr
