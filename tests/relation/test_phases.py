"""Turns and phases: found online, by deeds that can be relied on, and read from reports."""
from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUADS, day_of, make, make_deed

from rawabit.ledger import Ledger
from rawabit.relation.deeds import ALLIED
from rawabit.relation.movers import find_level, find_movers, read_movers, read_news
from rawabit.relation.phases import LASTS, make_phases, read_history
from rawabit.relation.sides import find_sides
from rawabit.relation.told import Saying, find_meetings, find_sayings
from rawabit.relation.turns import find_turns

DEEDS = st.lists(st.builds(make_deed, st.integers(0, 120), st.sampled_from(sorted(QUADS)), st.integers(1, 40)), max_size=25,
                 unique_by=lambda deed: deed.deed_id)
EXPULSION = make_deed(60, "SANCTION", 12)


def turns(deeds: list, until: int = 200) -> list:
    return [turn for turn in find_turns(make(deeds, until)) if turn.direction]


def test_a_turn_is_dated_and_opened_by_its_deed() -> None:
    quiet = [make_deed(n, "CONSULT") for n in range(0, 59, 7)]
    (turn,) = turns([*quiet, EXPULSION, make_deed(61, "ACCUSE", 2)])
    assert (turn.day, turn.direction, turn.deeds[0]) == (day_of(60), -1, EXPULSION)


def test_what_one_report_tells_is_no_turn_however_much_it_is() -> None:
    assert turns([make_deed(60, "ASSAULT", 1, deed_id=str(n)) for n in range(30)]) == []


def test_what_one_outlet_tells_needs_more_reports() -> None:
    found = [len(turns([make_deed(60, "ASSAULT", number, outlets=outlets)])) for number, outlets in ((7, 1), (8, 1), (3, 2))]
    assert found == [0, 1, 1]


def test_kind_words_of_one_side_open_no_turn_and_hide_none() -> None:
    words = [make_deed(60, kind, 20, deed_id=kind) for kind in ("SUPPORT", "AID")]
    together = make_deed(60, "SUPPORT", 20, actors=("AAA/GOV", "BBB/GOV"), recipients=())
    accused = make_deed(61, "ACCUSE", 200)
    assert turns(words) == []
    assert [turn.deeds[0] for turn in turns([together])] == [together]
    assert [turn.deeds for turn in turns([make_deed(60, "SUPPORT", 4), accused])] == [(accused,)]


def test_force_between_allies_opens_no_turn() -> None:
    assert turns([make_deed(60, "ASSAULT", 40, trust=ALLIED)]) == []


def test_a_private_person_opens_no_turn() -> None:
    assert turns([make_deed(60, "ASSAULT", 30, actors=("AAA/CRM",))]) == []


def test_a_pair_that_always_quarrels_has_not_turned() -> None:
    usual = [make_deed(n, "SANCTION", 4, deed_id=f"u{n}") for n in range(0, 180, 2)]
    assert all(turn.day < day_of(30) for turn in turns(usual))


@given(DEEDS, st.integers(20, 110))
@settings(max_examples=60, deadline=None)
def test_turns_are_found_online(deeds: list, until: int) -> None:
    """Later days change no turn but the last, which may grow."""
    now, later = find_turns(make(deeds, until)), find_turns(make(deeds, 140))
    assert [(turn.day, turn.direction) for turn in now[:-1]] == [(turn.day, turn.direction) for turn in later[: len(now[:-1])]]


@given(DEEDS)
@settings(max_examples=40, deadline=None)
def test_phases_follow_each_other_without_gap(deeds: list) -> None:
    phases = make_phases(make(deeds))
    assert phases[-1].end is None and all(0 <= phase.confidence <= 1 for phase in phases)
    for phase, after in pairwise(phases):
        assert phase.end is not None and (after.start - phase.end).days == 1 and phase.start <= phase.end
        assert phase.closed == after.opened


def test_a_crisis_holds_and_a_meeting_after_it_is_a_thaw() -> None:
    crisis, warm = [EXPULSION, make_deed(61, "SANCTION", 8)], [make_deed(90, "CONSULT", 40, mode="visit"), make_deed(91, "SUPPORT", 20)]
    assert [phase.name for phase in make_phases(make([*crisis, *warm], 95))] == ["calm", "crisis", "thaw"]
    assert make_phases(make(warm, 95))[-1].name == "rapprochement"


