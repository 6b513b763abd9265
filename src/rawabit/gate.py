"""Holds readings to floors: scores them against the gold of the project, set by set, and says what fell.

Order of work: find the reports of each set, read them, score, compare with `gate.json`. A set whose reports are not at hand is skipped by
name, never scored in part. Refuses to lower a floor unasked: `raised` only lifts.
"""
from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

from rawabit.demo import read_dispatches
from rawabit.gold import Gold, GoldError, make_reading, read_gold, read_written
from rawabit.lexicon.load import known_languages
from rawabit.measure import Count, Score
from rawabit.model import Document
from rawabit.reader import read_document

SLACK = 0.005
"""How far a value may lie under its floor: values are rounded to three places, and one record in 200 may go either way."""
Floors = dict[str, dict[str, float]]


class Row(msgspec.Struct, frozen=True):
    """One measure of one set."""

    group: str
    measure: str
    count: Count
    floor: float | None

    @property
    def value(self) -> float:
        return round(self.count.f1, 3)

    @property
    def fell(self) -> bool:
        return self.floor is not None and self.value < self.floor - SLACK


class Result(msgspec.Struct):
    """What the gate found: a row for each measure, and what was left out and why."""

    rows: list[Row] = []
    notes: list[str] = []

    @property
    def fallen(self) -> list[Row]:
        return [row for row in self.rows if row.fell]


def run_gate(folder: Path, floors: Floors, corpus: Path | None) -> Result:
    """Scores every set (a subfolder of `folder`). `corpus`: JSON Lines with the reports that gold names but does not hold."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    written = {path.name: [pair for file in sorted(path.glob("*.jsonl")) for pair in read_written(file)] for path in folders}
    sets = {
        path.name: [*(read_gold(file) for file in sorted(path.glob("*.json"))), *(gold for gold, _ in written[path.name])]
        for path in folders
    }
    if not sets:
        raise GoldError(f"{folder}: no folder with gold readings in it. Name one with --gold.")
    docs = {doc.id: doc for doc in (*read_dispatches(), *(doc for pairs in written.values() for _, doc in pairs))}
    docs.update(_read_corpus(corpus, {gold.document.id for golds in sets.values() for gold in golds} - docs.keys()))
    result = Result()
    for name, golds in sets.items():
        score = _score(name, golds, docs, result.notes)
        pinned = floors.get(name, {})
        if score is None:
            continue
        result.rows += [Row(name, measure, count, pinned.get(measure)) for measure, count in score.counts.items() if count.gold]
        result.notes += [f"{name}: the floor of {measure!r} has no measure" for measure in pinned.keys() - score.counts.keys()]
    result.notes += [f"{name}: has floors but no gold in {folder}" for name in floors.keys() - sets.keys()]
    return result


def _score(name: str, golds: list[Gold], docs: dict[str, Document], notes: list[str]) -> Score | None:
    """The score of one set; None, with a note, if reports are missing."""
    missing = sum(gold.document.id not in docs for gold in golds)
    if missing or not golds:
        notes.append(f"{name}: skipped, {missing} of {len(golds)} reports are not at hand. Name the file that holds them with --corpus.")
        return None
    score, others = Score(), 0
    for gold in golds:
        doc = docs[gold.document.id]
        if doc.language not in known_languages():
            others += 1
            continue
        score.add(make_reading(gold, doc), read_document(doc))
    notes.append(f"{name}: {score.reports} reports read" + (f", {others} in a language without lexicon left out" if others else ""))
    return score


def _read_corpus(path: Path | None, wanted: set[str]) -> Iterator[tuple[str, Document]]:
    if path is None or not path.exists() or not wanted:
        return
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if msgspec.json.decode(line, type=_Name).id in wanted:
                doc = msgspec.json.decode(line, type=Document)
                yield doc.id, doc


class _Name(msgspec.Struct):
    id: str


def read_floors(path: Path) -> Floors:
    """The floors of a file; none where there is no file."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors) if path.exists() else {}
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {error}. A floors file is {{set: {{measure: floor}}}}.") from error


def raised(floors: Floors, rows: list[Row], lower: bool = False) -> Floors:
    """The floors lifted to the values; also lowered where `lower` is asked for."""
    out = {name: dict(pinned) for name, pinned in floors.items()}
    for row in rows:
        own = out.setdefault(row.group, {})
        own[row.measure] = row.value if lower else max(row.value, own.get(row.measure, 0.0))
    return out


def write_floors(path: Path, floors: Floors) -> None:
    """Writes the floors, one a line."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(floors), indent=1) + b"\n")
