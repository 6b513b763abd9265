"""The catalogues say the same things in both languages, and what the ledger holds has words in them."""
from __future__ import annotations

import re
from importlib import resources

import pytest
from starlette.testclient import TestClient

from rawabit.ledger import Ledger
from rawabit.web.words import find_words, load_catalogue

KEY = re.compile(r'\bsay\(\s*"(\w+)"\s*[,)]')


def test_both_catalogues_have_the_same_keys() -> None:
    arabic, english = load_catalogue("ar"), load_catalogue("en")
    assert arabic.messages.keys() == english.messages.keys()
    ours, theirs = ({kind: set(names) for kind, names in one.names.items()} for one in (arabic, english))
    assert theirs.pop("roles") <= ours.pop("roles"), "a role is a word of English already"
    assert ours == theirs


def test_templates_say_only_what_the_catalogues_have() -> None:
    said = {key for path in resources.files("rawabit.web").joinpath("templates").iterdir() for key in KEY.findall(path.read_text("utf-8"))}
    assert said and said <= load_catalogue("en").messages.keys()


def test_why_tellings_were_joined_is_told_in_arabic(demo_ledger: Ledger) -> None:
    words = find_words("ar", "latn")
    reasons = demo_ledger.query("SELECT DISTINCT unnest(reasons) AS reason FROM tellings")["reason"].to_pylist()
    assert len(reasons) > 10 and not [reason for reason in reasons if re.search("[a-z]", words.joined(reason))]


@pytest.mark.parametrize(("period", "told"), [
    ("2024", "2024"), ("2024-03", "March 2024"), ("2024-03-01/2024-03-02", "1 March 2024 – 2 March 2024"), ("2024-99", "2024-99"),
    ("soon", "soon")])
def test_a_period_in_words(period: str, told: str) -> None:
    assert find_words("en", "latn").period(period) == told


def test_large_amounts_are_told_by_their_scale() -> None:
    assert find_words("en", "latn").amount(4_800_000_000) == "4.8 billion" and find_words("en", "latn").amount(999_999) == "999,999"
    assert find_words("ar", "arab").amount(37_100_000_000) == "٣٧٫١ مليار"


def test_days_of_a_deed_are_words_in_arabic(client: TestClient, demo_ledger: Ledger) -> None:
    sql = "SELECT deed_id FROM tellings WHERE start <> \"end\" AND modality = 'future' LIMIT 1"
    deed = demo_ledger.query(sql)["deed_id"][0].as_py()
    answer = client.get(f"/ar/deed/{deed}")
    assert answer.status_code == 200 and not re.search(r">\s*\d{4}-\d\d-\d\d", answer.text)


@pytest.mark.parametrize(("role", "arabic"), [
    ("president", "الرئيس"), ("former president", "الرئيس السابق"), ("former former president", "الرئيس السابق"),
    ("ambassador to the United States", "السفير لدى الولايات المتحدة"), ("former ambassador to Turkey", "السفير لدى تركيا السابق"),
    ("no such role", "no such role"), ("former no such role", "former no such role"), ("ambassador to nowhere", "ambassador to nowhere")])
def test_a_role_in_arabic(role: str, arabic: str) -> None:
    assert find_words("ar", "latn").role(role) == arabic


def test_a_role_in_english_is_as_the_ledger_has_it() -> None:
    words = find_words("en", "latn")
    assert words.role("former president") == "former president" and words.role("foreign spokesperson") == "foreign ministry spokesperson"


@pytest.mark.parametrize(("party", "arabic"), [
    ("YEM/REB:Houthis", "الحوثيون (اليمن)"), ("GBR/JRN:Reuters", "رويترز (المملكة المتحدة)"),
    ("RUS/GOV:Vladimir Putin", "فلاديمير بوتين (روسيا)"),
    ("RUS/GOV", "روسيا: الحكومة"), ("UNK", "طرف لم يُسمَّ")])
def test_bodies_of_a_state_have_their_arabic_names(party: str, arabic: str) -> None:
    assert find_words("ar", "latn").party(party) == arabic
