"""Judgements: rows with who and when, applied by every view."""
from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from appender import add_demo
from click.testing import CliRunner, Result

from rawabit.cli import main
from rawabit.gold import make_reading, read_gold
from rawabit.ledger import Ledger
from rawabit.model import Document, LedgerError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of some bundled reports."""
    ledger = tmp_path_factory.mktemp("made") / "ledger"
    add_demo(str(ledger), 8, 8)
    return ledger


def review(place: str, *arguments: str, by: str | None = "eve") -> Result:
    """`rawabit review …`."""
    judging = arguments[0] in ("accept", "reject", "correct", "undo") and by
    return CliRunner().invoke(main, ["review", *arguments, "--ledger", place, *(["--by", by or ""] if judging else [])])


def rows(place: str, sql: str, **clocks: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Ledger(place, **clocks).query(sql).to_pylist()
    return found


def event(place: str, event_id: str, **clocks: Any) -> dict[str, Any]:
    return rows(place, f"SELECT * FROM tellings WHERE event_id = '{event_id}'", **clocks)[0]


@pytest.fixture
def told(place: str) -> dict[str, Any]:
    """A telling between two states, in a deed that others tell too."""
    return rows(place, "SELECT t.* FROM tellings t JOIN deeds d USING (deed_id) WHERE len(t.codes) = 2 AND d.tellings > 1 "
                       "AND NOT list_contains(t.codes, 'UNK') ORDER BY t.event_id LIMIT 1")[0]


def test_reject_and_undo(place: str, told: dict[str, Any]) -> None:
    name, deed = told["event_id"], told["deed_id"]
    count = f"SELECT tellings FROM deeds WHERE deed_id = '{deed}'"
    dyads = f"SELECT * FROM dyads WHERE event_id = '{name}'"
    before = rows(place, count)[0]["tellings"]
    assert review(place, "reject", name, "--note", "not a deed").exit_code == 0
    assert rows(place, count)[0]["tellings"] == before - 1
    assert rows(place, f"SELECT * FROM events WHERE event_id = '{name}'") == rows(place, dyads) == []
    assert review(place, "undo", name).exit_code == 0
    assert rows(place, count)[0]["tellings"] == before
    assert event(place, name) == told
    assert len(rows(place, dyads)) == 1
    assert "nobody has judged" in review(place, "undo", name).output


def test_a_deed_with_no_telling_left_is_gone(place: str) -> None:
    alone = rows(place, "SELECT event_id, deed_id FROM deeds WHERE tellings = 1 ORDER BY deed_id")[0]
    review(place, "reject", alone["event_id"])
    assert not rows(place, f"SELECT 1 FROM deeds WHERE deed_id = '{alone['deed_id']}'")


def test_correction_reaches_every_view(place: str, told: dict[str, Any]) -> None:
    name = told["event_id"]
    made = review(place, "correct", name, "type=ASSAULT", "mode=aerial", "actors=YEM/REB:Houthis, IRN/MIL", "recipients=[\"SAU/GOV\"]",
                  "start=2020-02-03", "country=SAU", "place=")
    assert made.exit_code == 0, made.output
    new = event(place, name)
    assert (new["type"], new["mode"], new["quad"], new["score"], new["cameo"]) == ("ASSAULT", "aerial", 4, -9.5, "195")
    assert (new["actors"], new["recipients"], new["codes"]) == (["YEM/REB:Houthis", "IRN/MIL"], ["SAU/GOV"], ["IRN", "SAU", "YEM"])
    assert (str(new["start"]), str(new["end"]), new["precision"], new["dated"]) == ("2020-02-03", "2020-02-03", "day", True)
    assert (new["place"], new["country"], new["judgement"]) == (None, "SAU", "correct")
    assert {name: new[name] for name in ("evidence", "deed_id", "published", "modality")} == {
        name: told[name] for name in ("evidence", "deed_id", "published", "modality")}
    dyads = rows(place, f"SELECT * FROM dyads WHERE event_id = '{name}' ORDER BY pair")
    assert [(row["pair"], str(row["day"]), row["type"], row["deed_id"]) for row in dyads] == [
        (pair, "2020-02-03", "ASSAULT", told["deed_id"]) for pair in ("IRN|SAU", "IRN|YEM", "SAU|YEM")]
    assert name in Ledger(place).events(between=("IRN", "SAU"))["event_id"].to_pylist()
    assert "type" in rows(place, f"SELECT differs FROM deeds WHERE deed_id = '{told['deed_id']}'")[0]["differs"]


def test_a_later_correction_adds_and_accepting_keeps_it(place: str, told: dict[str, Any]) -> None:
    name = told["event_id"]
    review(place, "correct", name, "modality=future")
    review(place, "correct", name, "country=RUS", by="ann")
    review(place, "accept", name, by="bob")
    new = event(place, name)
    assert (new["modality"], new["country"], new["judgement"]) == ("future", "RUS", "accept")
    listed = [json.loads(line) for line in review(place, "list", "--format", "jsonl").output.splitlines()]
    assert [(row["reviewer"], row["judgement"], row["holds"]) for row in listed] == [
        ("bob", "accept", True), ("ann", "correct", False), ("eve", "correct", False)]
    review(place, "correct", name, "modality=actual", by="ann")
    assert event(place, name)["country"] == "RUS"
    review(place, "undo", name, by="ann")
    assert event(place, name) == told


def test_as_it_was_before_the_judgement(place: str, told: dict[str, Any]) -> None:
    name = told["event_id"]
    moment = datetime.now(UTC)
    time.sleep(0.01)
    review(place, "reject", name)
    assert event(place, name, recorded_by=moment) == told
    assert rows(place, "SELECT * FROM reviews", recorded_by=moment) == []
    assert event(place, name, as_of=moment) == told
    assert rows(place, f"SELECT * FROM events WHERE event_id = '{name}'") == []


def test_other_kinds_of_record(place: str) -> None:
    statement = rows(place, "SELECT * FROM statements ORDER BY statement_id LIMIT 1")[0]
    assert review(place, "correct", statement["statement_id"], "speaker=UKR/MIL", "about=RUS, IGO-UN", "stance=negative",
                  "quoted=true").exit_code == 0
    new = rows(place, f"SELECT * FROM statements WHERE statement_id = '{statement['statement_id']}'")[0]
    assert (new["speaker_code"], new["about"], new["stance"], new["quoted"]) == ("UKR", ["RUS", "IGO-UN"], "negative", True)
    figure = rows(place, "SELECT * FROM figures ORDER BY figure_id LIMIT 1")[0]
    assert review(place, "correct", figure["figure_id"], "value=12.5", "unit=percent", "partner=").exit_code == 0
    new = rows(place, f"SELECT * FROM figures WHERE figure_id = '{figure['figure_id']}'")[0]
    assert (new["value"], new["unit"], new["partner"]) == (12.5, "percent", None)


def test_evidence_is_found_in_the_report(place: str, told: dict[str, Any]) -> None:
    words = told["evidence"].split()[0]
    assert review(place, "correct", told["event_id"], f"evidence={words}").exit_code == 0
    new = event(place, told["event_id"])
    doc = rows(place, f"SELECT title || chr(10) || text AS content FROM documents WHERE document_id = '{told['document_id']}'")[0]
    assert new["evidence"] == words == doc["content"][new["evidence_start"]:new["evidence_end"]]


@pytest.mark.parametrize("pair, message", [
    ("typ=AID", "no column 'typ' of events can be corrected. Choose of same_as, type, mode"),
    ("quad=3", "no column 'quad'"), ("event_id=x", "no column 'event_id'"), ("type", "is no correction. Write column=value"),
    ("type=MEET", "'MEET' is no type. Choose of AGREE"), ("type=", "type cannot be empty"), ("modality=maybe", "is no modality"),
    ("mode=unheard", "is no mode of"), ("actors=Russia", "is no actor"), ("actors=RUS/XXX", "is no sector"), ("actors=", "needs an actor"),
    ("actors=[1]", "no JSON list of strings"), ("start=2020-13-01", "is no value of start"), ("country=Oman", "is no code"),
    ("evidence=no such words", "Copy evidence letter for letter"), ("same_as=nowhere", "no telling"),
])
def test_what_the_codebook_does_not_allow(place: str, told: dict[str, Any], pair: str, message: str) -> None:
    refused = review(place, "correct", told["event_id"], pair)
    assert refused.exit_code == 1
    assert message in refused.output
    assert rows(place, "SELECT * FROM reviews") == []


def test_days_in_the_wrong_order(place: str, told: dict[str, Any]) -> None:
    assert "comes after end" in review(place, "correct", told["event_id"], "start=2020-02-02", "end=2020-01-01").output


def test_what_is_no_record(place: str, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no record 'nope'" in review(place, "accept", "nope").output
    assert f"{told['deed_id']} is a deed" in review(place, "reject", told["deed_id"]).output
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "USER", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert "Give a name with --by" in review(place, "accept", told["event_id"], by=None).output
    monkeypatch.setenv("USER", "zoe")
    assert review(place, "accept", told["event_id"], by=None).exit_code == 0
    assert rows(place, "SELECT reviewer FROM reviews") == [{"reviewer": "zoe"}]


def test_next_comes_to_an_end(place: str) -> None:
    seen = set()
    while "all ties are judged" not in (shown := review(place, "next", "--kind", "ties").output):
        name = shown.split()[1]
        assert name not in seen
        seen.add(name)
        review(place, "accept", name)
    assert len(seen) == rows(place, "SELECT count(*) AS n FROM ties")[0]["n"]
    undated = {row["event_id"] for row in rows(place, "SELECT event_id FROM events WHERE start IS NULL")}
    assert review(place, "next").output.split()[1] in undated


def test_export_is_gold(place: str, told: dict[str, Any], tmp_path: Path) -> None:
    report = told["document_id"]
    wrong = rows(place, f"SELECT event_id, number FROM events WHERE document_id = '{report}' AND event_id <> '{told['event_id']}' "
                        "ORDER BY event_id LIMIT 1")[0]
    review(place, "correct", told["event_id"], "modality=hypothetical")
    review(place, "reject", wrong["event_id"])
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    assert review(place, "export", "-o", str(gold), "--texts", str(texts), "--whole").exit_code == 0
    assert not gold.exists()
    review(place, "accept", report)
    assert review(place, "export", "-o", str(gold), "--texts", str(texts), "--whole").exit_code == 0
    (path,) = gold.iterdir()
    written = read_gold(path)
    assert json.loads(path.read_bytes())["review"] == {"records_not_judged": 0}
    text = json.loads((texts / path.name).read_bytes())
    reading = make_reading(written, Document(text["id"], text["title"], text["text"]))
    assert wrong["number"] not in {e.id for e in reading.events}
    assert next(e.modality for e in reading.events if e.id == told["number"]) == "hypothetical"
    assert len(reading.events) == rows(place, f"SELECT count(*) AS n FROM events WHERE document_id = '{report}'")[0]["n"]


def test_no_ledger(tmp_path: Path) -> None:
    assert "Make one with `rawabit add" in review(str(tmp_path / "none"), "next").output
    with pytest.raises(LedgerError):
        Ledger(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()
