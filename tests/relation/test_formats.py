"""Formats: which gathering a deed belongs to, one meeting of many deeds, who came, chairs, the calendar file."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner
from making import Maker

from rawabit.cli import main
from rawabit.ledger import Ledger
from rawabit.lexicon.world import load_world
from rawabit.model import LedgerError
from rawabit.relation.calendar import make_calendar
from rawabit.relation.formats import Gathering, find_gatherings
from rawabit.relation.parties import find_states

DAY = date(2025, 12, 31)
CIS = "RUS/GOV|BLR/GOV|KAZ/GOV|KGZ/GOV|TJK/GOV|UZB/GOV|TKM/GOV|AZE/GOV"


def ask(made: Maker, tmp_path: Path, code: str | None = None) -> dict[str, Gathering]:
    return {one.id: one for one in find_gatherings(Ledger(made.write(str(tmp_path / "ledger"))), DAY, code)}


@pytest.mark.parametrize(("parties", "format"), [
    ("RUS/GOV|REG-CentralAsia", "russia-central-asia"), ("USA/GOV:Donald Trump|REG-CentralAsia", "c5-plus-1"),
    ("REG-CentralAsia", "central-asia-leaders"), (CIS, "cis"), ("TUR/GOV|KAZ/GOV|KGZ/GOV|UZB/GOV|AZE/GOV|HUN/GOV", "ots"),
    ("FRA/GOV|DEU/GOV|GBR/GOV|IRN/GOV", "e3-iran"), ("IGO-GCC|KWT/GOV|QAT/GOV", "gcc")])
def test_a_meeting_finds_its_format(tmp_path: Path, parties: str, format: str) -> None:
    made = Maker()
    made.deed("CONSULT", parties, mode="multilateral")
    assert list(ask(made, tmp_path)) == [format]


def test_other_company_is_no_format(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", "FRA/GOV|DEU/GOV|GBR/GOV", mode="multilateral")
    made.deed("CONSULT", "RUS/GOV|KAZ/GOV")
    assert list(ask(made, tmp_path)) == ["(DEU FRA GBR)"]


def test_days_apart_are_one_meeting_weeks_apart_are_two(tmp_path: Path) -> None:
    made = Maker()
    first = [made.deed("CONSULT", CIS, day=day, mode="multilateral", place="Moscow") for day in ("2025-10-08", "2025-10-10")]
    second = made.deed("CONSULT", CIS, day="2025-11-20", mode="multilateral")
    vague = made.deed("CONSULT", CIS, day="2025-11-01", until="2025-11-30", mode="multilateral")
    meetings = ask(made, tmp_path, "IGO-CIS")["cis"].meetings
    assert [[deed.deed_id for deed in meeting.deeds] for meeting in meetings] == [first, [second, vague]]
    assert (meetings[0].start, meetings[0].end, meetings[0].place) == (date(2025, 10, 8), date(2025, 10, 10), "Moscow")


def test_not_named_is_not_absent(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", CIS, day="2025-10-10", mode="multilateral")
    made.deed("CONSULT", f"ARM/GOV|{CIS}", day="2025-10-10", modality="negated", mode="multilateral")
    (meeting,) = ask(made, tmp_path, "cis")["cis"].meetings
    assert (meeting.absent, meeting.not_told) == (("ARM",), ("MDA",))
    assert "TKM" in meeting.came


def test_a_plan_without_news_and_the_chairs(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", CIS, day="2025-10-10", told="2025-01-10", modality="future", mode="multilateral")
    made.deed("CONSULT", CIS, day="2026-10-10", told="2025-10-11", modality="future", mode="multilateral")
    made.tie("chairs", "RUS", "IGO-CIS", start=date(2024, 1, 1), end=date(2024, 12, 31))
    made.tie("chairs", "RUS", "IGO-CIS", start=date(2024, 1, 1), end=date(2024, 12, 31))
    made.tie("chairs", "TJK", "IGO-CIS", modality="future", start=date(2025, 1, 1), end=date(2025, 12, 31))
    one = ask(made, tmp_path, "cis")["cis"]
    assert [meeting.state for meeting in one.meetings] == ["not told to have happened", "planned"]
    assert [(chair.code, chair.modality) for chair in one.chairs] == [("RUS", "actual"), ("TJK", "future")]


def test_members_are_those_of_the_year() -> None:
    assert {"IND", "PAK"}.isdisjoint(find_states("IGO-SCO", 2016)) and "IND" in find_states("IGO-SCO", 2018)
    assert "GBR" in find_states("IGO-EU", 2019) and "GBR" not in find_states("IGO-EU", 2021)
    assert find_states("FRA", 2020) == {"FRA"} and len(find_states("REG-CentralAsia", 2020)) == 5


def test_ids_and_codes_are_there_once() -> None:
    rows = load_world().formats
    assert len({row.id for row in rows}) == len(rows)
    actors = [row.actor for row in rows if row.actor]
    assert len(set(actors)) == len(actors)


def test_the_calendar_holds_what_has_a_day(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", CIS, day="2025-10-08", until="2025-10-10", mode="multilateral", place="Moscow")
    made.deed("CONSULT", CIS, day="2026-01-01", until="2026-12-31", told="2025-10-11", modality="future", mode="multilateral")
    meetings = ask(made, tmp_path, "cis")["cis"].meetings
    written = make_calendar(meetings, DAY)
    (entry,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2025, 10, 8), date(2025, 10, 11))
    assert entry["LOCATION"] == "Moscow" and len(meetings) == 2
    assert make_calendar(meetings, DAY) == written


def test_of_the_dispatches(demo_ledger: Ledger, demo_place: str, tmp_path: Path) -> None:
    found = {one.id: one for one in find_gatherings(demo_ledger, date(2025, 11, 30))}
    assert {"c5-plus-1", "russia-central-asia", "china-central-asia", "eu-central-asia", "cis", "ots"} <= found.keys()
    assert found["ots"].meetings[0].start == date(2025, 10, 7)
    with pytest.raises(LedgerError, match="no format 'XXX'"):
        find_gatherings(demo_ledger, DAY, "XXX")
    file = tmp_path / "formats.ics"
    shown = CliRunner().invoke(main, ["formats", "--as-of", "2025-11-30", "--ics", str(file), "--ledger", demo_place])
    assert shown.exit_code == 0 and b"BEGIN:VEVENT" in file.read_bytes()
