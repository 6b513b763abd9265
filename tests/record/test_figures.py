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
    # no figures
    ("حلقت قاذفات من طراز بي-52 فوق بحر الصين.", set()),
    ("يبلغ الرئيس من العمر 63 عاما.", set()),
    ("قالت 3 مصادر إن الاجتماع تأجل.", set()),
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
