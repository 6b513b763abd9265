"""The gate: gold of both forms, the measures of the codebook, floors that only rise."""
from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from rawabit.cli import main
from rawabit.codebook import to_codebook
from rawabit.demo import read_dispatches
from rawabit.gate import Row, raised, run_gate
from rawabit.gold import Gold, GoldDocument, GoldError, find_faults, find_hash, make_reading, read_gold, read_written
from rawabit.measure import DEEDS, MENTION, PARTIES, PERSON, RECORDS, STATEMENT, Count, Score, match
from rawabit.model import Actor, Document, Reading, Span
from rawabit.reader import read_document

ROOT = Path(__file__).parents[1]
SCORER = ROOT.parent / "shared/score.py"
DOCS = {doc.id: doc for doc in read_dispatches()}
ID = "demo-rus-aze-01"


def gold_of(doc_id: str) -> Reading:
    return make_reading(read_gold(ROOT / f"gold/demo/{doc_id}.json"), DOCS[doc_id])


def score(gold: Reading, got: Reading) -> dict[str, Count]:
    held = Score()
    held.add(gold, got)
    return held.counts


# ---- gold ----------------------------------------------------------------------------------------------------------------------


def test_all_gold_keeps_to_the_codebook() -> None:
    files = sorted((ROOT / "gold").glob("*/*.json"))
    assert files and all(read_gold(path).document.id == path.stem for path in files)


def test_written_gold_holds_words_of_its_own_reports() -> None:
    pairs = [pair for path in sorted((ROOT / "gold").glob("*/*.jsonl")) for pair in read_written(path)]
    assert len({doc.id for _, doc in pairs}) == len(pairs) > 400
    assert all(make_reading(gold, doc).document.id == gold.document.id for gold, doc in pairs)
    assert sum(not gold.events for gold, _ in pairs) > 50, "reports that tell of no deed are as needful"


def test_a_fault_in_written_gold_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "faulty.jsonl"
    good = {"document": {"id": "a", "title": "", "text": "…"}, "events": []}
    path.write_text("\n".join(json.dumps(line) for line in (good, {**good, "events": 1})), "utf-8")
    with pytest.raises(GoldError, match=r"faulty\.jsonl, line 2: "):
        read_written(path)


def test_gold_of_reports_of_others_holds_no_text() -> None:
    for path in sorted((ROOT / "gold/ant").glob("*.json")):
        text = path.read_text("utf-8")
        assert not any(c.isalpha() and c > "\u024f" for c in text), f"{path.name}: words of the report"
        raw = json.loads(text)
        assert set(raw["document"]) == {"id", "sha256"} and len(raw["document"]["sha256"]) == 64
        proofs = [record[key] for kind in ("people", "events", "statements", "figures", "ties") for record in raw[kind]
                  for key in ("name", "trigger", "evidence", "text") if key in record]
        assert all(set(proof) == {"start", "end"} for proof in proofs), path.name


def test_words_and_offsets_give_the_same_reading() -> None:
    doc = DOCS[ID]
    words = read_gold(ROOT / f"gold/demo/{ID}.json")
    reading = make_reading(words, doc)
    raw = to_codebook(reading)
    for kind, key in (("events", "trigger"), ("events", "evidence"), ("statements", "text"), ("figures", "evidence"), ("ties", "evidence")):
        for record in raw[kind]:
            del record[key]["text"]
    for person, record in zip(reading.people, raw["people"], strict=True):
        record["name"] = {"start": person.name.start, "end": person.name.end}
    raw["document"]["sha256"] = find_hash(doc)
    assert make_reading(msgspec.convert(raw, Gold), doc) == reading


def test_a_trigger_is_looked_for_in_its_evidence() -> None:
    doc = Document("d", "a meets b", "c said that a meets d", None, "ar", None)
    event = {"id": "e1", "type": "CONSULT", "modality": "actual", "actors": ["RUS"], "trigger": "meets", "evidence": "a meets d"}
    reading = make_reading(msgspec.convert({"document": {"id": "d"}, "events": [event]}, Gold), doc)
    assert reading.events[0].trigger == Span(24, 29) and reading.surface(Span(24, 29)) == "meets"


def test_another_edition_is_refused() -> None:
    gold = Gold(GoldDocument(ID, "0" * 64))
    with pytest.raises(GoldError, match="another edition"):
        make_reading(gold, DOCS[ID])


