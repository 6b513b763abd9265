"""Series: a deed counts once and on its day, the temperature falls back to the pair's level, nothing of the future counts."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUADS, day_of, make, make_deed
from making import Maker

from rawabit.ledger import Ledger
from rawabit.model import LedgerError
from rawabit.relation.deeds import ALLIED, find_allies, read_all_deeds
from rawabit.relation.parties import acts_for_state
from rawabit.relation.series import HALF_LIFE, find_temperatures, read_series
from rawabit.relation.sides import find_sides, make_side

DEEDS = st.lists(st.builds(make_deed, st.integers(0, 120), st.sampled_from(sorted(QUADS)), st.integers(1, 40)), max_size=25,
                 unique_by=lambda deed: deed.deed_id)


@given(DEEDS, st.integers(10, 110))
@settings(max_examples=60, deadline=None)
def test_nothing_later_counts(deeds: list, until: int) -> None:
    """A day's values are the same, whatever comes after it."""
    known = [deed for deed in deeds if deed.day <= day_of(until)]
    assert {day.day: day for day in make(known, until).days}.items() <= {day.day: day for day in make([
        *known, make_deed(until + 5, "ASSAULT", 30)], until + 30).days}.items()


@given(DEEDS)
@settings(max_examples=60, deadline=None)
def test_a_deed_counts_once_by_its_score(deeds: list) -> None:
    days = make(deeds + deeds).days
    total = sum(d.cooperation_verbal + d.cooperation_material + d.conflict_verbal + d.conflict_material for d in days)
    first = days[0].day
    assert total == pytest.approx(sum(deed.score for deed in deeds if deed.day >= first))
    assert sum(d.deeds for d in days) == len(deeds)


def test_more_reports_give_more_attention_and_no_more_intensity() -> None:
    one, many = (make([make_deed(5, reports=n)]).days for n in (1, 40))
    assert [d.conflict_material for d in one] == [d.conflict_material for d in many]
    assert sum(d.attention for d in one) < sum(d.attention for d in many)


def test_planned_and_denied_are_apart() -> None:
    planned, denied = make_deed(5, modality="future"), make_deed(6, "AID", modality="negated")
    days = make([planned, denied]).days
    assert (sum(d.planned for d in days), sum(d.denied for d in days), sum(d.deeds for d in days)) == (1, 1, 0)
    assert all(d.temperature == 0 for d in days)


def test_the_temperature_halves_and_falls_to_the_level() -> None:
    found = find_temperatures([-40.0, *[0.0] * 400])
    assert found[int(HALF_LIFE)][0] == pytest.approx(found[0][0] / 2, rel=0.15)
    assert abs(found[-1][0]) < 1


def test_a_pair_that_is_always_cold_is_not_ever_colder() -> None:
    steady = [temperature for temperature, _ in find_temperatures([-5.0] * 1500)]
    assert abs(steady[-1]) < 1 < abs(min(steady))


def test_weeks_add_up_to_days() -> None:
    series = make([make_deed(n, "AID") for n in range(0, 60, 3)])
    assert sum(w.cooperation_material for w in series.weeks()) == sum(d.cooperation_material for d in series.days)
    assert all(week.day.weekday() == 0 for week in series.weeks())


def test_a_background_deed_falls_on_its_own_day_and_none_on_another(demo_ledger: Ledger) -> None:
    series = read_series(demo_ledger, "RUS", "AZE", date(2025, 10, 9))
    assert series.days[-1].day == date(2025, 10, 9)
    assert any(deed.first_told and deed.day < deed.first_told for deed in series.deeds)
    assert all(deed.first_told is None or deed.first_told <= date(2025, 10, 9) for deed in series.deeds)


def test_a_row_is_made_into_a_deed_once_and_another_row_into_another(demo_ledger: Ledger) -> None:
    first, again = read_all_deeds(demo_ledger), read_all_deeds(demo_ledger)
    assert first and all(one is other for one, other in zip(first, again, strict=True))
    then = {deed.deed_id: deed for deed in read_all_deeds(demo_ledger, date(2025, 7, 10))}
    rows = {row["deed_id"]: row for row in demo_ledger.query("SELECT deed_id, reports FROM deeds", (), date(2025, 7, 10)).to_pylist()}
    assert {deed.reports == rows[id]["reports"] for id, deed in then.items()} == {True}
    assert any(then[deed.deed_id].reports < deed.reports for deed in first if deed.deed_id in then)


def test_two_on_one_side_do_nothing_to_each_other(demo_ledger: Ledger) -> None:
    for deed, pair in ((one, pair) for one in read_all_deeds(demo_ledger) for pair in one.pairs):
        one, other = pair.split("|")
        sides = [{party.split("/")[0].split(":")[0] for party in parties} for parties in (deed.actors, deed.recipients or deed.actors)]
        assert (one in sides[0] and other in sides[1]) or (other in sides[0] and one in sides[1])


def test_a_group_stands_for_its_members(demo_ledger: Ledger) -> None:
    assert {"KAZ", "KGZ", "TJK", "TKM", "UZB"} < make_side("REG-CentralAsia", 2025).codes
    whole = {deed.deed_id for deed in read_series(demo_ledger, "REG-CentralAsia", "RUS").deeds}
    assert whole >= {deed.deed_id for deed in read_series(demo_ledger, "TJK", "RUS").deeds}
    with pytest.raises(LedgerError, match="share a member"):
        find_sides("REG-CentralAsia", "KAZ", 2025)


def test_who_has_left_office_acts_for_no_state() -> None:
    kerry, day = "USA/GOV:John Kerry", date(2018, 9, 9)
    assert acts_for_state(kerry, date(2016, 1, 1)) and not acts_for_state(kerry, day)
    assert acts_for_state("USA/GOV:Nobody Known", day) and acts_for_state("USA", day)


def test_a_court_tries_people_and_no_state() -> None:
    found = [make_deed(3, actors=("AAA/JUD",), recipients=(text,)).official for text in ("BBB", "BBB/GOV", "BBB/SPY")]
    assert found == [False, True, True]


def test_force_between_allies_hardly_counts(tmp_path: Path) -> None:
    maker = Maker()
    for n in range(5):
        maker.tie("ally", "AAA", "BBB", f"2025-03-0{n + 1}")
        maker.tie("ally", "AAA/REB", "CCC")
    maker.deed("ASSAULT", "AAA/MIL|BBB/MIL", day="2025-03-01")
    maker.deed("ASSAULT", "AAA/MIL|CCC/MIL", day="2025-03-01")
    ledger = Ledger(maker.write(str(tmp_path / "made")))
    assert find_allies(ledger) == {"AAA|BBB"} and find_allies(ledger, date(2025, 3, 4)) == frozenset()
    assert {deed.codes: deed.trust for deed in read_all_deeds(ledger)} == {("AAA", "BBB"): ALLIED, ("AAA", "CCC"): 1.0}


def test_what_two_do_together_is_official_where_both_act_for_states() -> None:
    assert make_deed(3, "CONSULT", actors=("AAA/GOV", "BBB/GOV"), recipients=()).official
    assert not make_deed(3, "CONSULT", actors=("AAA/GOV", "BBB/BUS"), recipients=()).official
