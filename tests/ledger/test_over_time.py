"""Figures and ties over time: what was said to be how much, for which year and according to whom; which ties hold on a day."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.rows import Origin, Rows
from rawabit.model import Actor, DateRange, Document, Figure, LedgerError, Precision, Reading, Span, Tie

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TITLE, TEXT = "headline 0", "the words that prove it"
PROOF = Span(len(TITLE) + 1, len(TITLE) + 1 + len(TEXT))
Row = dict[str, Any]

SHARES = [  # outlet, published, subject, partner, percent, period, attribution
    ("Asia", date(2024, 2, 1), "TJK/GOV", "RUS", 21.0, "2023", "TJK/GOV"),
    ("Wire", date(2025, 3, 1), "TJK", "RUS", 23.5, "2024", "RUS/GOV:Dmitry Peskov"),
    ("Asia", date(2025, 3, 2), "RUS", "TJK", 22.0, "2024", None),
    ("Asia", date(2025, 3, 2), "TJK", "CHN", 20.0, "2024", None),
    ("Asia", date(2019, 3, 2), "KAZ", "CHN", 5.0, "2017-06-01/2019-02-03", None),
    ("Asia", date(2019, 3, 2), "KAZ", "CHN", 6.0, "2018-03-01/2018-03-31", None),
]
TIES = [  # relation, subject, object, modality, start, end
    ("ally", "RUS", "ARM", "actual", None, None),
    ("chairs", "TJK", "IGO-CIS", "future", date(2025, 1, 1), date(2025, 12, 31)),
    ("chairs", "RUS", "IGO-CIS", "actual", date(2024, 1, 1), date(2024, 12, 31)),
    ("member_of", "AZE", "IGO-OTS", "actual", date(2009, 10, 3), None),
    ("member_of", "TJK", "IGO-EAEU", "future", None, None),
    ("ally", "RUS", "USA", "negated", None, None),
]
TOLD = [  # day of publication, modality, relation, subject, object, start, end: one report each
    (date(2015, 3, 1), "actual", "partner_of", "KAZ", "CHN", None, None),
    (date(2016, 3, 1), "negated", "partner_of", "CHN", "KAZ", None, None),
    (date(2017, 3, 1), "actual", "partner_of", "KAZ", "CHN", None, None),
    (date(2015, 3, 1), "actual", "backs", "IRN", "YEM", None, None),
    (date(2016, 3, 1), "negated", "backs", "YEM", "IRN", None, None),
    (date(2015, 3, 1), "actual", "at_war_with", "SAU", "YEM", None, None),
    (date(2015, 3, 1), "actual", "borders", "SAU", "YEM", date(2015, 2, 27), date(2015, 2, 27)),
    (date(2015, 3, 1), "actual", "occupies", "ISR", "SYR", date(1967, 6, 5), date(2015, 3, 1)),
    (date(2015, 3, 1), "actual", "rival_of", "QAT", "SAU", date(2014, 1, 1), date(2014, 12, 31)),
]


def make_reading(number: int, outlet: str, published: date, figures: tuple[Figure, ...], ties: tuple[Tie, ...] = ()) -> Reading:
    doc = Document(id=f"d{number}", source=outlet, language="ar", published=published, title=f"headline {number}", text=TEXT)
    return Reading(document=doc, figures=figures, ties=ties)


def make_share(subject: str, partner: str, value: float, period: str, said_by: str | None) -> Figure:
    credited = Actor.parse(said_by) if said_by else None
    return Figure("trade_share", Actor.parse(subject), partner, value, "percent", "=", period, credited, PROOF)


def make_tie(relation: str, subject: str, other: str, modality: Any, start: date | None, end: date | None) -> Tie:
    dated = DateRange(start, end or date.max, Precision("day" if start == end else "range"), PROOF) if start else None
    return Tie(relation, Actor.parse(subject), Actor.parse(other), modality, PROOF, dated)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of these figures, one report each, and of all these ties in one more report."""
    place = str(tmp_path_factory.mktemp("held") / "ledger")
    readings = [make_reading(n, outlet, day, (make_share(*share),)) for n, (outlet, day, *share) in enumerate(SHARES)]
    readings.append(make_reading(len(readings), "Wire", date(2024, 6, 1), (), tuple(make_tie(*tie) for tie in TIES)))
    return make_ledger(place, readings)


