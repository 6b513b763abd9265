"""Deeds in the forms of other event data sets: flat coding, dyads on request, empty columns."""
from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from rawabit.cli import main
from rawabit.ledger import Ledger
from rawabit.ledger.exchange.columns import GDELT1, GDELT2, ICEWS, PLOVER, POLECAT
from rawabit.ledger.exchange.export import write_export
from rawabit.ledger.exchange.vocabulary import find_cameo, find_quad, load_cameo
from rawabit.ledger.filters import Filters
from rawabit.model import LedgerError

MakeLedger = Callable[..., Ledger]
TALKS = {"type": "CONSULT", "actors": ("RUS/GOV:Vladimir Putin", "AZE/GOV", "TUR/GOV"), "place": "Dushanbe", "country": "TJK"}
PLAN = {"type": "CONSULT", "mode": "visit", "modality": "future", "actors": ("CHN/GOV",), "recipients": ("KAZ/GOV",),
        "day": date(2018, 12, 1), "published": date(2018, 9, 3), "cameo": "042"}


def write(ledger: Ledger, form: str, **options: Any) -> str:
    file = io.BytesIO()
    write_export(ledger, form, file, **options)
    return file.getvalue().decode()


def rows(text: str) -> list[dict[str, str]]:
    head, *lines = (line.split("\t") for line in text.removesuffix("\n").split("\n"))
    assert all(len(line) == len(head) for line in lines)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_column_lists_have_the_documented_lengths() -> None:
    assert [len(set(columns)) for columns in (POLECAT, ICEWS, GDELT1, GDELT2)] == [40, 20, 58, 61]
    assert GDELT2[26] == "EventCode" and GDELT2[53] == "ActionGeo_CountryCode" and GDELT1[-1] == GDELT2[-1] == "SOURCEURL"


def test_polecat_joins_the_parties_and_leaves_the_unknown_empty(make_ledger: MakeLedger) -> None:
    text = write(make_ledger(TALKS), "polecat")
    row, = rows(text)
    assert tuple(text.split("\n")[0].split("\t")) == POLECAT
    assert row["Actor Country"] == "RUS; AZE; TUR" and row["Actor Name"] == "Vladimir Putin; Azerbaijan; Turkey"
    assert (row["Event Date"], row["Quad Code"], row["Placename"], row["Country"]) == (
        "2018-09-01", "VERBAL COOPERATION", "Dushanbe", "TJK")
    assert row["Story People"] == "Some Person" and row["Source"] == "Outlet"
    assert not any(row[name] for name in ("Actor COW", "Wikipedia Actor ID", "City", "Latitude", "GeoNames ID", "Story Organizations"))


@pytest.mark.parametrize(("was", "becomes", "cameo"), [
    ("CONSULT", "AGREE", "036"), ("SUPPORT", "AGREE", "032"), ("COOPERATE", "AGREE", "031"), ("AID", "AGREE", "033"),
    ("RETREAT", "CONCEDE", "035"), ("CONCEDE", "CONCEDE", "035")])
def test_what_is_planned_is_coded_as_its_announcement(make_ledger: MakeLedger, was: str, becomes: str, cameo: str) -> None:
    ledger = make_ledger({**PLAN, "type": was})
    row, = rows(write(ledger, "polecat"))
    assert (row["Event Type"], row["Event Mode"], row["Event Date"], row["Contexts"]) == (becomes, "", "2018-09-03", "diplomatic")
    record = json.loads(write(ledger, "plover"))
    assert (record["event"], record["was"], record["date"], record["quad_code"]) == ([becomes], was, "2018-09-03", 1)
    icews, = rows(write(ledger, "icews", dyads=True))
    assert (icews["CAMEO Code"], icews["Event Text"]) == (cameo, find_cameo(cameo)[1])


