"""Dependence and the import of indicators: what stands beside what, what is refused, what the same file twice adds."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import Maker

from rawabit.cli import main
from rawabit.ledger import Ledger
from rawabit.ledger.indicators import find_last_day, make_line
from rawabit.relation.dependence import find_dependence

DAY = date(2025, 12, 31)
HEAD = "measure,subject,partner,period,value,unit,source\n"
GOOD = {"measure": "trade_share", "subject": "TJK", "partner": "RUS", "period": "2024", "value": "22.6", "unit": "percent",
        "source": "a", "published": ""}


def load(place: str, text: str, tmp_path: Path) -> tuple[int, str]:
    file = tmp_path / "series.csv"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["indicators", "import", str(file), "--ledger", place])
    return result.exit_code, result.output


def test_figures_ties_and_indicators_stand_beside_each_other(tmp_path: Path) -> None:
    made = Maker()
    figures = [made.figure("trade_share", "TJK", "RUS", value, "percent", period) for value, period in ((20.0, "2023"), (23.0, "2024"))]
    made.figure("dead", "TJK", "KGZ", 5, "people")
    base = made.tie("hosts_base_of", "TJK", "RUS")
    place = made.write(str(tmp_path / "ledger"))
    assert load(place, HEAD + "trade_share,TJK,RUS,2024,22.6,percent,office\n", tmp_path)[0] == 0
    found = find_dependence(Ledger(place), "TJK", None, DAY)
    assert [(row.kind, row.value) for row in found] == [("indicator", 22.6), ("figure", 23.0), ("figure", 20.0), ("tie", None)]
    assert [row.record_id for row in found[1:]] == [*reversed(figures), base]
    assert find_dependence(Ledger(place), "TJK", "CHN", DAY) == []
    assert {row.kind for row in find_dependence(Ledger(place), "TJK", "RUS", date(2024, 12, 30))} == set()


def test_the_same_file_twice_adds_nothing_and_a_revised_value_holds(tmp_path: Path) -> None:
    place = Maker().write(str(tmp_path / "ledger"))
    line = "trade_share,TJK,RUS,2024,{},percent,office\n"
    for value, said in (("22.6", "1 new values, 0 seen"), ("22.6", "0 new values, 1 seen"), ("23", "1 new"), ("22.6", "1 new")):
        assert said in load(place, HEAD + line.format(value), tmp_path)[1]
    ledger = Ledger(place)
    assert ledger.query("SELECT value FROM indicators").to_pylist() == [{"value": 22.6}]
    assert ledger.query("SELECT count(DISTINCT indicator_id) AS n FROM raw_indicators").to_pylist() == [{"n": 3}]


@pytest.mark.parametrize(("column", "value"), [
    ("measure", "Trade share"), ("subject", "Tajikistan"), ("partner", "ru"), ("period", "2024/25"), ("period", "2024-02-30"),
    ("value", "22,6"), ("value", "nan"), ("unit", ""), ("source", ""), ("published", "soon")])
def test_a_line_that_cannot_be_right_is_told(column: str, value: str) -> None:
    assert not isinstance(make_line(GOOD, "x:2"), str)
    assert isinstance(make_line({**GOOD, column: value}, "x:2"), str)


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    place = Maker().write(str(tmp_path / "ledger"))
    status, said = load(place, f"{HEAD}trade_share,TJK,RUS,2024,much,percent,a\ntrade_share,TJK,CHN,2024,21.8,percent,a\n", tmp_path)
    assert status == 1 and "series.csv:2: value 'much' is no number" in said and "1 new values" in said
    assert "no column source" in load(place, "measure,subject,period,value,unit\n", tmp_path)[1]
    assert "unknown column colour" in load(place, HEAD.strip() + ",colour\n", tmp_path)[1]


def test_periods_end() -> None:
    assert [find_last_day(text) for text in ("2024", "2024-02", "2024-03-05", "24", "2024-13")] == [
        date(2024, 12, 31), date(2024, 2, 29), date(2024, 3, 5), None, None]


def test_of_the_dispatches(demo_ledger: Ledger, demo_place: str) -> None:
    found = find_dependence(demo_ledger, "KAZ", "CHN", date(2025, 11, 30))
    assert {row.measure for row in found} >= {"trade_value", "top_trade_partner_of"}
    shown = CliRunner().invoke(main, ["dependence", "KAZ", "--as-of", "2025-11-30", "--ledger", demo_place])
    assert shown.exit_code == 0 and "44,000,000,000 USD" in shown.output