def test_a_crisis_ends_where_nothing_bears_it_out() -> None:
    ended = [make_phases(make(deeds, 190))[-1].name for deeds in ([EXPULSION], [EXPULSION, make_deed(120, "SANCTION")])]
    assert ended == ["calm", "crisis"]
    assert make_phases(make([EXPULSION], 190))[-1].start == day_of(60 + LASTS)


def test_a_report_that_says_crisis_makes_a_tension_one() -> None:
    series = make([make_deed(49, "ACCUSE")], 80)
    said = [Saying(day_of(day), name, False, "d", "s") for day, name in ((50, "tension"), (60, "crisis"))]
    last = make_phases(series, said)[-1]
    assert (last.name, last.start) == ("crisis", day_of(50))


def test_a_sentence_of_another_pair_or_year_says_nothing() -> None:
    sides = find_sides("RUS", "AZE", 2025)
    for sentence, main in (("توتر بين البلدين", False), ("تأزمت العلاقات بين موسكو وباكو وأنقرة", False),
                           ("في عام 2016 كان الحديث عن تطبيع العلاقات بين موسكو وباكو", True)):
        assert not list(find_sayings("d", day_of(0), "ar", sentence, sides, main))
    assert list(find_sayings("d", day_of(0), "ar", "تأزمت العلاقات بين موسكو وباكو", sides, main=False))


def test_what_reports_say_opens_a_phase_and_ends_unless_said_again() -> None:
    said = Saying(day_of(50), "crisis", False, "d", "s")
    series = make([make_deed(0, "CONSULT"), make_deed(49, "ACCUSE")])
    phases = make_phases(series, [said])
    assert [(phase.name, phase.basis) for phase in phases[:2]] == [("calm", "faded"), ("crisis", "told")] and phases[-1].name == "calm"
    assert phases[1].opened[0].type == "ACCUSE"
    assert make_phases(series, [said, said])[1].confidence > phases[1].confidence


def test_a_page_turned_ends_a_crisis_and_starts_nothing_in_calm() -> None:
    series = make([make_deed(0, "CONSULT")], 80)
    page = Saying(day_of(70), "thaw", True, "d", "s")
    assert make_phases(series, [Saying(day_of(50), "crisis", False, "d", "s"), page])[-1].name == "thaw"
    assert make_phases(series, [page])[-1].name == "calm"


@pytest.mark.parametrize(("sentence", "phase"), [
    ("موسكو وباكو تحاولان طي صفحة الخلاف", "thaw"), ("توتر غير مسبوق بين موسكو وباكو", "crisis"),
    ("وتشهد العلاقات بين البلدين توتراً", "tension"), ("توتر غير مسبوق بين باريس وروما", None), ("زار الرئيس موسكو وباكو", None)])
def test_sentences_of_reports(sentence: str, phase: str | None) -> None:
    found = [saying.phase for saying in find_sayings("d", day_of(0), "ar", sentence, find_sides("RUS", "AZE", 2025))]
    assert found[:1] == ([phase] if phase else [])


def test_a_meeting_counts_where_both_speak_well_after_it() -> None:
    met = make_deed(10, "CONSULT", mode="visit")
    assert list(find_meetings([met], {day_of(10)}, {day_of(11)})) == [(day_of(11), met)]
    assert not list(find_meetings([met], {day_of(10)}, {day_of(30)}))
    assert not list(find_meetings([make_deed(10, "CONSULT", mode="phone")], {day_of(10)}, {day_of(10)}))


@pytest.mark.parametrize(("day", "names"), [(date(2025, 10, 8), {"crisis", "tension"}), (date(2025, 10, 9), {"thaw"})])
def test_russia_and_azerbaijan(demo_ledger: Ledger, day: date, names: set[str]) -> None:
    last = read_history(demo_ledger, "RUS", "AZE", day).phases[-1]
    assert last.name in names
    assert last.start <= day and last.known <= day


def test_the_turn_to_thaw_is_opened_by_the_meeting(demo_ledger: Ledger) -> None:
    last = read_history(demo_ledger, "RUS", "AZE", date(2025, 10, 9)).phases[-1]
    assert (last.start, last.opened[0].type) == (date(2025, 10, 9), "CONSULT")


def test_movers_and_news(demo_ledger: Ledger) -> None:
    moved, still = [EXPULSION], [make_deed(60, "CONSULT", actors=("CCC",), recipients=("DDD",), reports=1)]
    (mover,) = find_movers([*moved, *still], day_of(50), day_of(70))
    assert (mover.pair, mover.deeds) == ("AAA|BBB", (EXPULSION,)) and mover.change < 0
    assert find_movers([EXPULSION], day_of(61), day_of(70)) == []
    assert all("-" not in mover.pair for mover in read_movers(demo_ledger, date(2018, 1, 1)))
    news = read_news(demo_ledger, "RUS", "AZE", date(2025, 10, 9), date(2025, 10, 9))
    assert news.now.name == "thaw" and news.phases and all(date(2025, 10, 9) in (deed.first_told, deed.own_day) for deed in news.deeds)


