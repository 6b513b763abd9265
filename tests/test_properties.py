"""What holds for any text whatever: no exception but InputError, spans that are true, the same bytes for the same input."""
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import rawabit
from rawabit.codebook import to_json
from rawabit.model import Event, InputError, Reading, Span

SENTENCES = (
    "الرئيس الروسي فلاديمير بوتين نظيره الأذري إلهام علييف وزير الخارجية التركي الأميركي ترمب إيران إسرائيل روسيا الصين موسكو واشنطن "
    "التقى زار استقبل أدان هاجم قصف اعتقل وقع اتهم هدد رفض طالب دعا أعلن قال أكد أضاف وصف سيزور لن لم قد إن أن الذي بعد قبل خلال "
    "على في من إلى مع عن بين وبين لقاء زيارة هجوم اتفاق عقوبات محادثات القوات الجيش الجانبان البلدان بلاده المتحدث باسم بحسب وفق "
    "الخميس أمس يوليو تموز الماضي المقبل عام قبل يومين مليار دولار في المئة شخصا قتيلا ألف منذ نهاية الشهر وأن فإن وقالت للصحافيين"
)
WORDS = SENTENCES.split()
MARKS = ["«", "»", '"', "“", "”", "(", ")", "،", "؛", ":", ".", "؟", "!",
         "-", "…", '""', "«»", '".', "#", "_", "/", "\n", "\n\n", "\u200f", "\u0640", "٪"]
NUMBERS = ["1", "22.6", "2018", "١٩٩٥", "1,500,000", "3.5.2018", "10/12", "٢٠", "0", "99999999999999999999", "31", "²"]
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from(NUMBERS), st.text(max_size=4))
MIX = st.lists(st.tuples(PIECE, st.sampled_from([" ", " ", " ", ""])), max_size=60).map(lambda pairs: "".join(a + b for a, b in pairs))
DAY = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.sampled_from([date.min, date.max, date(2024, 2, 29)])
LANGUAGE = st.sampled_from([None, "ar"])


def find_spans(reading: Reading) -> list[Span]:
    events = [span for e in reading.events for span in (e.trigger, e.evidence, *([e.date.span] if e.date and e.date.span else []))]
    others = [*(f.evidence for f in reading.figures), *(t.evidence for t in reading.ties), *(a.evidence for a in reading.abstentions)]
    return [*events, *others, *(s.text for s in reading.statements), *(p.name for p in reading.people)]


def check_event(event: Event, reading: Reading) -> None:
    assert event.evidence.overlaps(event.trigger), "the codebook: the evidence says the deed that the trigger names"
    assert "\n" not in reading.surface(event.evidence), "the codebook: evidence lies inside one sentence"
    assert event.date is None or event.date.start <= event.date.end


def check(title: str, text: str, published: date | None, language: str | None) -> None:
    try:
        reading = rawabit.read(text, title=title, published=published, language=language)
    except InputError:
        return
    content = reading.document.content
    for span in find_spans(reading):
        assert 0 <= span.start < span.end <= len(content)
        assert reading.surface(span) == content[span.start : span.end] != ""
    for event in reading.events:
        check_event(event, reading)
    assert len({event.id for event in reading.events}) == len(reading.events)
    assert {event.same_as for event in reading.events} <= {None, *(event.id for event in reading.events)}
    assert to_json(reading) == to_json(rawabit.read(text, title=title, published=published, language=language))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.text(max_size=400), DAY, LANGUAGE)
def test_any_unicode(title: str, text: str, published: date | None, language: str | None) -> None:
    check(title, text, published, language)


@settings(max_examples=600, deadline=None)
@given(MIX, MIX, DAY)
@example("", "قال بوتين: «", None)
@example("بوتين:", "", date.min)
@example("", 'قال بوتين إنه ""لا', None)
def test_arabic_mixed_with_digits_quotes_and_marks(title: str, text: str, published: date | None) -> None:
    check(title, text, published, "ar")


@pytest.mark.parametrize("text", ["", " ", "\n", "؟", "123", "\u200f"])
def test_no_words_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError):
        rawabit.read(text)


def test_half_characters_can_be_written() -> None:
    assert b'"language":"ar"' in to_json(rawabit.read("قال بوتين\ud800", title="\udc00", source="\ud83d", language="AR"))
