"""When the words of a report bear a record out."""
from __future__ import annotations

from datetime import date

import pytest

from rawabit.brief.choose import shorten
from rawabit.brief.gather import says_so
from rawabit.brief.ground import (
    bears_date,
    denies_for,
    find_named,
    is_of_other,
    is_of_strangers,
    is_perhaps_ahead,
    is_to_come,
    skip_dateline,
    stands_by,
)
from rawabit.brief.parts import Days
from rawabit.catalogue import find_calendar, find_words

PUBLISHED = date(2018, 5, 18)
CALENDAR = find_calendar("ar")


@pytest.mark.parametrize(("text", "start", "precision", "borne"), [
    ("وصل الوزير الجمعة إلى باكو", date(2018, 5, 18), "day", True),
    ("وصل الوزير الخميس إلى باكو", date(2018, 5, 18), "day", False),
    ("قال الثلاثاء إن الاجتماع المقرر الأربعاء مهم", date(2018, 5, 16), "day", False),
    ("تعرضت العلاقة إلى تقلبات", date(2018, 5, 14), "day", False),
    ("زارها في مارس/آذار", date(2018, 3, 1), "month", True),
    ("زارها في مارس ثم في أبريل", date(2018, 3, 1), "month", False),
    ("الاتفاق الموقع عام 2015", date(2015, 1, 1), "year", False),
    ("وصل أمس", date(2018, 5, 20), "day", False)])
def test_bears_date(text: str, start: date, precision: str, borne: bool) -> None:
    end = date(2018, 3, 31) if precision == "month" else start
    assert bears_date(text, Days(start, end, precision), PUBLISHED, CALENDAR) is borne


def test_an_outlet_does_not_stand_for_its_state() -> None:
    assert "GBR" not in find_named("وقالت رويترز إن روسيا وافقت", "ar").codes
    assert "RUS" in find_named("وقالت رويترز إن روسيا وافقت", "ar").codes


def test_a_body_does_not_name_its_state_and_a_family_name_is_no_full_name() -> None:
    named = find_named("قال ترامب إن حزب الله يهدد المنطقة", "ar")
    assert "LBN" in named.codes - named.states and "USA" in named.states
    assert named.people == {"Donald Trump"} and not named.full
    assert find_named("قال دونالد ترامب", "ar").full == {"Donald Trump"}


def test_a_family_name_that_many_bear_names_nobody() -> None:
    assert find_named("التقى الجنرال كيم الأحد", "ar").people == frozenset()


def test_who_acts_stands_by_the_verb() -> None:
    assert stands_by("اتهم بوتين كندا", ("اتهم",), "RUS/GOV:Vladimir Putin", "ar")
    far = "اتهم مسؤول لم يكشف عن اسمه في حديث إلى صحيفة محلية صدرت صباح أمس بوتين"
    assert not stands_by(far, ("اتهم",), "RUS/GOV:Vladimir Putin", "ar")


def test_long_sentences_are_cut_at_words_around_the_evidence() -> None:
    content = " ".join(f"w{n}" for n in range(300))
    start = content.index("w150")
    cut = shorten(content, 0, len(content), start, start + 4)
    assert cut.startswith("… ") and cut.endswith(" …") and "w150" in cut.split()
    assert all(word in content.split() for word in cut.strip("… ").split())


@pytest.mark.parametrize(("text", "own"), [
    ("روسيا تنفي تورطها في الحادث", True), ("وتنفي موسكو الاتهامات البريطانية", True),
    ("حزب الله ينفي ما قالته موسكو عن لندن", False), ("ونفت باريس قطع لندن علاقاتها مع موسكو", False)])
def test_only_a_side_denies_for_itself(text: str, own: bool) -> None:
    assert denies_for(text, find_words("ar", "deny"), ("RUS", "GBR"), "ar") is own


@pytest.mark.parametrize(("text", "trigger", "ahead"), [
    ("إن اجتماعه مع ترامب سيكون خطوة أولى", "اجتماعه", True), ("عشاء القمة التي ستجمعه مع رئيس الصين", "القمة", True),
    ("يوجه نصيحة لترامب قبل لقاء كيم", "لقاء", True), ("مع قرب دخول العقوبات حيز التنفيذ", "العقوبات", True),
    ("ومن المقرر أن يشارك الوزيران في المؤتمر", "يشارك", True), ("وشارك الوزيران في المؤتمر", "شارك", False),
    ("بعد لقاء ترامب وكيم، وسيعود إلى بلاده", "لقاء", False), ("القمة التي جمعت الرجلين", "القمة", False)])
def test_a_deed_to_come_is_told_by_its_clause(text: str, trigger: str, ahead: bool) -> None:
    assert is_to_come(text, text.index(trigger), trigger, "ar") is ahead


def test_a_day_behind_a_cause_is_that_of_the_cause() -> None:
    assert is_of_other("تبادل الرئيسان الاتهامات بسبب أعمال العنف يوم الجمعة", 0, "ar", CALENDAR)
    assert not is_of_other("تبادل الرئيسان الاتهامات يوم الجمعة بسبب أعمال العنف", 0, "ar", CALENDAR)


def test_a_day_behind_another_noun_is_that_of_the_noun() -> None:
    assert is_of_other("وصل بومبيو الرياض لاستكمال محادثات الاثنين الهاتفية", 0, "ar", CALENDAR)
    assert not is_of_other("وصل بومبيو الرياض الاثنين", 0, "ar", CALENDAR)


def test_what_people_of_no_state_blame_a_state_for_is_no_charge_by_it() -> None:
    assert is_of_strangers("واتهم دبلوماسيون غربيون موسكو بتعطيل التصويت لصالح دمشق", "ar")
    assert not is_of_strangers("واتهم وزير الخارجية الروسي دمشق", "ar")


def test_a_dateline_is_left_out_of_its_sentence() -> None:
    content = "دبي، الإمارات العربية المتحدة (CNN)-- قال الوزير"
    assert content[skip_dateline(content, 0, content.index("قال")) :] == "قال الوزير"
    assert skip_dateline(content, 0, 5) == 0 and skip_dateline("قال الوزير (السبت)", 0, 5) == 0


def test_a_month_long_past_may_be_to_come() -> None:
    assert is_perhaps_ahead("تدخل العقوبات حيز التنفيذ في 4 نوفمبر", date(2017, 11, 4), date(2018, 9, 11))
    assert not is_perhaps_ahead("فرضت العقوبات في 4 نوفمبر 2017", date(2017, 11, 4), date(2018, 9, 11))


def test_a_committee_of_parliament_does_not_speak_for_its_state() -> None:
    assert not says_so("اتهمت لجنة الشؤون الخارجية في البرلمان البريطاني", "GBR/LEG", "ar")
    assert says_so("قالت وزارة الخارجية البريطانية إن", "GBR/GOV", "ar")
