"""The rivals' table: shares, what they rest on, concentration, change; of made rows and of the bundled dispatches."""
from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import Maker

from rawabit.cli import main
from rawabit.ledger import Ledger
from rawabit.relation.influence import Rivals, Row, find_rivals

DAY = date(2025, 12, 31)
POWERS = ("RUS", "CHN")
CENTRAL = "REG-CentralAsia"


def ask(made: Maker, tmp_path: Path, target: str = CENTRAL, day: date = DAY) -> Rivals:
    return find_rivals(Ledger(made.write(str(tmp_path / "ledger"))), target, POWERS, day, 365)


def row(found: Rivals, name: str) -> Row:
    return next(row for row in found.rows if row.dimension == name)


def weights(found: Rivals, name: str) -> list[float]:
    return [cell.weight for cell in row(found, name).cells]


def shares(found: Rivals, name: str) -> list[float | None]:
    return [cell.share for cell in row(found, name).cells]


def test_a_summit_counts_each_state_and_a_deed_told_twice_once(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", f"CHN/GOV:Xi Jinping|{CENTRAL}", day="2025-06-17")
    made.deed("CONSULT", f"CHN/GOV|{CENTRAL}", day="2025-06-17")
    made.deed("CONSULT", "RUS/GOV:Vladimir Putin|KAZ/GOV", day="2025-05-01")
    found = ask(made, tmp_path)
    assert weights(found, "contacts") == [1, 5]
    assert shares(found, "contacts") == [pytest.approx(1 / 6), pytest.approx(5 / 6)]
    assert row(found, "contacts").concentration == pytest.approx(26 / 36)
    assert [record.weight for record in row(found, "contacts").cells[1].records] == [5, 0]


def test_only_contacts_of_high_level_count(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", "RUS/GOV|KAZ/GOV", day="2025-05-01")
    made.deed("CONSULT", "RUS/JRN:Nobody Known|KAZ/GOV", day="2025-05-02")
    made.deed("CONSULT", "RUS/GOV:Vladimir Putin|KAZ/REB", day="2025-05-03")
    assert row(ask(made, tmp_path), "contacts").concentration is None


def test_a_deed_without_a_day_of_its_own_may_be_one_that_is_counted(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", f"RUS/GOV|{CENTRAL}", day="2025-11-06")
    made.deed("CONSULT", f"RUS/GOV|{CENTRAL}", day="2025-11-12", dated=False)
    made.deed("CONSULT", f"CHN/GOV|{CENTRAL}", day="2025-11-12", dated=False)
    assert weights(ask(made, tmp_path), "contacts") == [5, 5]


def test_change_is_against_the_window_before(tmp_path: Path) -> None:
    made = Maker()
    made.deed("AGREE", "RUS/GOV|UZB/GOV", day="2024-06-01")
    made.deed("AGREE", "RUS/GOV|UZB/GOV", day="2025-06-01")
    made.deed("AGREE", "CHN/GOV|UZB/GOV", day="2025-06-02")
    made.deed("AGREE", "CHN/GOV", "UZB/GOV", day="2025-07-02")
    cells = row(ask(made, tmp_path, "UZB"), "agreements").cells
    assert [(cell.share, cell.before) for cell in cells] == [(0.5, 1.0), (0.5, 0.0)]


def test_a_later_report_changes_no_earlier_table(tmp_path: Path) -> None:
    made = Maker()
    made.deed("AGREE", "RUS/GOV|UZB/GOV", day="2025-06-01")
    made.deed("AGREE", "CHN/GOV|UZB/GOV", day="2025-06-02", told="2025-09-01")
    made.figure("trade_value", "CHN", "UZB", 5, told="2025-09-01")
    made.tie("ally", "CHN", "UZB", told="2025-09-01")
    found = ask(made, tmp_path, "UZB", date(2025, 8, 1))
    assert shares(found, "agreements") == [1.0, 0.0]
    assert row(found, "trade").concentration is None and row(found, "security ties").concentration is None


def test_figures_are_the_newest_in_one_unit_and_of_the_whole_group(tmp_path: Path) -> None:
    made = Maker()
    made.figure("trade_value", "RUS", CENTRAL, 30, period="2023")
    newest = made.figure("trade_value", "RUS", CENTRAL, 40, period="2024")
    made.figure("trade_value", "KAZ", "RUS", 25)
    summed = [made.figure("trade_value", state, "CHN", 30) for state in ("KAZ", "UZB")]
    euros = made.figure("trade_value", "TJK", "CHN", 99, unit="EUR")
    trade = row(ask(made, tmp_path), "trade")
    assert [cell.share for cell in trade.cells] == [0.4, 0.6]
    assert [[record.record_id for record in cell.records] for cell in trade.cells] == [[newest], summed]
    assert [record.record_id for record in trade.left_out] == [euros]


def test_investment_is_the_rivals_own(tmp_path: Path) -> None:
    made = Maker()
    made.figure("investment_value", "UZB", "RUS", 35)
    own = made.figure("investment_value", "CHN", "UZB", 3)
    cells = row(ask(made, tmp_path, "UZB"), "investment").cells
    assert [[record.record_id for record in cell.records] for cell in cells] == [[], [own]]


def test_ties_count_once_while_they_hold(tmp_path: Path) -> None:
    made = Maker()
    made.tie("hosts_base_of", "TJK", "RUS", told="2024-01-01")
    newest = made.tie("hosts_base_of", "TJK", "RUS", told="2025-02-01")
    made.tie("hosts_base_of", "KGZ", "CHN", end=date(2014, 6, 3))
    made.tie("ally", "KAZ", "CHN", modality="negated")
    cells = row(ask(made, tmp_path), "security ties").cells
    assert [[record.record_id for record in cell.records] for cell in cells] == [[newest], []]


def test_of_the_dispatches_every_share_rests_on_records(demo_ledger: Ledger) -> None:
    found = find_rivals(demo_ledger, CENTRAL, ("RUS", "CHN", "TUR", "USA", "IGO-EU"), date(2025, 11, 30), 365)
    ids = {name for table, key in (("deeds", "deed_id"), ("figures", "figure_id"), ("ties", "tie_id"))
           for name in demo_ledger.query(f"SELECT {key} FROM {table}").column(0).to_pylist()}
    for table in found.rows:
        for cell in table.cells:
            assert cell.weight == sum(record.weight for record in cell.records)
            assert all(record.record_id in ids and record.evidence for record in cell.records)
        if table.concentration is not None:
            assert sum(cell.share or 0 for cell in table.cells) == pytest.approx(1)
    assert all(cell.weight for cell in row(found, "contacts").cells)


def test_three_dates_in_one_command(demo_place: str) -> None:
    days = ("2022-12-31", "2025-06-30", "2025-11-30")
    asked = ["rivals", CENTRAL, "--ledger", demo_place, *(part for day in days for part in ("--as-of", day))]
    shown = CliRunner().invoke(main, [*asked, "--explain"])
    assert shown.exit_code == 0 and all(f"as of {day}, 365 days" in shown.output for day in days)
    answer = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).output)
    (first, *_), named = answer[0]["rows"], [record["record_id"] for record in answer[2]["rows"][0]["cells"][0]["records"]]
    assert first["cells"][0]["share"] == 1.0 and named and all(name in shown.output for name in named)
    assert CliRunner().invoke(main, ["rivals", "KAZ", "--window", "a year", "--ledger", demo_place]).exit_code == 2


def test_a_table_wider_than_the_paper_is_a_list(demo_place: str) -> None:
    asked = ["rivals", CENTRAL, "--ledger", demo_place, "--as-of", "2025-11-30"]
    shown = {width: CliRunner().invoke(main, asked, env={"COLUMNS": str(width)}).output.splitlines() for width in (72, 160)}
    assert all(len(line) <= 72 for line in shown[72]) and sum(line.startswith("  RUS ") for line in shown[72]) >= 2
    assert any("RUS" in line and "IGO-EU" in line and "HHI" in line for line in shown[160])
