"""The commands that ask the ledger, run as a user runs them."""
from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from rawabit.cli import main


def ask(place: str, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--ledger", place])


def ask_rows(place: str, *words: str) -> list[dict[str, object]]:
    result = ask(place, *words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("command", ["deeds", "events", "statements", "figures", "ties", "people", "documents"])
def test_each_kind_can_be_asked_for_in_each_form(demo_place: str, tmp_path: Path, command: str) -> None:
    found = ask_rows(demo_place, command)
    assert found
    assert len(json.loads(ask(demo_place, command, "--format", "json").stdout)) == len(found)
    assert len(list(csv.DictReader(io.StringIO(ask(demo_place, command, "--format", "csv").stdout)))) == len(found)
    file = tmp_path / "rows.parquet"
    assert ask(demo_place, command, "--format", "parquet", "-o", str(file)).exit_code == 0
    assert pq.read_table(file).num_rows == len(found)
    assert ask(demo_place, command).exit_code == 0


def test_the_filters_of_the_issue(demo_place: str) -> None:
    words = ("--between", "RUS", "AZE", "--type", "CONSULT", "--since", "2024-01-01", "--until", "2025-12-31", "--modality", "actual")
    found = ask_rows(demo_place, "deeds", *words)
    assert found and all(deed["type"] == "CONSULT" and deed["modality"] == "actual" for deed in found)
    assert not ask_rows(demo_place, "deeds", *words, "--as-of", "2000-01-01")
    assert not ask_rows(demo_place, "deeds", *words, "--outlet", "nobody")
    said = ask_rows(demo_place, "statements", "--said-by", "Ilham Aliyev")
    assert said and all("Ilham Aliyev" in str(row["speaker"]) for row in said)


def test_nothing_found_is_said_with_the_next_step(demo_place: str) -> None:
    result = ask(demo_place, "deeds", "--between", "ISL", "TON")
    assert result.exit_code == 0
    assert "rawabit deeds" in result.output


def test_show_marks_the_words_of_each_record(demo_place: str, tmp_path: Path) -> None:
    event = ask_rows(demo_place, "events", "--between", "RUS", "AZE", "--limit", "1")[0]
    shown = ask(demo_place, "show", str(event["event_id"]))
    assert shown.exit_code == 0 and str(event["trigger"]) in shown.output
    page = tmp_path / "report.html"
    assert ask(demo_place, "show", str(event["document_id"]), "--format", "html", "-o", str(page)).exit_code == 0
    text = page.read_text("utf-8")
    assert 'dir="rtl"' in text and "<script" not in text and "<mark" in text


def test_a_deed_is_shown_with_all_its_tellings(demo_place: str) -> None:
    deed = max(ask_rows(demo_place, "deeds"), key=lambda row: int(str(row["tellings"])))
    shown = ask(demo_place, "deed", str(deed["deed_id"]))
    assert shown.exit_code == 0
    told = ask_rows(demo_place, "events")
    assert all(str(row["event_id"]) in shown.output for row in told if row["deed_id"] == deed["deed_id"])


@pytest.mark.parametrize("words", [("show", "ffff"), ("deed", "ffff"), ("sql", "DROP VIEW deeds"), ("deeds", "--format", "parquet")])
def test_what_cannot_be_answered_is_told(demo_place: str, words: tuple[str, ...]) -> None:
    result = ask(demo_place, *words)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output and result.output.strip()


def test_no_ledger_is_told(tmp_path: Path) -> None:
    result = ask(str(tmp_path / "none"), "deeds")
    assert result.exit_code == 1 and "rawabit add" in result.output
