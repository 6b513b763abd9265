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
from rawabit.ledger.meanings import VIEWS


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


@pytest.mark.parametrize(("command", "listed"), [("deeds", "CONSULT"), ("events", "ASSAULT"), ("documents", "AID"),
                                                 ("statements", "neutral")])
def test_a_type_that_does_not_exist_is_refused_with_those_that_do(demo_place: str, command: str, listed: str) -> None:
    result = ask(demo_place, command, "--type", "FOO")
    assert result.exit_code == 2
    assert "FOO" in result.output
    assert listed in result.output


def test_a_type_may_be_written_small(demo_place: str) -> None:
    assert ask_rows(demo_place, "deeds", "--type", "consult") == ask_rows(demo_place, "deeds", "--type", "CONSULT") != []


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


KEYS = {"events": "event_id", "statements": "statement_id", "figures": "figure_id", "ties": "tie_id", "people": "person_id"}


@pytest.mark.parametrize("command", KEYS)
def test_each_row_is_traced_to_its_sentence(demo_place: str, command: str) -> None:
    for row in ask_rows(demo_place, command)[::20]:
        traced = json.loads(ask(demo_place, "show", str(row[KEYS[command]]), "--format", "json").stdout)
        start, end = traced["sentence"]
        focus = traced["focus"]
        assert traced["content"][focus["start"] : focus["end"]] == focus["row"]["evidence"]
        assert start <= focus["start"] < focus["end"] <= end
        assert traced["document"]["document_id"] == row["document_id"]


def test_a_sentence_on_the_terminal_runs_right_to_left_with_its_words_in_brackets(demo_place: str) -> None:
    row = ask_rows(demo_place, "figures", "--limit", "1")[0]
    first = ask(demo_place, "show", str(row["figure_id"])).output.split("figures  ")[0]
    assert first.startswith("\u2067") and first.rstrip().endswith("\u2069")
    inner = first[first.index("[") + 1 : first.index("]")].replace("\u2069\n\u2067", " ")
    assert inner.split() == str(row["evidence"]).split()


def test_a_page_escapes_what_the_report_says(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"title": "<script>alert(1)</script>", "text": "<img src=x onerror=alert(1)> & more", "language": "ar",
                                  "source": "\"><b>", "published": "2024-01-01", "url": "javascript:alert(1)", "id": "bad"}))
    place = str(tmp_path / "ledger")
    CliRunner().invoke(main, ["add", str(report), "--ledger", place])
    page = ask(place, "show", "bad", "--format", "html").output
    assert "&lt;script&gt;" in page
    assert all(mark not in page for mark in ("<script", "<img", "<b>", "href=\"javascript"))


def test_a_deed_says_what_differs_and_why_it_was_joined(demo_place: str) -> None:
    told = next(row for row in ask_rows(demo_place, "deeds") if "parties" in row["differs"] and row["tellings"] > 2)  # type: ignore
    shown = ask(demo_place, "deed", str(told["deed_id"])).output
    assert "tellings differ in" in shown and "parties" in shown
    assert 0 < " ".join(shown.split()).count("with probability") < int(str(told["tellings"]))  # one may have come with a merged deed
    assert "!" in shown.split("Tellings (!", 1)[1]
    story = json.loads(ask(demo_place, "deed", str(told["deed_id"]), "--format", "json").stdout)
    assert ask(demo_place, "deed", story["tellings"][-1]["event_id"]).output == shown


def test_sql_lists_its_views(demo_place: str) -> None:
    listed = CliRunner().invoke(main, ["sql", "--schema"]).output
    for view in VIEWS.values():
        assert view.name in listed and all(column.name in listed for column in view.columns)


def test_sql_shows_columns_side_by_side_only_where_they_fit(demo_place: str) -> None:
    narrow = ask(demo_place, "sql", "SELECT type, count(*) AS n FROM deeds GROUP BY type ORDER BY n DESC").output.splitlines()
    assert narrow[0].split() == ["type", "n"] and narrow[1].split()[0] == "CONSULT"
    wide = ask(demo_place, "sql",
               "SELECT measure, subject, evidence_start, outlet, outlet AS a, outlet AS b, outlet AS c FROM figures LIMIT 1")
    assert wide.output.startswith("row 1\n")


def test_holds_on_and_the_clocks_are_options(demo_place: str) -> None:
    of_2025 = ("ties", "--type", "chairs", "--holds-on", "2025-06-01")
    assert {str(row["subject_code"]) for row in ask_rows(demo_place, *of_2025)} == {"TJK"}
    assert ask_rows(demo_place, *of_2025, "--as-of", "2018-12-31") == []
    assert ask_rows(demo_place, "ties", "--recorded-by", "2020-01-01T10:00") == []
    assert ask(demo_place, "ties", "--as-of", "yesterday").exit_code == 2


@pytest.mark.parametrize("width", [60, 200])
def test_a_telling_stays_within_the_terminal(demo_place: str, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    deed = max(ask_rows(demo_place, "deeds"), key=lambda row: int(str(row["tellings"])))
    lines = ask(demo_place, "deed", str(deed["deed_id"])).output.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("1  "))
    assert max(len(line.strip("\u2067\u2069 ")) for line in lines) <= width
    assert (str(deed["type"]) in lines[first]) == (width == 200)
    assert any(str(deed["type"]) in line for line in lines[first : first + 3])
