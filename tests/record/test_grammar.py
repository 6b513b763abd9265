"""Who is meant, who says so and how it is done, on sentences written for the purpose."""
from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import rawabit
from rawabit.model import Reading

DAY = date(2025, 10, 9)
CASES = Path(__file__).parents[1] / "cases" / "ar"


def read(text: str) -> Reading:
    return rawabit.read(text, published=DAY, language="ar")


SPEAKERS = {
    "وقال مسؤول في الخارجية الأميركية إن الزيارة تأجلت إلى الشهر المقبل.": "USA/GOV",
    "واعترف الرقيب بالجيش البريطاني بأن الدورية ضلت طريقها ليلا.": "GBR/MIL",
    "وفي إشارة إلى الرئيس الأميركي دونالد ترامب ذكر أردوغان أن بلاده لن تقبل الإملاءات.": "TUR/GOV:Recep Tayyip Erdogan",
    "أعلنت السلطات السعودية، السبت، موت ثلاثة من عمال الميناء في الحريق الكبير.": "SAU/GOV",
}


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS.items())
def test_speaker(text: str, speaker: str) -> None:
    assert [str(s.speaker) for s in read(text).statements] == [speaker]


def test_participle_after_a_verb_speaks_for_the_last_speaker() -> None:
    reading = read("قال وزير الخارجية السعودي عادل الجبير إن الحوثيين يزرعون الألغام. وتابع قائلا: «هذه الميليشيا تهدد الملاحة في البحر».")
    assert {s.speaker.name for s in reading.statements} == {"Adel al-Jubeir"}


@pytest.mark.parametrize(("text", "said"), [
    ("وقال لافروف إن المحادثات كانت صريحة، بينما تتواصل المعارك في الشرق.", "المحادثات كانت صريحة"),
    ("وأكد لافروف أن موسكو لن تنسحب من المعاهدة، وذلك خلال زيارته إلى طوكيو.", "موسكو لن تنسحب من المعاهدة"),
])
def test_the_report_goes_on_in_its_own_voice(text: str, said: str) -> None:
    reading = read(text)
    assert [reading.surface(s.text).rstrip("،") for s in reading.statements] == [said]


def test_a_name_in_quotation_marks_is_no_speech() -> None:
    statements = read("دعت الولايات المتحدة «تحالف دعم الشرعية» والأطراف كلها إلى اجتماع في الرياض.").statements
    assert not any(statement.quoted for statement in statements)


def test_leaders_named_by_country_meet() -> None:
    text = "عقدت قمة في آستانة بمشاركة الرئيس فلاديمير بوتين ونظرائه الكازاخستاني قاسم جومارت توكاييف والأوزبكي شوكت ميرضيائيف."
    events = read(text).events
    parties = {a.name for e in events if e.type == "CONSULT" for a in e.actors}
    assert {"Vladimir Putin", "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev"} <= parties


@pytest.mark.parametrize(("text", "kind", "mode"), [
    ("بحث لافروف هاتفيا مع نظيره التركي هاكان فيدان الأوضاع في سوريا.", "CONSULT", "phone"),
    ("أغار سلاح الجو الإسرائيلي على مواقع في سوريا.", "ASSAULT", "aerial"),
])
def test_mode_told_by_the_clause(text: str, kind: str, mode: str) -> None:
    assert [e.mode for e in read(text).events if e.type == kind] == [mode]


def test_event_carries_plover_and_cameo() -> None:
    event = read("زار الرئيس الفرنسي إيمانويل ماكرون ألمانيا.").events[0]
    assert (event.type, event.mode, event.quad, event.score, event.cameo) == ("CONSULT", "visit", 1, 4.0, "042")


def test_a_state_attacked_is_the_place() -> None:
    event = next(e for e in read("قصفت إسرائيل مواقع للجيش السوري.").events if e.type == "ASSAULT")
    assert event.country == "SYR"


def test_an_endless_sentence_is_read_in_linear_time() -> None:
    assert read("التقى بوتين أردوغان في لقاء مع " * 3000).events


