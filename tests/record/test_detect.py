"""Whether a sentence tells a deed of one type, and `rawabit detect`."""
from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rawabit.cli import main
from rawabit.lexicon.load import load_lexicon
from rawabit.model import InputError
from rawabit.record.detect import BUCKETS, Detector, find_features, make_detector

GOLD = Path(__file__).parents[3] / "shared" / "gold"
BOMB = "وفي بعقوبة قتل أربعة أشخاص وأصيب تسعة آخرون بجروح في تفجير سيارة مفخخة استهدف دورية للشرطة أمس، حسبما أعلن مصدر أمني."
MARCH = "وتظاهر مئات الأشخاص أمس أمام مبنى البرلمان في وسط العاصمة احتجاجا على رفع الأسعار، ورفع المتظاهرون لافتات تطالب باستقالة الحكومة."
TALKS = "استقبل وزير الخارجية نظيره الفرنسي وبحث معه سبل تعزيز التعاون بين البلدين في مجال الطاقة."
FIGURE = "شن النائب هجوما لاذعا على سياسة الحكومة الاقتصادية في مقال نشره أمس."


@pytest.fixture(scope="module")
def assault() -> Detector:
    return make_detector("ASSAULT")


@pytest.fixture(scope="module")
def protest() -> Detector:
    return make_detector("PROTEST")


def run(*args: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["detect", *args], input=stdin)


def test_a_bombing_is_an_assault_and_no_protest(assault: Detector, protest: Detector) -> None:
    assert assault.detect(BOMB).told
    assert not protest.detect(BOMB).told


def test_a_demonstration_is_a_protest_and_no_assault(assault: Detector, protest: Detector) -> None:
    assert protest.detect(MARCH).told
    assert not assault.detect(MARCH).told


@pytest.mark.parametrize("text", [TALKS, FIGURE, "وعلى الحكومة أن تمنع أي هجوم في المستقبل.", "هل تستخدمون التعذيب في السجون؟"])
def test_talks_figures_of_speech_and_what_may_come_are_no_assaults(assault: Detector, text: str) -> None:
    assert not assault.detect(text).told


def test_what_happened_scores_higher_than_what_is_feared_or_denied(assault: Detector) -> None:
    done = assault.detect("قتل مسلحون ثلاثة جنود أمس في هجوم قرب المدينة.").score
    assert done > assault.detect("تخشى السلطات أن يقتل مسلحون ثلاثة جنود في هجوم قرب المدينة.").score
    assert done > assault.detect("لم يقتل مسلحون ثلاثة جنود في هجوم قرب المدينة.").score


def test_the_trigger_is_a_stretch_of_the_text_that_names_such_a_deed(protest: Detector) -> None:
    trigger = protest.detect(MARCH).trigger
    assert trigger is not None
    assert MARCH[trigger.start : trigger.end] in ("وتظاهر", "احتجاجا", "ورفع", "المتظاهرون")


def test_without_such_a_word_there_is_no_trigger(protest: Detector) -> None:
    assert protest.detect(TALKS).trigger is None


@pytest.mark.parametrize("text", ["", " ", "؟", "123", "plain English", "ا" * 5000, "\n\n\nقتل\n"])
def test_any_text_gets_an_answer_and_always_the_same(assault: Detector, text: str) -> None:
    assert assault.detect(text) == assault.detect(text)


def test_several_sentences_count_together(assault: Detector) -> None:
    found = assault.detect(f"{TALKS}\n{BOMB}")
    assert found.trigger is not None and found.trigger.start > len(TALKS)


def test_features_are_marks_stems_and_buckets() -> None:
    features = find_features(BOMB, "ASSAULT", load_lexicon("ar"))
    assert "T then number" in features.marks and "S number" in features.marks
    assert features.stems and all(" " not in stem for stem in features.stems)
    assert features.grams and all(0 <= gram < BUCKETS for gram in features.grams)


def test_a_type_without_weights_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="ASSAULT, PROTEST"):
        make_detector("AID")
    result = run("AID", stdin=BOMB)
    assert result.exit_code == 1 and "choose one of" in result.stderr


def test_lines_in_lines_out() -> None:
    result = run("assault", "--format", "jsonl", stdin=f"{BOMB}\n\n{TALKS}\n")
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0 and first["told"] is True and second["told"] is False
    assert BOMB[first["trigger"]["start"] : first["trigger"]["end"]] and second["trigger"] is None


def test_the_table_gives_answer_score_and_trigger() -> None:
    line, = run("PROTEST", stdin=MARCH).stdout.splitlines()
    assert line.startswith("yes") and line.split()[2] in MARCH


def test_quality_leaves_the_ambiguous_out() -> None:
    rows = [("yes", BOMB), ("easy no", TALKS), ("difficult no", FIGURE), ("ambiguous", BOMB), ("yes", TALKS)]
    text = "label,text\n" + "".join(f'{label},"{sentence}"\n' for label, sentence in rows)
    result = run("ASSAULT", "--gold-column", "label", stdin=text)
    assert result.stdout.startswith("precision 1.000  recall 0.500  F1 0.667  (4 sentences, 2 yes)")
    assert "ambiguous: 1 of 1 said to be told (left out)" in result.stdout


def test_a_column_that_is_missing_is_named() -> None:
    result = run("ASSAULT", "--gold-column", "gold", stdin=f'label,text\nyes,"{BOMB}"\n')
    assert result.exit_code == 1 and "'gold'" in result.stderr and "label, text" in result.stderr


def test_a_row_with_too_few_columns_is_named() -> None:
    result = run("ASSAULT", stdin="label,text\nyes\n")
    assert result.exit_code == 1 and "row 1" in result.stderr


@pytest.mark.parametrize(("kind", "least"), [("ASSAULT", 0.68), ("PROTEST", 0.45)])
def test_agreement_with_the_coders_of_the_dev_file(kind: str, least: float) -> None:
    path = GOLD / f"arabic-gsr-{kind.lower()}-dev.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here: the files of ../shared are needed")
    detector = make_detector(kind)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] != "ambiguous"]
    said = [detector.detect(row["text"]).told for row in rows]
    yes = [row["label"] == "yes" for row in rows]
    hits = sum(a and b for a, b in zip(said, yes, strict=True))
    assert 2 * hits / (sum(said) + sum(yes)) >= least