@pytest.mark.parametrize(("changes", "fault"), [
    ({"type": "WAVE"}, "WAVE"), ({"actors": []}, "no actor"), ({"actors": ["Russia"]}, "Russia"), ({"same_as": "e9"}, "e9"),
])
def test_faults_are_named(changes: dict[str, Any], fault: str) -> None:
    event = {"id": "e1", "type": "CONSULT", "modality": "actual", "actors": ["RUS"], "trigger": "a", "evidence": "a", **changes}
    (found,) = find_faults(msgspec.convert({"document": {"id": "d"}, "events": [event]}, Gold))
    assert fault in found


def test_words_that_are_not_there_are_named() -> None:
    event = {"id": "e1", "type": "CONSULT", "modality": "actual", "actors": ["RUS"], "trigger": "nowhere", "evidence": "nowhere"}
    with pytest.raises(GoldError, match="nowhere"):
        make_reading(msgspec.convert({"document": {"id": ID}, "events": [event]}, Gold), DOCS[ID])


# ---- measures ------------------------------------------------------------------------------------------------------------------


def test_gold_agrees_with_itself() -> None:
    for doc_id in ("demo-rus-aze-01", "demo-cas-05", "demo-sau-can-01"):
        counts = score(gold_of(doc_id), gold_of(doc_id))
        assert {count.f1 for count in counts.values() if count.gold} == {1.0}


def test_an_empty_reading_finds_nothing() -> None:
    gold = gold_of(ID)
    counts = score(gold, Reading(gold.document))
    assert counts[DEEDS].gold and not any(count.hits for count in counts.values())


def test_a_wrong_party_costs_the_deed_but_not_the_mention() -> None:
    gold = gold_of(ID)
    wrong = tuple(msgspec.structs.replace(e, actors=(Actor("AUS"), Actor("NZL")), recipients=()) for e in gold.events)
    counts = score(gold, msgspec.structs.replace(gold, events=wrong))
    assert counts[DEEDS].hits == counts[PARTIES].hits == 0 < counts[MENTION].hits
    assert counts[PERSON].f1 == counts[STATEMENT].f1 == 1.0


