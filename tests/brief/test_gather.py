"""What is a step of a pair, what is looked back on, and what is told once."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rawabit.brief.gather import is_background, is_news, is_of_both, is_step, thin
from rawabit.brief.parts import Days, Fact, Report
from rawabit.relation.deeds import Deed

DAY = date(2018, 5, 10)


def make_fact(kind: str = "SANCTION", quote: str = "فرضت روسيا عقوبات على تركيا", day: date = DAY, **more: Any) -> Fact:
    report = Report("d", "test", day, "", None, "ar")
    given = {"records": (f"{kind}-{day}-{quote}-{more}",), "actors": ("RUS/GOV",), "recipients": ("TUR/GOV",)}
    return Fact(**{"report": report, "quote": quote, "evidence": (quote,), "kind": kind, **given, **more})


@pytest.mark.parametrize(("quote", "days", "background"), [
    ("فرضت روسيا عقوبات على تركيا", None, False), ("فرضت روسيا عقوبات على تركيا عام 2015", None, True),
    ("ويذكر أن روسيا فرضت عقوبات على تركيا", None, True), ("فرضت روسيا عقوبات على تركيا في رؤية 2030", None, False),
    ("فرضت روسيا عقوبات على تركيا في ديسمبر 2017", date(2017, 12, 1), False),
    ("فرضت روسيا عقوبات على تركيا في نوفمبر 2015", date(2015, 11, 1), True)])
def test_what_a_report_looks_back_on(quote: str, days: date | None, background: bool) -> None:
    assert is_background(make_fact(quote=quote, days=Days(days, days, "day") if days else None)) is background


@pytest.mark.parametrize(("more", "step"), [
    ({}, True), ({"attribution": "USA/GOV"}, False), ({"attribution": "RUS/GOV"}, True), ({"alone": False}, False),
    ({"head": False}, False), ({"head": False, "reports": 2}, True), ({"head": False, "days": Days(DAY, DAY, "day")}, True),
    ({"kind": "CONSULT", "mode": "phone", "actors": ("USA/GOV", "RUS/GOV", "TUR/GOV"), "recipients": ()}, False),
    ({"kind": "ACCUSE", "quote": "اتهم دبلوماسيون غربيون موسكو بدعم دمشق"}, False)])
def test_a_step_is_between_those_who_take_part(more: dict[str, Any], step: bool) -> None:
    assert is_step(make_fact(**more)) is step


def test_one_visit_is_told_twice_and_one_measure_four_times() -> None:
    visits = [make_fact("CONSULT", f"التقى الرئيسان {n}", DAY + timedelta(n), weight=float(n)) for n in range(4)]
    assert [fact.weight for fact in thin(visits)] == [3.0, 2.0]
    assert len(thin([*visits, make_fact("CONSULT", "التقى الرئيسان", DAY + timedelta(9))])) == 3
    assert len(thin([make_fact(quote=f"عقوبات {n}", day=DAY + timedelta(n)) for n in range(7)])) == 4
    dated = [make_fact(quote=f"عقوبات {n}", day=DAY + timedelta(n), days=Days(DAY, DAY, "day")) for n in range(7)]
    assert len(thin(dated)) == 7


@pytest.mark.parametrize(("title", "text", "news"), [
    ("روسيا تفرض عقوبات", "أعلنت موسكو", True), ("حدث في 6 سبتمبر.. رحلة كولومبوس", "الجيش الهندي يعبر الحدود", False),
    ("العقوبات لا تكفي", "هذا المقال بقلم كاتب", False)])
def test_an_almanac_and_a_column_are_no_news(title: str, text: str, news: bool) -> None:
    assert is_news({"title": title, "text": text, "language": "ar"}) is news


def test_what_a_third_does_to_both_is_no_deed_of_theirs() -> None:
    def make(actors: tuple[str, ...], recipients: tuple[str, ...]) -> Deed:
        return Deed("d", "ACCUSE", "actual", actors, recipients, 3, -2.0, "x")

    both = ("RUS/GOV", "SYR/GOV")
    assert not is_of_both(make(("USA/GOV",), both), ("RUS", "SYR"))
    assert is_of_both(make(both, ("USA/GOV",)), ("RUS", "SYR")) and is_of_both(make(both[:1], both[1:]), ("RUS", "SYR"))