def make_ledger(place: str, readings: list[Reading]) -> Ledger:
    rows = Rows("recipe")
    for reading in readings:
        rows.add_reading(reading, Origin(f"f:{reading.document.id}", "hash", MOMENT))
    LedgerWriter(place, "recipe", lambda: MOMENT).append_batch(rows.tables(), "run")
    return Ledger(place)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of the ties that are told again, denied, or old."""
    readings = [make_reading(n, "Wire", day, (), (make_tie(relation, subject, other, modality, start, end),))
                for n, (day, modality, relation, subject, other, start, end) in enumerate(TOLD)]
    return make_ledger(str(tmp_path_factory.mktemp("told") / "ledger"), readings)


def shares(held: Ledger, **asked: Any) -> list[tuple[float, str, str | None]]:
    found: list[Row] = held.figures(type="trade_share", **asked).to_pylist()
    return [(row["value"], row["period"], row["attribution"]) for row in found]


def test_a_share_is_told_with_its_year_and_who_says_it(held: Ledger) -> None:
    found = shares(held, between=("RUS", "TJK"))
    assert sorted(found, key=str) == [(21.0, "2023", "TJK/GOV"), (22.0, "2024", None), (23.5, "2024", "RUS/GOV:Dmitry Peskov")]
    assert found == shares(held, between=("TJK", "RUS"))


def test_a_share_can_be_asked_for_by_year_speaker_outlet_and_day(held: Ledger) -> None:
    both = {"between": ("RUS", "TJK")}
    assert sorted(value for value, *_ in shares(held, **both, period="2024")) == [22.0, 23.5]
    assert shares(held, **both, said_by="Peskov") == shares(held, **both, said_by="RUS") == [(23.5, "2024", "RUS/GOV:Dmitry Peskov")]
    assert [value for value, *_ in shares(held, **both, outlet="wire")] == [23.5]
    assert [value for value, *_ in shares(held, **both, as_of=date(2025, 2, 28))] == [21.0]
    assert [value for value, *_ in shares(held, **both, since=date(2025, 3, 2))] == [22.0]


@pytest.mark.parametrize("period, expected", [
    ("2016", []), ("2017", [5.0]), ("2018", [5.0, 6.0]), ("2018-03", [5.0, 6.0]), ("2018-04", [5.0]), ("2019", [5.0]),
    ("2019-02-03", [5.0]), ("2019-02-04", []), ("2020", [])])
def test_a_range_is_found_by_every_year_and_month_that_it_touches(held: Ledger, period: str, expected: list[float]) -> None:
    assert sorted(row["value"] for row in held.figures(actor="KAZ", period=period).to_pylist()) == expected


def test_figures_of_one_thing_stand_in_the_order_of_their_years(held: Ledger) -> None:
    found: list[Row] = held.figures(type="trade_share", actor="TJK", outlet="Asia").to_pylist()
    keys = [(row["subject_code"], row["partner"], row["period"]) for row in found]
    assert keys == sorted(keys)


def holding(held: Ledger, day: date, **asked: Any) -> set[tuple[str, str, str]]:
    found: list[Row] = held.ties(holds_on=day, **asked).to_pylist()
    return {(row["relation"], row["subject_code"], row["object_code"]) for row in found}


ALLY = {("ally", "RUS", "ARM")}
OTS = {("member_of", "AZE", "IGO-OTS")}


@pytest.mark.parametrize("day, expected", [
    (date(2000, 1, 1), set()), (date(2009, 10, 2), set()), (date(2009, 10, 3), OTS),
    (date(2024, 5, 31), OTS | {("chairs", "RUS", "IGO-CIS")}),
    (date(2024, 6, 1), ALLY | OTS | {("chairs", "RUS", "IGO-CIS")}), (date(2029, 5, 31), ALLY | OTS), (date(2029, 6, 1), OTS),
    (date(2024, 12, 31), ALLY | OTS | {("chairs", "RUS", "IGO-CIS")}), (date(2025, 1, 1), ALLY | OTS | {("chairs", "TJK", "IGO-CIS")}),
    (date(2025, 12, 31), ALLY | OTS | {("chairs", "TJK", "IGO-CIS")}), (date(2026, 1, 1), ALLY | OTS)])
def test_ties_that_hold_on_a_day(held: Ledger, day: date, expected: set[tuple[str, str, str]]) -> None:
    assert holding(held, day) == expected


@pytest.mark.parametrize("relation, spans", [
    ("partner_of", [(date(2015, 3, 1), date(2016, 2, 29)), (date(2017, 3, 1), date(2022, 2, 28))]),
    ("backs", [(date(2015, 3, 1), date(2020, 2, 29))]), ("at_war_with", [(date(2015, 3, 1), date(2016, 2, 29))]),
    ("borders", [(date(1900, 1, 1), date(2100, 1, 1))]), ("occupies", [(date(1967, 6, 5), date(2020, 2, 29))]),
    ("rival_of", [(date(2014, 1, 1), date(2014, 12, 31))])])
def test_a_tie_of_unknown_end_holds_until_it_is_denied_or_old(told: Ledger, relation: str, spans: list[tuple[date, date]]) -> None:
    one = timedelta(1)
    for first, last in spans:
        assert all(holding(told, day, type=relation) for day in (first, first + (last - first) / 2, last))
        if relation != "borders":
            assert not any(holding(told, day, type=relation) for day in (first - one, last + one))


def test_what_is_denied_later_is_not_known_before(told: Ledger) -> None:
    day = date(2016, 6, 1)
    assert not holding(told, day, type="partner_of") and holding(told, day, type="partner_of", as_of=date(2016, 2, 1))


def test_ties_that_could_not_be_known_do_not_hold(held: Ledger) -> None:
    assert holding(held, date(2025, 1, 1), as_of=date(2024, 5, 31)) == set()
    assert holding(held, date(2025, 1, 1), as_of=date(2024, 6, 1)) == holding(held, date(2025, 1, 1))


def test_only_ties_hold(held: Ledger) -> None:
    with pytest.raises(LedgerError, match="cannot be narrowed down by holds_on"):
        held.figures(holds_on=date(2025, 1, 1))
