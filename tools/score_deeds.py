"""Holds the deeds of a ledger against pairs of tellings judged by hand: which pairs are of one deed there?

    python tools/score_deeds.py --ledger DIR [--pairs gold/deed_pairs.jsonl] [GOLD_DIR …]

Pairs across reports: ids that the source gave to two reports, and offsets of two triggers. GOLD_DIR holds gold readings, whose `same_as`
links are pairs within a report. A pair counts where the reader found both tellings; the others are counted as not found.
"""
from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from rawabit.gold import GoldError, make_reading, read_gold
from rawabit.ledger import Ledger
from rawabit.model import Document

Place = tuple[str, int, int]
"""Given id of a report, first and last offset of a trigger."""
Pair = tuple[Place, Place, bool]


class Joined:
    """Which deed each telling of a ledger belongs to."""

    def __init__(self, ledger: Ledger) -> None:
        self._tellings: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.documents: dict[str, Document] = {}
        for row in ledger.query("SELECT given_id, title, text FROM documents").to_pylist():
            self.documents[row["given_id"]] = Document(row["given_id"], row["title"], row["text"])
        sql = "SELECT given_id, trigger_start, trigger_end, deed_id FROM tellings JOIN documents USING (document_id) ORDER BY event_id"
        for row in ledger.query(sql).to_pylist():
            self._tellings[row["given_id"]].append((row["trigger_start"], row["trigger_end"], row["deed_id"]))

    def find(self, place: Place) -> str | None:
        """The deed of the telling whose trigger overlaps a place."""
        name, start, end = place
        return next((deed for first, last, deed in self._tellings.get(name, ()) if first < end and start < last), None)


def read_pairs(path: Path) -> Iterator[Pair]:
    """Pairs across reports."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield tuple(row["a"]), tuple(row["b"]), row["same"]


def find_links(gold_dir: Path, documents: dict[str, Document]) -> Iterator[Pair]:
    """All pairs of gold events within each report that the ledger has."""
    for path in sorted(gold_dir.glob("*.json")):
        doc = documents.get(path.stem)
        try:
            events = make_reading(read_gold(path), doc).events if doc else ()
        except GoldError as error:
            print(error)
            continue
        first = {event.id: event.same_as or event.id for event in events}
        deeds = {event.id: first.get(first[event.id], first[event.id]) for event in events}
        for a, b in combinations(events, 2):
            yield ((doc.id, a.trigger.start, a.trigger.end), (doc.id, b.trigger.start, b.trigger.end), deeds[a.id] == deeds[b.id])


def score(name: str, pairs: Iterable[Pair], joined: Joined) -> None:
    """Prints precision, recall and F1 of 'one deed'."""
    right = told = true = lost = 0
    for a, b, same in pairs:
        first, second = joined.find(a), joined.find(b)
        if first is None or second is None:
            lost += 1
            continue
        true += same
        told += first == second
        right += same and first == second
    f1 = 2 * right / max(1, true + told)
    print(f"{name}: P {right / max(1, told):.3f} R {right / max(1, true):.3f} F1 {f1:.3f} ({true} of one deed; {lost} pairs not found)")


def main() -> None:
    """Scores a ledger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--pairs", type=Path, default=Path("gold/deed_pairs.jsonl"))
    args = parser.parse_args()
    joined = Joined(Ledger(args.ledger))
    score("across reports", read_pairs(args.pairs), joined)
    for folder in args.gold:
        score(f"within a report, {folder.name}", find_links(folder, joined.documents), joined)


if __name__ == "__main__":
    main()
