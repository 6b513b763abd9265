"""Ties that several words assert together: every row of constructions.yml on its own example, and what must give no tie."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rawabit.lexicon
from rawabit import read
from rawabit.lexicon.build import read_rows
from rawabit.lexicon.pattern import parse_pattern
from rawabit.lexicon.schema import Construction
from rawabit.model import Tie

ROWS = [row for row in read_rows(Path(rawabit.lexicon.__file__).parent / "ar" / "constructions.yml", Construction) if row.pattern]


def ties(text: str) -> list[Tie]:
    return list(read(text, language="ar", published=date(2024, 5, 6)).ties)


def found(text: str) -> set[tuple[str, str, str]]:
    return {(t.relation, t.subject.code, t.object.code) for t in ties(text)}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.relation} {row.pattern}" for row in ROWS])
def test_a_row_reads_its_example(row: Construction) -> None:
    assert row.relation in {t.relation for t in ties(row.example)}


CASES = {
    # marks of words: subject, owner, of whom a noun is said, whose verb, antecedent, both sides
    "تستضيف قطر أكبر قاعدة عسكرية أميركية في الشرق الأوسط.": {("hosts_base_of", "QAT", "USA")},
    "أعلنت الإمارات إغلاق قاعدتها العسكرية في إريتريا.": {("hosts_base_of", "ERI", "ARE")},
    "روسيا أكبر مورد للسلاح إلى الهند.": {("arms_supplier_of", "RUS", "IND")},
    "اتهم السودان الإمارات بتسليح قوات الدعم السريع.": {("arms_supplier_of", "ARE", "SDN")},
    "شبه جزيرة القرم التي ضمتها روسيا عام 2014": {("occupies", "RUS", "UKR")},
    "لا توجد علاقات دبلوماسية بين أرمينيا وتركيا.": {("no_relations_with", "ARM", "TUR")},
    "تتنافس الولايات المتحدة والصين على النفوذ في أفريقيا.": {("rival_of", "USA", "CHN")},
    # rows of parties
    "تضم مجموعة بريكس البرازيل وروسيا والهند.": {("member_of", c, "IGO-BRICS") for c in ("BRA", "RUS", "IND")},
    "اعترفت النرويج وأيرلندا وإسبانيا بدولة فلسطين في مايو.": {("recognizes", c, "PSE") for c in ("NOR", "IRL", "ESP")},
    "توصلت السعودية وإيران إلى اتفاق برعاية الصين.": {("mediates_between", "CHN", "SAU"), ("mediates_between", "CHN", "IRN")},
    # a noun that is an office of a body; a superlative before a title; whom a pronoun takes up
    "تركيا عضو في حلف شمال الأطلسي منذ 1952.": {("member_of", "TUR", "IGO-NATO")},
    "وقال البيان إن الولايات المتحدة، أكبر حليف لإسرائيل، ستواصل دعمها.": {("ally", "USA", "ISR")},
    "ووصف الوزير فيتنام بأنها شريك مهم للولايات المتحدة.": {("partner_of", "VNM", "USA")},
    # two sides of one country; the world as subject
    "يخوض الجيش السوداني حربا ضد قوات الدعم السريع.": {("at_war_with", "SDN", "SDN")},
    "قالت الحكومة اليمنية المعترف بها دوليا إنها ترفض الاتفاق.": {("recognizes", "REG-World", "YEM")},
    # every backer, every body, and no tie between two who are allies of a third
    "قالت مصادر إن قوات حفتر المدعومة من روسيا والإمارات ومصر تتقدم.": {("backs", c, "LBY") for c in ("RUS", "ARE", "EGY")},
    "وتخشى ليتوانيا، العضو في حلف شمال الأطلسي والاتحاد الأوروبي، من هجوم.":
        {("member_of", "LTU", "IGO-NATO"), ("member_of", "LTU", "IGO-EU")},
    "وقال إن روسيا وإيران، الحليفتين الرئيسيتين للأسد، رفضتا المشروع.": {("ally", "RUS", "SYR"), ("ally", "IRN", "SYR")},
    # one counted among many, a place between two, whom a noun of quarrel stands between
    "وتعد روسيا والصين من أبرز الحلفاء لفنزويلا.": {("ally", "RUS", "VEN"), ("ally", "CHN", "VEN")},
    "تقع مولدوفا بين أوكرانيا ورومانيا.": {("borders", "MDA", "UKR"), ("borders", "MDA", "ROU")},
    "تفاقمت أزمة دبلوماسية بين الجزائر وفرنسا.": {("rival_of", "DZA", "FRA")},
    # a new chair, not the one before
    "عقدت رابطة الدول المستقلة قمتها. وتتولى تركمانستان رئاسة الرابطة في عام 2026 خلفا لطاجيكستان": {("chairs", "TKM", "IGO-CIS")},
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_marks(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", [
    "لم تقطع السعودية علاقاتها مع كندا.",
    "وقعت الجزائر اتفاقا بين شركتين من إسبانيا وفرنسا.",
    "لن تقطع مصر علاقاتها مع تركيا.",
    "أوقفت النرويج إرسال دبابات إلى الإمارات.",
    "تهدف الخطة إلى الحد من نفوذ إيران في العراق.",
    "تسعى أوكرانيا إلى الانضمام إلى الاتحاد الأوروبي.",
    "تنتج باكستان فصائل مدعومة",
    "وقع الزعيمان إعلانا أنهى حالة الحرب بين إثيوبيا وإريتريا.",
    "ليس لإسرائيل نزاع مع الشعب الكوبي.",
])
def test_what_is_no_tie(text: str) -> None:
    assert found(text) == set()


def test_a_denied_membership_is_negated() -> None:
    [tie] = ties("وأوكرانيا ليست عضوا في حلف الناتو.")
    assert (tie.relation, tie.modality) == ("member_of", "negated")


def test_no_tension_is_not_no_relations() -> None:
    assert "no_relations_with" not in {t.relation for t in ties("لا يوجد توتر في العلاقات بين فرنسا وإسبانيا.")}


def test_who_is_accused_is_the_doer() -> None:
    assert found("تحدث عن إيران التي اتهمتها السعودية بدعم الحوثيين.") == {("backs", "IRN", "YEM")}


def test_an_ally_named_in_passing_is_one_whatever_the_clause_denies() -> None:
    [tie] = ties("وتنفي كوبا وحليفتها فنزويلا أي مسؤولية عن الحادث.")
    assert (tie.relation, tie.modality) == ("ally", "actual")


def test_a_trade_war_is_no_war() -> None:
    assert found("تخوض واشنطن حربا تجارية مع بكين.") == {("rival_of", "USA", "CHN")}


@pytest.mark.parametrize("pattern", ["", "X host", "...", "host?", "Host", "host=Z", "host ..... base", "host قاعدة"])
def test_a_pattern_that_no_rule_describes(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|begin"):
        parse_pattern(pattern)


def test_elements_of_a_pattern() -> None:
    host, wide, base, _, party = parse_pattern("host=X .... base? .. in+at:Y+")
    assert (host.name, host.held[0].mark, host.held[0].role) == ("host", "=", "X")
    assert wide.wide and wide.reach == 14
    assert base.optional and not base.held
    assert party.preps == ("in", "at") and party.many and party.role == "Y"
