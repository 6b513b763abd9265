"""The commands about pairs: what they write, and what they say where there is nothing."""
from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rawabit.cli import main


def run(place: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", place])


def test_series_in_each_form(demo_place: str) -> None:
    table = run(demo_place, "series", "rus", "aze", "--as-of", "2025-10-09")
    rows = list(csv.DictReader(io.StringIO(run(demo_place, "series", "RUS", "AZE", "--by", "day", "--format", "csv").stdout)))
    made = json.loads(run(demo_place, "series", "RUS", "AZE", "--format", "json").stdout)
    assert table.exit_code == 0 and "2025-10-06" in table.stdout
    assert len(made["days"]) < len(rows) and {"conflict_material", "attention", "temperature"} <= rows[0].keys()


def test_phases_and_watch(demo_place: str) -> None:
    assert "thaw" in run(demo_place, "phases", "RUS", "AZE", "--as-of", "2025-10-09").stdout
    assert json.loads(run(demo_place, "phases", "RUS", "AZE", "--format", "json").stdout)["phases"][-1]["end"] is None
    new = run(demo_place, "watch", "RUS", "AZE", "--since", "2025-10-09", "--as-of", "2025-10-09").stdout
    assert "New phases" in new and "CONSULT" in new
    assert "Nothing new" in run(demo_place, "watch", "RUS", "AZE", "--since", "1d").stderr


def test_movers_are_sentences(demo_place: str) -> None:
    found = run(demo_place, "movers", "--since", "10000d")
    assert found.exit_code == 0 and (" warmed by " in found.stdout or " cooled by " in found.stdout or "No pair moved" in found.stderr)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_charts(demo_place: str, tmp_path: Path, language: str) -> None:
    png, svg = tmp_path / "c.png", tmp_path / "c.svg"
    for path in (png, svg):
        assert run(demo_place, "chart", "RUS", "AZE", "-o", str(path), "--since", "2025-06-01", "--language", language).exit_code == 0
    assert png.read_bytes().startswith(b"\x89PNG") and svg.read_text("utf-8").startswith("<svg")
    assert ("انفراج" if language == "ar" else "thaw") in svg.read_text("utf-8")


def test_wrong_usage_says_what_to_do(demo_place: str) -> None:
    assert "FILE.png or FILE.svg" in run(demo_place, "chart", "RUS", "AZE", "-o", "x.gif").stderr
    assert "two different codes" in run(demo_place, "series", "RUS", "rus").stderr
    assert "share a member" in run(demo_place, "series", "KAZ", "REG-CentralAsia").stderr
    assert "rawabit deeds" in run(demo_place, "series", "FJI", "TON").stderr