def test_a_planned_attack_stays_one_and_says_that_it_is_future(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({**PLAN, "type": "ASSAULT", "mode": None, "quad": 4})
    row, = rows(write(ledger, "polecat"))
    assert (row["Event Type"], row["Contexts"], row["Event Date"]) == ("ASSAULT", "diplomatic; future", "2018-12-01")
    assert rows(write(ledger, "icews", dyads=True)) == []


@pytest.mark.parametrize(("modality", "context"), [("negated", "negation"), ("hypothetical", "hypothetical")])
def test_what_did_not_happen_is_left_out_unless_asked_for(make_ledger: MakeLedger, modality: str, context: str) -> None:
    ledger = make_ledger({**TALKS, "modality": modality})
    assert rows(write(ledger, "polecat")) == [] and write(ledger, "plover") == ""
    row, = rows(write(ledger, "polecat", filters=Filters(modality=modality)))
    assert row["Contexts"] == f"diplomatic; {context}"
    with pytest.raises(LedgerError, match="plover, polecat or parquet"):
        write(ledger, "icews", dyads=True, filters=Filters(modality=modality))


def test_icews_wants_dyads(make_ledger: MakeLedger) -> None:
    ledger = make_ledger(TALKS)
    with pytest.raises(LedgerError, match="Add --dyads"):
        write(ledger, "icews")
    found = rows(write(ledger, "icews", dyads=True))
    assert len(found) == 6 and len({row["Event ID"] for row in found}) == 6
    assert {(row["Source Country"], row["Target Country"]) for row in found} >= {
        ("Russian Federation", "Azerbaijan"), ("Azerbaijan", "Russian Federation")}
    assert {row["CAMEO Code"] for row in found} == {"040"} and {row["Intensity"] for row in found} == {""}
    assert {row["Source Sectors"] for row in found} == {"Government"}


def test_two_who_act_against_a_third_are_no_dyad(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({"type": "ACCUSE", "actors": ("USA/GOV", "GBR/GOV"), "recipients": ("RUS/GOV",), "quad": 3, "cameo": "11"})
    found = rows(write(ledger, "polecat", dyads=True))
    assert [(row["Actor Country"], row["Recipient Country"]) for row in found] == [("USA", "RUS"), ("GBR", "RUS")]


def test_a_month_is_no_day(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({**TALKS, "day": date(2018, 9, 1), "end": date(2018, 9, 30), "precision": "month"})
    assert rows(write(ledger, "polecat"))[0]["Event Date"] == ""
    assert rows(write(ledger, "icews", dyads=True)) == []
    record = json.loads(write(ledger, "plover"))
    assert (record["date"], record["enddate"]) == ("2018-09-01", "2018-09-30")


def test_plover_has_its_keys_and_the_body_behind_a_code(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({"type": "SUPPORT", "actors": ("IGO-UN:Security Council",), "recipients": ("LBN/PTY:Hezbollah",), "day": None})
    record = json.loads(write(ledger, "plover"))
    assert set(record) <= {*PLOVER, "was", "modality"} and {"id", "date", "actor", "event"} <= set(record)
    assert record["date"] is None
    assert record["actor"] == [{"code": "IGO", "identifier_text": "UN Security Council"}]
    assert record["recipient"] == [{"code": "LBN", "sector": "PTY", "identifier_text": "Hezbollah"}]
    assert record["cite_info"] == {"publication": "Outlet", "url": "http://o.example/0", "language": "ar"}


def test_tabs_of_a_value_do_not_break_a_row(make_ledger: MakeLedger) -> None:
    found = rows(write(make_ledger({**TALKS, "place": "a\tb\nc"}), "polecat"))
    assert found[0]["Placename"] == "a b c"


def test_parquet_keeps_every_column_and_modality(make_ledger: MakeLedger, tmp_path: Path) -> None:
    ledger = make_ledger(TALKS, {**TALKS, "modality": "negated", "day": date(2019, 1, 1), "actors": ("FRA", "DEU")}, PLAN)
    for dyads, count in ((False, 3), (True, 6 + 2 + 1)):
        with (tmp_path / "x.parquet").open("wb") as file:
            write_export(ledger, "parquet", file, dyads=dyads)
        table = pq.read_table(tmp_path / "x.parquet")
        assert table.num_rows == count
        assert set(ledger.deeds().column_names) == set(table.column_names) - {"actor", "recipient"}
    assert set(table["modality"].to_pylist()) == {"actual", "negated", "future"}


def test_the_command_filters_and_tells_what_it_left_out(make_ledger: MakeLedger) -> None:
    ledger = make_ledger(TALKS, PLAN, {**TALKS, "modality": "negated", "day": date(2019, 1, 1), "actors": ("FRA", "DEU")})
    run = CliRunner().invoke(main, ["export", "--to", "polecat", "--ledger", ledger.location, "--between", "CHN", "KAZ"])
    assert run.exit_code == 0 and [row["Actor Country"] for row in rows(run.stdout)] == ["CHN"]
    run = CliRunner().invoke(main, ["export", "--to", "polecat", "--ledger", ledger.location, "--tellings"])
    assert len(rows(run.stdout)) == 2 and "1 left out: negated (give --modality negated for these)" in run.stderr
    run = CliRunner().invoke(main, ["export", "--to", "icews", "--ledger", ledger.location])
    assert run.exit_code == 1 and "Add --dyads" in run.stderr
    run = CliRunner().invoke(main, ["export", "--to", "polecat", "--ledger", ledger.location, "--type", "DANCE"])
    assert run.exit_code == 2


def test_cameo_codes_are_strings_with_types_of_plover() -> None:
    assert find_cameo("010") == (None, "Make statement") and find_cameo("40") == (None, "")
    assert find_cameo("04")[0] == "CONSULT" and find_cameo("0841")[0] == "RETREAT" and find_cameo("163")[0] == "SANCTION"
    assert {len(code) for code in load_cameo()} == {3, 4}
    assert all(find_quad(kind) for kind, _ in load_cameo().values() if kind)
    assert all(kind for code, (kind, _) in load_cameo().items() if code[:2] not in ("01", "02"))


@pytest.mark.parametrize(("last", "day"), [("2018-09-03", "2018-09-01"), ("2018-09-07", "2018-09-01"), ("2018-09-08", ""),
                                           ("2020-12-31", "")])
def test_a_stretch_of_more_than_a_week_is_no_day(make_ledger: MakeLedger, last: str, day: str) -> None:
    ledger = make_ledger({**TALKS, "precision": "range", "end": date.fromisoformat(last)})
    row, = rows(write(ledger, "polecat"))
    assert row["Event Date"] == day
    assert {line["Event Date"] for line in rows(write(ledger, "icews", dyads=True))} == ({day} if day else set())
    record = json.loads(write(ledger, "plover"))
    assert (record["date"], record["enddate"]) == ("2018-09-01", last)


def test_a_party_that_is_not_known_stays_empty(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({"type": "ASSAULT", "actors": ("UNK/REB", "UNK"), "recipients": ("SYR/GOV",), "quad": 4})
    row, = rows(write(ledger, "polecat"))
    assert (row["Actor Name"], row["Actor Country"], row["Actor Sectors"], row["Recipient Country"]) == ("", "", "REB", "SYR")
    lines = rows(write(ledger, "icews", dyads=True))
    assert [(line["Source Name"], line["Source Country"], line["Target Name"]) for line in lines] == [("", "", "Syria")] * 2