@pytest.mark.parametrize(("text", "kind", "actor", "recipient"), [
    ("أعلنت نجامينا مقتل جنديين تشاديين في غارة نيجرية على قرية حدودية.", "ASSAULT", "NER", "TCD"),
    ("قتل جنديان تركيان في قصف سوري على بلدة حدودية.", "ASSAULT", "SYR", "TUR"),
    ("نددت باكو بمداهمات نفذتها الشرطة الروسية.", "COERCE", "RUS", ""),
    ("طالبت بريطانيا روسيا بالإفراج عن مواطن بريطاني احتجزته الأسبوع الماضي.", "COERCE", "RUS", "GBR"),
    ("هنأ الملك سلمان الرئيس التركي.", "SUPPORT", "SAU", "TUR"),
    ("وهنأ الرئيس المصري نظيره التونسي.", "SUPPORT", "EGY", "TUN"),
])
def test_who_does_it_to_whom(text: str, kind: str, actor: str, recipient: str) -> None:
    told = [(e.type, [a.code for a in e.actors], [a.code for a in e.recipients]) for e in read(text).events]
    assert any(t == kind and actors == [actor] and recipient in ("", *others) for t, actors, others in told), told


def test_a_word_spelt_like_another_without_hamza_is_that_other() -> None:
    assert not read("هنا الرئيس التركي في أنقرة.").events


@pytest.mark.parametrize(("text", "modality"), [
    ("لقاء مرتقب بين لافروف وبومبيو في فيينا", "future"), ("قمة مقررة بين بوتين وترامب في هلسنكي", "future"),
    ("لقاء وشيك بين لافروف وبومبيو", "future"), ("القمة المقبلة بين بوتين وترامب", "future"),
    ("قمة بوتين وترامب المرتقبة في هلسنكي تثير الجدل", "future"), ("زيارة مرتقبة للافروف إلى تركيا", "future"),
    ("لقاء بين لافروف وبومبيو في فيينا", "actual"), ("التقى لافروف بومبيو في فيينا قبل قمة مرتقبة", "actual"),
])
def test_an_adjective_tells_that_a_deed_is_to_come(text: str, modality: str) -> None:
    assert [event.modality for event in read(text).events][:1] == [modality]


@pytest.mark.parametrize(("text", "modality"), [
    ("قررت النرويج طرد سفير تشيلي.", "actual"), ("قررت النرويج إرسال مساعدات إلى تشيلي.", "future"),
])
def test_authority_does_what_it_decides(text: str, modality: str) -> None:
    assert [event.modality for event in read(text).events] == [modality]


@pytest.mark.parametrize("text", ["هذا أول لقاء بين لافروف وبومبيو منذ مايو الماضي.", "زار لافروف واشنطن للمرة الأولى منذ عام 2003."])
def test_the_day_since_which_a_deed_is_the_first_is_not_its_own(text: str) -> None:
    dates = [event.date for event in read(text).events]
    assert dates and all(day is not None and day.start == DAY for day in dates)


def test_a_deed_lies_a_day_beside_what_is_told() -> None:
    told = {event.trigger.start: event.date for event in read("زار لافروف النرويج في 5 مايو 2018 غداة لقاء بومبيو في واشنطن.").events}
    assert sorted(str(day.start) for day in told.values() if day) == ["2018-05-04", "2018-05-05"]


def read_cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", read_cases("sayings.csv"), ids=lambda case: str(case["why"]))
def test_sayings(case: dict[str, str]) -> None:
    reading = read(case["text"])
    content = reading.document.content
    assert (case["speaker"], case["said"]) in [(str(s.speaker), content[s.text.start : s.text.end]) for s in reading.statements]


@pytest.mark.parametrize("case", read_cases("deeds.csv"), ids=lambda case: str(case["why"]))
def test_deeds(case: dict[str, str]) -> None:
    sides = [(e, *("+".join(a.code for a in side) for side in (e.actors, e.recipients))) for e in read(case["text"]).events]
    found = [(e.type, actors, recipients, e.country or "") for e, actors, recipients in sides]
    assert (case["type"], case["actors"], case["recipients"], case["country"]) in found
