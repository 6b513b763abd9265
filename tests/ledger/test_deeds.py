"""Joining tellings to deeds, on tellings made here: what is one deed, what is two, and that the order of reading does not matter much."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rawabit.ledger.deeds.compare import compare, days_apart
from rawabit.ledger.deeds.index import APART, CONTRARY, LOOSE, DeedIndex, KnownDeed, find_pinned_day, find_slots, make_agreement
from rawabit.ledger.deeds.judge import load_judge
from rawabit.ledger.deeds.telling import Telling, make_telling

DAY = date(2018, 6, 12)
SUMMIT = ["singapore", "kim", "sentosa", "handshake", "trump", "island"]


def telling(event: str, document: str | None = None, **columns: Any) -> Telling:
    """A telling of a summit on 12 June 2018, but for what is given."""
    row: dict[str, Any] = {
        "event_id": event, "document_id": document or f"doc-{event}", "type": "CONSULT", "mode": None, "modality": "actual",
        "actors": ["USA/GOV:Donald Trump", "PRK/GOV:Kim Jong-un"], "recipients": [], "codes": ["PRK", "USA"], "start": DAY, "end": DAY,
        "dated": True, "published": DAY, "place": "Singapore", "country": "SGP", "trigger": "met", "evidence": "Trump met Kim in Singapore",
        "sentence": 1, "gist": SUMMIT, "same_as": None, "trigger_start": 10, "trigger_end": 13, **columns}
    return make_telling(row, row["document_id"], row["gist"], lambda word: 5.0)  # type: ignore[arg-type]


def index() -> DeedIndex:
    return DeedIndex(load_judge())


def test_the_same_deed_in_two_reports_is_one() -> None:
    known = index()
    first, _ = known.join(telling("a"))
    second, _ = known.join(telling("b"))
    assert second.deed_id == first.deed_id
    assert (first.beside, second.beside) == (None, "a")
    assert second.reasons and second.score >= load_judge().threshold


def test_a_plan_and_its_fulfilment_are_one() -> None:
    known = index()
    plan, _ = known.join(telling("a", modality="future", published=DAY - timedelta(days=5)))
    deed, _ = known.join(telling("b"))
    assert deed.deed_id == plan.deed_id


def test_other_parties_make_another_deed() -> None:
    known = index()
    first, _ = known.join(telling("a"))
    other, _ = known.join(telling("b", actors=["FRA/GOV"], recipients=["MLI/GOV"], codes=["FRA", "MLI"], type="AID", place="Bamako",
                                  gist=["bamako", "sahel", "barkhane"], trigger="sent", evidence="France sent food to Mali", country="MLI"))
    assert other.deed_id != first.deed_id


def test_tellings_that_name_different_days_are_of_different_deeds() -> None:
    known = index()
    first, _ = known.join(telling("a"))
    later, _ = known.join(telling("b", start=DAY + timedelta(days=7), end=DAY + timedelta(days=7), published=DAY + timedelta(days=7)))
    assert later.deed_id != first.deed_id


def deed(*tellings: Telling) -> KnownDeed:
    made = KnownDeed()
    for one in tellings:
        made.add(one)
    return made


def test_days_that_speak_against_ask_for_more() -> None:
    late = {"start": DAY + timedelta(days=30), "end": DAY + timedelta(days=30)}
    firm, undated = deed(telling("a"), telling("b")), deed(telling("c", dated=False))
    assert firm.ask(deed(telling("d"), telling("e")), 0.5) == 0.5
    assert firm.ask(deed(telling("d", **late), telling("e", **late)), 0.5) > 1
    assert firm.ask(deed(telling("d", **late)), 0.5) == CONTRARY
    assert firm.ask(deed(telling("d", dated=False, **late)), 0.5) == APART
    assert firm.ask(deed(telling("d", dated=False, published=DAY + timedelta(days=9))), 0.5) == 0.5
    assert undated.ask(deed(telling("d", dated=False, **late)), 0.5) == APART
    assert undated.ask(deed(telling("d", dated=False)), 0.5) == 0.5


def test_a_day_that_one_of_many_tellings_gives_is_no_day_of_the_deed() -> None:
    assert deed(telling("a")).pin() == (DAY, 1)
    many = [telling(f"t{n}", dated=False) for n in range(LOOSE)]
    assert deed(telling("a"), *many).pin() == (None, 0)
    assert deed(telling("a"), telling("b", start=DAY + timedelta(days=1), end=DAY + timedelta(days=1)), *many).pin() == (DAY, 2)


def test_two_tellings_that_agree_are_enough_and_one_is_not() -> None:
    assert make_agreement([0.6]) == 0.6
    assert make_agreement([0.9, 0.1, 0.9, 0.1]) == pytest.approx(0.9)
    assert make_agreement([0.9, 0.1, 0.1, 0.1]) == pytest.approx(0.5)


def test_a_deed_begun_twice_is_one_once_a_telling_fits_both() -> None:
    known = index()
    first, _ = known.join(telling("a", gist=["x1", "x2", "x3", "x4"], evidence="A", trigger="t1", dated=False))
    second, _ = known.join(telling("b", gist=["y1", "y2", "y3", "y4"], evidence="B", trigger="t2", dated=False, actors=["USA/GOV"],
                                   recipients=["PRK/GOV"], place=None))
    assert first.deed_id != second.deed_id, "the two have little in common"
    third, merges = known.join(telling("c"))
    fourth, more = known.join(telling("d", gist=["x1", "x2", *SUMMIT, "y1", "y2"], dated=False))
    deeds = {third.deed_id, fourth.deed_id}
    assert all({merge.deed_id, merge.merged_from} & deeds for merge in (*merges, *more))
    assert all(merge.score >= load_judge().threshold for merge in (*merges, *more))


def test_only_words_of_what_happened_pin_a_day() -> None:
    assert find_pinned_day(telling("a")) == DAY
    assert find_pinned_day(telling("a", dated=False)) is None
    assert find_pinned_day(telling("a", modality="future")) is None
    assert find_pinned_day(telling("a", start=date(2018, 6, 1), end=date(2018, 6, 30))) is None


def test_a_long_stretch_lies_in_its_year_and_a_day_in_its_slot() -> None:
    year = telling("a", start=date(2018, 1, 1), end=date(2018, 12, 31), published=None)
    assert find_slots(year, 1) == [-2018]
    assert len(find_slots(telling("a"), 1)) == 3
    assert len(find_slots(telling("a", start=date(2017, 6, 1), end=date(2017, 6, 1)), 0)) == 2, "the report's own slot, too"
    assert find_slots(telling("a", start=None, end=None, published=None), 1) == [0]


def test_overlapping_stretches_are_no_days_apart() -> None:
    month = telling("a", start=date(2018, 6, 1), end=date(2018, 6, 30))
    assert days_apart(month, telling("b")) == 0
    assert days_apart(month, telling("b", start=date(2018, 7, 3), end=date(2018, 7, 3))) == 3


@given(st.permutations(range(6)))
@settings(max_examples=40, deadline=None)
def test_six_tellings_of_one_deed_are_one_in_any_order(order: list[int]) -> None:
    known = index()
    deeds = {known.join(telling(f"t{n}", published=DAY + timedelta(days=n % 3)))[0].deed_id for n in order}
    assert len(deeds) == 1


@given(st.integers(-40, 40), st.booleans(), st.sampled_from(["CONSULT", "ASSAULT"]),
       st.lists(st.sampled_from([*SUMMIT, "x", "y"]), max_size=5))
@settings(max_examples=60, deadline=None)
def test_comparing_does_not_depend_on_the_order_of_the_two(days: int, dated: bool, kind: str, words: list[str]) -> None:
    a = telling("a")
    b = telling("b", start=DAY + timedelta(days=days), end=DAY + timedelta(days=days), dated=dated, type=kind, gist=sorted(set(words)))
    assert compare(a, b) == compare(b, a)