def test_the_level_of_movers_is_that_of_the_series() -> None:
    deeds = [make_deed(n, "SANCTION", 3) for n in range(0, 90, 9)]
    series = make(deeds, 100)
    day = next(day for day in series.days if day.day == day_of(94))
    assert find_level(deeds, day_of(95)) == pytest.approx(day.level)


def test_a_founding_deed_that_two_outlets_tell_turns_in_two_reports() -> None:
    hot = [make_deed(60, "ACCUSE", 1, deed_id=str(n)) for n in range(6)]
    deeds = [make_deed(60, "SANCTION", 2, mode=mode, outlets=outlets) for mode, outlets in (("expel", 2), ("expel", 1), ("convict", 2))]
    found = [[turn.deeds[0] for turn in turns([*hot, deed])] for deed in deeds]
    assert found == [[deeds[0]], [], []]


def test_expulsions_in_the_middle_of_a_crisis_are_a_turn_where_many_reports_tell_them() -> None:
    hot = [make_deed(60, "ASSAULT", 30)]
    expulsions = [make_deed(65, "SANCTION", number, mode="expel") for number in (9, 10)]
    found = [[turn.day for turn in turns([*hot, deed])] for deed in expulsions]
    assert found == [[day_of(60)], [day_of(60), day_of(65)]]


def test_a_turn_that_grows_within_three_days_is_dated_by_its_most_told_deed() -> None:
    hot = make_deed(60, "SANCTION", 30, mode="expel")
    (turn,) = turns([hot, make_deed(63, "SANCTION", 20, mode="expel")])
    assert turn.deeds[0] == hot


def test_a_leaders_charge_over_force_opens_a_tension_where_all_was_calm() -> None:
    force = make_deed(58, "ASSAULT", actors=("RUS/MIL",), recipients=("AZE",))
    charges = [make_deed(60, "ACCUSE", mode="allege", actors=(who,), recipients=("RUS/GOV",)) for who in (
        "AZE/GOV:Ilham Aliyev", "AZE/GOV")]
    found = [[(phase.name, phase.basis) for phase in make_phases(make([force, charge], 70))] for charge in charges]
    assert found == [[("calm", "faded"), ("tension", "charged")], [("calm", "faded")]]
    assert [phase.name for phase in make_phases(make([charges[0]], 70))] == ["calm"]


def test_leaders_who_meet_turn_a_pair_in_two_reports() -> None:
    leaders = {"actors": ("PRK/GOV:Kim Jong-un", "KOR/GOV:Moon Jae-in"), "recipients": ()}
    ministers = {"actors": ("PRK/GOV", "KOR/GOV"), "recipients": ()}
    warm = [make_deed(120, "CONSULT", 1, deed_id=str(n), **ministers) for n in range(8)]
    assert [len(turns([*warm, make_deed(120, "CONSULT", 2, outlets=2, **who)])) for who in (leaders, ministers)] == [1, 0]
    assert not make_deed(120, "CONSULT", 16, mode="phone", **leaders).summit


def test_aid_counts_no_more_than_support_and_a_lone_report_against_a_turn_counts_half() -> None:
    both = {"actors": ("AAA/GOV", "BBB/GOV"), "recipients": ()}
    assert make_deed(60, "AID", 4, **both).heat == make_deed(60, "SUPPORT", 4, **both).heat
    cold, lone = make_deed(60, "SANCTION", 9), [make_deed(60, "AID", 1, deed_id=str(n)) for n in range(3)]
    (turn,) = turns([cold, *lone])
    assert turn.heat == pytest.approx(cold.heat + sum(deed.heat for deed in lone) / 2, abs=0.5)


def test_what_is_told_long_after_opens_no_turn() -> None:
    assert turns([make_deed(60, "SANCTION", 12, first_told=day_of(90))]) == []


def test_what_one_does_to_three_it_does_to_each_and_what_many_do_is_shared() -> None:
    to_three = make_deed(60, recipients=("BBB", "CCC", "DDD"))
    together = make_deed(60, actors=("AAA", "BBB", "CCC", "DDD"), recipients=())
    assert to_three.weight == make_deed(60).weight == 3 * together.weight