def test_half_a_statement_is_the_statement_and_less_is_not() -> None:
    gold = gold_of(ID)
    said = gold.statements[0]
    half = Span(said.text.start, said.text.start + (said.text.end - said.text.start + 1) // 2)
    less = Span(half.start, half.end - 2)

    def hits(span: Span) -> int:
        return score(gold, Reading(gold.document, statements=(msgspec.structs.replace(said, text=span),)))[STATEMENT].hits

    assert (hits(half), hits(less)) == (1, 0)


def test_each_record_matches_once_the_most_alike_first() -> None:
    assert match([1.0, 2.0], [2.1, 1.9], lambda a, b: 1 / (1 + abs(a - b))) in ([(2.0, 2.1), (1.0, 1.9)], [(2.0, 1.9), (1.0, 2.1)])
    assert match([1.0], [1.0, 1.0], lambda a, b: 1.0) == [(1.0, 1.0)] and match([1.0], [2.0], lambda a, b: 0.0) == []


@pytest.mark.skipif(not SCORER.exists(), reason="the codebook's scorer is not at hand")
def test_measures_are_those_of_the_codebook() -> None:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    docs = [doc for doc in DOCS.values() if doc.language == "ar"]
    held = Score()
    for doc in docs:
        held.add(gold_of(doc.id), read_document(doc))
    theirs, _ = scorer.score(
        {doc.id: scorer.Doc({"id": doc.id, "title": doc.title, "text": doc.text}) for doc in docs},
        {doc.id: to_codebook(gold_of(doc.id)) for doc in docs}, {doc.id: to_codebook(read_document(doc)) for doc in docs}, True)
    names = ("who-did-what (document)", "who-did-what (document, lenient)", "event mention", "event mention + parties",
             "domestic event mention", "statement", "figure", "tie", "person")
    for ours, name in zip(RECORDS, names, strict=True):
        count, row = held.counts[ours], theirs["records"][name]
        assert (count.gold, count.got) == (row["gold"], row["pred"]), name
        assert (count.precision, count.recall, count.f1) == pytest.approx((row["P"], row["R"], row["F1"]), abs=0.0006), name
    for name, row in theirs["attributes of matched events"].items():
        assert (round(held.counts[name].f1, 3), held.counts[name].gold) == (row["accuracy"], row["n"]), name


# ---- floors --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    """A set of two bundled reports, and one whose report is in a corpus."""
    for doc_id in (ID, "demo-cas-05"):
        target = tmp_path / f"gold/small/{doc_id}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / f"gold/demo/{doc_id}.json").read_bytes())
    text = json.dumps({"document": {"id": "far", "sha256": find_hash(FAR)}, "events": []})
    (tmp_path / "gold/far").mkdir()
    (tmp_path / "gold/far/far.json").write_text(text)
    return tmp_path / "gold"


FAR = Document("far", DOCS[ID].title, DOCS[ID].text, "outlet", "ar", DOCS[ID].published)
Gate = Callable[..., Result]


@pytest.fixture
def gate(gold_folder: Path) -> Gate:
    fixed = ("gate", "--gold", str(gold_folder), "--corpus", str(gold_folder / "corpus.jsonl.gz"))
    return lambda *args: CliRunner().invoke(main, [*fixed, *args])


def floors_of(folder: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads((folder / "gate.json").read_text())
    return found


def test_without_floors_the_gate_is_open(gate: Gate, gold_folder: Path) -> None:
    result = gate()
    assert result.exit_code == 0 and DEEDS in result.stdout and not (gold_folder / "gate.json").exists()


def test_a_set_without_its_reports_is_skipped_by_name(gate: Gate) -> None:
    result = gate()
    assert "far: skipped, 1 of 1 reports are not at hand" in result.stderr and "far" not in result.stdout


def test_a_set_may_hold_its_own_reports(gate: Gate, gold_folder: Path) -> None:
    doc = {"id": "own", "title": "", "text": FAR.text, "language": "ar", "published": "2025-10-09"}
    gold = msgspec.to_builtins(read_gold(ROOT / f"gold/demo/{ID}.json"))
    (gold_folder / "own").mkdir()
    (gold_folder / "own/ar.jsonl").write_text(json.dumps({**gold, "document": doc, "events": [], "statements": [], "people": []}), "utf-8")
    assert "own: 1 reports read" in gate().stderr


def test_reports_are_taken_from_the_corpus(gate: Gate, gold_folder: Path) -> None:
    with gzip.open(gold_folder / "corpus.jsonl.gz", "wb") as file:
        file.write(msgspec.json.encode(FAR) + b"\n")
    assert "far: 1 reports read" in gate().stderr
    result = run_gate(gold_folder, {}, gold_folder / "corpus.jsonl.gz")
    assert {row.group for row in result.rows} == {"small"}, "measures with nothing in the gold have no row"


def test_raise_pins_and_then_holds(gate: Gate, gold_folder: Path) -> None:
    assert gate("--raise").exit_code == 0
    pinned = floors_of(gold_folder)
    assert pinned["small"][PERSON] > 0.5
    assert gate().exit_code == 0
    pinned["small"][PERSON] = 1.01
    (gold_folder / "gate.json").write_text(json.dumps(pinned))
    shut = gate()
    assert shut.exit_code == 1 and f"small {PERSON}" in shut.stderr and "fell" in shut.stdout


def test_raise_lowers_nothing_and_lower_does(gate: Gate, gold_folder: Path) -> None:
    (gold_folder / "gate.json").write_text(json.dumps({"small": {PERSON: 1.01, DEEDS: 0.0}, "gone": {DEEDS: 0.5}}))
    assert gate("--raise").exit_code == 1
    pinned = floors_of(gold_folder)
    assert pinned["small"][PERSON] == 1.01 and pinned["small"][DEEDS] > 0 and pinned["gone"] == {DEEDS: 0.5}
    assert gate("--lower").exit_code == 0 and floors_of(gold_folder)["small"][PERSON] <= 1.0


def test_slack() -> None:
    def row(floor: float) -> Row:
        return Row("set", DEEDS, Count(50, 100, 100), floor)

    assert not row(0.505).fell and row(0.506).fell
    assert raised({"set": {DEEDS: 0.505}}, [row(0.505)]) == {"set": {DEEDS: 0.505}}


def test_broken_floors_and_no_gold_are_wrong_usage(gate: Gate, gold_folder: Path, tmp_path: Path) -> None:
    (gold_folder / "gate.json").write_text("[]")
    assert gate().exit_code == 2
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(main, ["gate", "--gold", str(tmp_path / "empty")]).exit_code == 2
