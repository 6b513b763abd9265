"""Ties: each shape of row in ties.yml, on sentences of our own, and what must give no tie."""
from __future__ import annotations

from datetime import date

import pytest

from rawabit import read
from rawabit.model import Tie


def ties(text: str) -> list[Tie]:
    return list(read(text, language="ar", published=date(2024, 5, 6)).ties)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(t.relation, t.subject.code, t.object.code) for t in ties(text)]


CASES = {
    # a relation between two
    "التوتر بين الهند وباكستان يقلق الجميع": [("rival_of", "IND", "PAK")],
    "يتصاعد النزاع بين مصر من جهة وإثيوبيا وكينيا من جهة أخرى": [("rival_of", "EGY", "ETH"), ("rival_of", "EGY", "KEN")],
    "تحدث الوزير عن النزاع الهندي الباكستاني": [("rival_of", "IND", "PAK")],
    "وقعت الحادثة على الحدود بين تركيا واليونان": [("borders", "TUR", "GRC")],
    "وقعت الحادثة قرب الحدود التركية اليونانية": [("borders", "TUR", "GRC")],
    "تحدث عن الحرب التجارية بين كندا والصين": [("rival_of", "CAN", "CHN")],
    "أثيوبيا في حالة حرب مع إريتريا": [("at_war_with", "ETH", "ERI")],
    "تجمع فرنسا وألمانيا علاقات وثيقة": [("partner_of", "FRA", "DEU")],
    # who chairs
    "تولت رواندا رئاسة الاتحاد الأفريقي": [("chairs", "RWA", "IGO-AU")],
    # a title
    "كوبا هي أهم حليف لفنزويلا": [("ally", "CUB", "VEN")],
    "قالت كوبا، الحليف الرئيسي لفنزويلا، إنها قلقة": [("ally", "CUB", "VEN")],
    "باريس وبرلين «حليفان موثوقان»": [("ally", "FRA", "DEU")],
    "تمثل ألمانيا الشريك التجاري الأول لبولندا": [("top_trade_partner_of", "DEU", "POL")],
    # an attribute
    "هاجمت ميليشيا الحوثي المدعومة من إيران السفينة": [("backs", "IRN", "YEM")],
    "هاجمت ميليشيات الحوثي الموالية لإيران السفينة": [("ally", "YEM", "IRN")],
    # a deed
    "ندد الوزير بالدعم الإيراني للحوثيين": [("backs", "IRN", "YEM")],
    "عثر على مقاتلين من حزب الله الذي تدعمه إيران": [("backs", "IRN", "LBN")],
    "أدان البيان الاحتلال التركي لمدينة عفرين": [("occupies", "TUR", "SYR")],
    "إيران لا تكف عن تزويد الحوثيين بالأسلحة": [("arms_supplier_of", "IRN", "YEM")],
    # bases, chairs, mediators, coalitions
    "جيبوتي التي تنشر فيها فرنسا قاعدة عسكرية": [("hosts_base_of", "DJI", "FRA")],
    "زار الوزير القاعدة العسكرية الفرنسية في جيبوتي": [("hosts_base_of", "DJI", "FRA")],
    "أدت الوساطة القطرية بين تشاد والسودان إلى هدنة": [("mediates_between", "QAT", "TCD"), ("mediates_between", "QAT", "SDN")],
    "قصف التحالف الذي تقوده السعودية الميناء": [("chairs", "SAU", "REG-ArabCoalition")],
    "قال التحالف الدولي بقيادة الولايات المتحدة إنه انسحب": [("chairs", "USA", "REG-AntiISISCoalition")],
    # the name of a place
    "زار الوزير الضفة الغربية المحتلة": [("occupies", "ISR", "PSE")],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_shapes(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "التقى الوزير المصري نظيره الهندي في باريس",
    "فر اللاجئون من الحرب في سوريا إلى اليونان",
    "دعا الوزير إلى دعم الاقتصاد المصري",
    "استعادت القوات الموالية للحكومة العراقية المدينة",
    "كانت كوبا حليفا سابقا لفنزويلا",
])
def test_plain_deeds_are_no_ties(text: str) -> None:
    assert found(text) == []


def test_a_tie_that_holds_both_ways_is_told_once() -> None:
    assert found("النزاع بين الهند وباكستان قديم.\nتحدث عن النزاع بين باكستان والهند.") == [("rival_of", "IND", "PAK")]


def test_a_chair_to_come_is_future_and_dated() -> None:
    [tie] = ties("تناقش قمة رابطة الدول المستقلة تسليم رئاسة الرابطة لأرمينيا في 2026")
    assert (tie.relation, tie.subject.code, tie.object.code, tie.modality) == ("chairs", "ARM", "IGO-CIS", "future")
    assert tie.date is not None and (tie.date.start, tie.date.end) == (date(2026, 1, 1), date(2026, 12, 31))


def test_evidence_holds_both_parties() -> None:
    reading = read("قال إن التوتر بين الهند وباكستان يقلق الجميع", language="ar")
    [tie] = reading.ties
    assert reading.surface(tie.evidence) == "التوتر بين الهند وباكستان"
