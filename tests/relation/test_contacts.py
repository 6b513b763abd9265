"""Last and next: of made rows, whose answer is known, and of the bundled dispatches."""
from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import Maker

from rawabit.cli import main
from rawabit.ledger import Ledger
from rawabit.relation.contacts import Contacts, find_contacts
from rawabit.relation.parties import rank_person, rank_role, read_party

DAY = date(2025, 6, 30)
PUTIN, ALIYEV, LAVROV, BAYRAMOV = ("RUS/GOV:Vladimir Putin", "AZE/GOV:Ilham Aliyev", "RUS/GOV:Sergey Lavrov", "AZE/GOV:Jeyhun Bayramov")


def ask(made: Maker, tmp_path: Path, day: date = DAY, a: str = "RUS", b: str = "AZE") -> Contacts:
    return find_contacts(Ledger(made.write(str(tmp_path / "ledger"))), a, b, day)


def last(found: Contacts) -> dict[str, str]:
    return {contact.kind: contact.deed.deed_id for contact in found.last}


def test_each_kind_has_its_newest_and_each_rank_its_own(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", f"{PUTIN}|{ALIYEV}", day="2025-01-10")
    leaders = made.deed("CONSULT", f"{PUTIN}|{ALIYEV}", day="2025-02-10")
    ministers = made.deed("CONSULT", f"{LAVROV}|{BAYRAMOV}", day="2025-03-10")
    call = made.deed("CONSULT", f"{PUTIN}|{ALIYEV}", day="2025-04-10", mode="phone")
    signed = made.deed("SUPPORT", "RUS/GOV|AZE/GOV", day="2025-02-11")
    praised = made.deed("SUPPORT", "RUS/GOV", "AZE/GOV", day="2025-05-11")
    accused = made.deed("ACCUSE", "AZE/GOV", "RUS/GOV", day="2025-05-01")
    made.deed("REQUEST", "AZE/GOV", "RUS/GOV", day="2025-05-20")
    found = ask(made, tmp_path)
    assert last(found) == {"meeting": ministers, "meeting of leaders": leaders, "meeting of ministers": ministers, "call": call,
                           "call of leaders": call, "agreement": signed, "conflict in words": accused}
    assert praised not in last(found).values()
    assert next(c for c in found.last if c.kind == "call").days == 81


def test_who_only_stands_beside_is_no_party(tmp_path: Path) -> None:
    made = Maker()
    made.deed("ACCUSE", "RUS/GOV|AZE/GOV", "TUR/GOV")
    made.deed("CONSULT", "RUS/GOV|AZE/GOV", "TUR/GOV", mode="visit")
    assert ask(made, tmp_path).last == ()


def test_rebels_do_not_meet_for_their_state_but_clash(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", "RUS/GOV|AZE/REB", day="2025-01-10")
    clash = made.deed("ASSAULT", "RUS/MIL", "AZE/REB", day="2025-01-11")
    assert last(ask(made, tmp_path)) == {"conflict in deeds": clash}


def test_the_lower_side_gives_the_rank(tmp_path: Path) -> None:
    made = Maker()
    made.deed("CONSULT", f"{PUTIN}|{BAYRAMOV}", day="2025-01-10")
    made.deed("CONSULT", f"{PUTIN}|AZE/GOV", day="2024-01-10")
    found = {c.kind: (c.rank, c.named) for c in ask(made, tmp_path).last}
    assert found == {"meeting": ("minister", True), "meeting of leaders": ("leader", False), "meeting of ministers": ("minister", True)}


def test_plans_come_or_are_not_told_to_have(tmp_path: Path) -> None:
    made = Maker()
    coming = made.deed("CONSULT", "RUS/GOV|AZE/GOV", day="2025-08-01", told="2025-06-01", modality="future")
    never = made.deed("CONSULT", "RUS/GOV|AZE/GOV", day="2025-03-01", told="2025-02-01", modality="future")
    near = made.deed("CONSULT", f"{PUTIN}|{ALIYEV}", day="2025-03-03")
    made.deed("AGREE", "RUS/GOV|AZE/GOV", day="2025-03-02")
    found = ask(made, tmp_path)
    assert [(c.deed.deed_id, c.days) for c in found.next] == [(coming, 32)]
    assert [(c.deed.deed_id, c.perhaps) for c in found.never_came] == [(never, (near,))]


def test_a_day_in_the_past_knows_no_later_report(tmp_path: Path) -> None:
    made = Maker()
    old = made.deed("CONSULT", "RUS/GOV|AZE/GOV", day="2025-01-10")
    made.deed("CONSULT", "RUS/GOV|AZE/GOV", day="2025-02-10", told="2025-03-01")
    assert last(ask(made, tmp_path, date(2025, 2, 20)))["meeting"] == old


def test_a_small_region_stands_for_its_states_and_says_so(tmp_path: Path) -> None:
    made = Maker()
    summit = made.deed("CONSULT", f"{PUTIN}|REG-CentralAsia", day="2025-01-10")
    made.deed("CONSULT", f"{PUTIN}|REG-Africa", day="2025-02-10")
    found = ask(made, tmp_path, b="KAZ")
    assert [(c.kind, c.via, c.deed.deed_id) for c in found.last] == [("meeting in a group", "REG-CentralAsia", summit)]


@pytest.mark.parametrize(("role", "rank"), [
    ("president", "leader"), ("crown prince and prime minister", "leader"), ("former president", "official"),
    ("vice president", "official"),
    ("foreign minister", "minister"), ("minister of state for foreign affairs", "minister"), ("deputy foreign minister", "official"),
    ("secretary of state", "minister"), ("adviser to the president", "official"), ("wife of the president", "official"), ("pastor", None)])
def test_ranks_of_roles(role: str, rank: str | None) -> None:
    assert rank_role(role) == rank


def test_an_office_has_its_days() -> None:
    biden = read_party("USA/GOV:Joe Biden")
    assert rank_person(biden, date(2022, 1, 1), {}) == "leader"
    assert rank_person(biden, date(2019, 1, 1), {}) == "official"
    assert rank_person(read_party("FRA/GOV:Nobody Known"), DAY, {("FRA", "Nobody Known"): ["trade minister"]}) == "minister"


def test_of_the_dispatches(demo_ledger: Ledger) -> None:
    found = find_contacts(demo_ledger, "RUS", "AZE", date(2025, 11, 30))
    kinds = {contact.kind: contact for contact in found.last}
    assert kinds["meeting of leaders"].deed.start == date(2025, 10, 9)
    assert kinds["meeting of leaders"].days == 52
    assert kinds["call of leaders"].deed.start == date(2025, 10, 7)
    assert kinds["conflict in deeds"].deed.quad == 4


def test_the_command(demo_place: str) -> None:
    asked = ["contacts", "rus", "aze", "--as-of", "2025-11-30", "--ledger", demo_place]
    shown = CliRunner().invoke(main, asked)
    assert shown.exit_code == 0 and "RUS – AZE as of 2025-11-30" in shown.output and "52 days ago" in shown.output
    answer = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).output)
    assert answer["last"][0]["deed"]["evidence"]
    assert CliRunner().invoke(main, ["contacts", "RUS", "rus", "--ledger", demo_place]).exit_code == 2
