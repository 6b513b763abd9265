"""Figures of sentences written for the purpose: value, unit, subject, bound."""
from __future__ import annotations

from datetime import date

import pytest

from rawabit.reader import read

CASES = [
    # numbers of words, digits and scales
    ("قتل خمسة جنود في كابول.", {("dead", 5, "people", "AFG", "=")}),
    ("أصيب 23 شخصا على الأقل في انفجار ببغداد.", {("injured", 23, "people", "IRQ", ">")}),
    ("بلغت قيمة القرض 1.5 مليار دولار لمصر.", {("loan_value", 1_500_000_000, "USD", "EGY", "=")}),
    ("نزح نصف مليون شخص من منازلهم في سوريا.", {("refugees", 500_000, "people", "SYR", "=")}),
    ("لقي خمسة وعشرون مسافرا مصرعهم في الهند.", {("dead", 25, "people", "IND", "=")}),
    ("قتل أكثر من 10.000 شخص في اليمن.", {("dead", 10_000, "people", "YEM", ">")}),
    # the noun left out, before and after; coordination
    ("قُتل 12 شخصا وأصيب 30 آخرون في هجوم في الصومال.", {("dead", 12, "people", "SOM", "="), ("injured", 30, "people", "SOM", "=")}),
    ("مقتل 9 أطفال وامرأتان في غارة على صنعاء.", {("dead", 9, "people", "YEM", "="), ("dead", 2, "people", "YEM", "=")}),
    # nationality before place
    ("قتل ثلاثة سياح ألمان في تونس.", {("dead", 3, "people", "DEU", "=")}),
    ("مقتل فلسطيني برصاص الجيش الإسرائيلي.", {("dead", 1, "people", "PSE", "=")}),
    ("طردت لندن أربعة من الدبلوماسيين الروس.", {("diplomats_expelled", 4, "people", "RUS", "=")}),
    ("تعمل أكثر من 40 شركة صينية في كينيا.", {("companies", 40, "companies", "CHN", ">")}),
    # ranges and a second currency in brackets
    ("أصيب ما بين 20 و30 شخصا في لبنان.", {("injured", 20, "people", "LBN", ">"), ("injured", 30, "people", "LBN", "<")}),
    ("أعلنت قطر استثمارات بقيمة 2 مليار يورو (2.3 مليار دولار).",
     {("investment_value", 2_000_000_000, "EUR", "QAT", "="), ("investment_value", 2_300_000_000, "USD", "QAT", "=")}),
    # whose it is: of two the first, the giver, the exporter before a preposition, the noun's own nationality told before
    ("بلغ حجم التبادل التجاري بين الصين وكازاخستان 43.8 مليار دولار.", {("trade_value", 43_800_000_000, "USD", "CHN", "=")}),
    ("وقعت قطر وتركيا 11 اتفاقية.", {("documents_signed", 11, "count", "QAT", "=")}),
    ("تعهدت ألمانيا تقديم مساعدات بقيمة 200 مليون يورو لسوريا.", {("aid_value", 200_000_000, "EUR", "DEU", "=")}),
    ("بلغت صادرات ألمانيا إلى الصين 90 مليار يورو.", {("trade_value", 90_000_000_000, "EUR", "DEU", "=")}),
    ("وصل عدد اللاجئين السوريين في لبنان إلى 1.5 مليون لاجئ.", {("refugees", 1_500_000, "people", "SYR", "=")}),
    ("تنشر الولايات المتحدة نحو 2000 جندي في سوريا.", {("troops", 2000, "people", "USA", "~")}),
    ("رفعت الصين الرسوم على السلع الأميركية إلى 125%.", {("tariff_rate", 125, "percent", "CHN", "=")}),
    ("وصل الوفد بعد أيام من إعلان ألمانيا صفقة أسلحة بقيمة 3 مليارات يورو لأوكرانيا.",
     {("arms_value", 3_000_000_000, "EUR", "DEU", "=")}),
    ("أعلن الجيش التركي مقتل أربعة من جنوده بنيران في كابول.", {("dead", 4, "people", "TUR", "=")}),
    ("عقد مجلس الأمن المؤلف من 15 دولة جلسة عن سوريا.", {("other", 15, "count", "IGO-UN", "=")}),
    # a letter for the decimal point; digits in brackets; cubic metres
    ("بلغت صادرات مصر 7ر2 مليار دولار.", {("trade_value", 2_700_000_000, "USD", "EGY", "=")}),
    ("بلغت صادرات مصر (125) مليونا و(566) ألف دولار.", {("trade_value", 125_566_000, "USD", "EGY", "=")}),
    ("قتل (2.450) شخصا في اليمن.", {("dead", 2450, "people", "YEM", "=")}),
    ("صدرت الجزائر 9 مليارات متر مكعب من الغاز.", {("other", 9_000_000_000, "m3", "DZA", "=")}),
    # said by the noun's form: the object of a verb, a dual before another number; one that goes on with the number before
    ("طردت روسيا دبلوماسيا نرويجيا.", {("diplomats_expelled", 1, "people", "NOR", "=")}),
    ("أسفر الهجوم عن سقوط قتيلين وخمسة جرحى في كابول.", {("dead", 2, "people", "AFG", "="), ("injured", 5, "people", "AFG", "=")}),
    ("مقتل جندي تركي وإصابة ثلاثة في شمال العراق.", {("dead", 1, "people", "TUR", "="), ("injured", 3, "people", "TUR", "=")}),
    ("قتل جندي وأصيب اثنان في انفجار لغم في أرمينيا.", {("dead", 1, "people", "ARM", "="), ("injured", 2, "people", "ARM", "=")}),
    ("أكد البيان وفاة السائحين البريطانيين اللذين توفيا في الغردقة بمصر.", {("dead", 2, "people", "GBR", "=")}),
    ("التقى السفير السائحين البريطانيين اللذين وصلا إلى مصر.", set()),
    # a range with its unit twice; a rise is no range; a noun in quotation marks
    ("تراوحت صادرات عمان بين 10 ملايين دولار و30 مليون دولار.",
     {("trade_value", 10_000_000, "USD", "OMN", ">"), ("trade_value", 30_000_000, "USD", "OMN", "<")}),
    ("ارتفعت صادرات مصر من 40 مليون دولار إلى 65 مليون دولار.",
     {("trade_value", 40_000_000, "USD", "EGY", "="), ("trade_value", 65_000_000, "USD", "EGY", "=")}),
    ("أعلن الجيش الإسرائيلي اعتقال 11 «مطلوبا» فلسطينيا.", {("prisoners", 11, "people", "PSE", "=")}),
    # sanctions: whom they hit, not who sets them; persons and bodies counted together
    ("فرضت كندا عقوبات جديدة على بيلاروس شملت 20 فردا وكيانا.", {("other", 20, "count", "BLR", "=")}),
    ("فرضت سويسرا عقوبات على بيلاروس. وشملت العقوبات 12 شركة.", {("companies", 12, "companies", "BLR", "=")}),
    # arms: who hands over, the one named first or the one who tells of it
    ("سلمت روسيا بيلاروس أربع مقاتلات.", {("other", 4, "count", "RUS", "=")}),
    ("أعلنت واشنطن أنها سلمت كينيا ست مروحيات.", {("other", 6, "count", "USA", "=")}),
    ("تزود الجزائر إسبانيا بنحو 10 مليارات متر مكعب من الغاز سنويا.", {("other", 10_000_000_000, "m3/year", "DZA", "~")}),
    # what a relative clause is about
    ("زار الوفد النرويج التي تعهدت باستثمار 5 مليارات دولار في غانا.", {("investment_value", 5_000_000_000, "USD", "NOR", "=")}),
    # prisoners exchanged are of the first side; freed, one figure for each nationality
    ("تبادلت روسيا وأوكرانيا 150 أسيرا.", {("prisoners", 150, "people", "RUS", "=")}),
    ("نجحت الوساطة في عملية تبادل بين أرمينيا وأذربيجان شملت 40 أسيرا.", {("prisoners", 40, "people", "ARM", "=")}),
    ("أفرج الحوثيون عن خمسة كنديين وسعوديان وبريطاني واحد في اليمن.",
     {("prisoners", 5, "people", "CAN", "="), ("prisoners", 2, "people", "SAU", "="), ("prisoners", 1, "people", "GBR", "=")}),
    # one that a nationality tells
    ("أدانت تونس استشهاد الطفل الفلسطيني سامي نعيم في غزة.", {("dead", 1, "people", "PSE", "=")}),
    ("قال متحدث في مالي إن جنديا نيباليا على الأقل قتل.", {("dead", 1, "people", "NPL", ">")}),
    ("أعلنت كينيا طرد السفير البريطاني من نيروبي.", {("diplomats_expelled", 1, "people", "GBR", "=")}),
    ("غادرت البعثة كينيا احتجاجا بعد القرار بطرد السفير البريطاني.", set()),
    ("وصل الخلاف مع كينيا إلى درجة طرد السفير البريطاني.", set()),
    # no figures
    ("رد الوزير الروسي على 30 سؤالا في موسكو.", set()),
    ("حلقت قاذفات من طراز بي-52 فوق بحر الصين.", set()),
    ("يبلغ الرئيس من العمر 63 عاما.", set()),
    ("قالت 3 مصادر إن الاجتماع تأجل.", set()),
    ("حكم عليه عملا بالمادة 1290 من القانون.", set()),
    ("وتصف الجماعة نفسها بأنها سلمية في سوريا.", set()),
    ("عثر الجيش على كمية كبيرة من السلاح في سوريا.", set()),
    ("هبطت طائرة من طراز بوينغ 737 في بغداد.", set()),
    ("صدر القرار 2231 عن مجلس الأمن.", set()),
    ("اعتقلت شرطة طهران عددا من المحتجين.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_figures(text: str, expected: set[tuple[str, float, str, str, str]]) -> None:
    reading = read(text, published=date(2024, 5, 6), language="ar")
    assert {(f.measure, f.value, f.unit, f.subject.code, f.bound) for f in reading.figures} == expected


def test_once_per_report() -> None:
    reading = read("مقتل 7 جنود في مالي.\nوقالت الحكومة في مالي إن 7 جنود قتلوا في الهجوم.", title="مقتل 7 جنود", language="ar")
    assert [(f.value, f.subject.code) for f in reading.figures] == [(7, "MLI")]


def test_evidence_is_in_the_text() -> None:
    reading = read("قتل 12 شخصا وأصيب 30 آخرون في هجوم في الصومال.", language="ar")
    for figure in reading.figures:
        assert str(figure.value) in reading.surface(figure.evidence)
