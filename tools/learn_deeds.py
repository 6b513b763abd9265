"""Learns how tellings of one deed are told apart from tellings of two: the weights of `rawabit.ledger.deeds.judge`.

    python tools/learn_deeds.py -o src/rawabit/ledger/deeds/weights.json --pairs gold/deed_pairs.jsonl --corpus CORPUS GOLD_DIR DOC_DIR …

Across reports: pairs judged by hand (offsets of two triggers in two reports of the corpus). Within a report: the `same_as` links of gold
readings (GOLD_DIR holds ID.json in the codebook's form, DOC_DIR the reports as ID.json); an event that the reader finds stands for the gold
event whose trigger it overlaps. Where no folder is given, the weights within a report stay those of the output file.
Prints the F1 of pairs, cross-validated over reports. `gold/deed_pairs_held.jsonl` is never learned from.
"""
from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from rawabit.gold import make_reading, read_gold
from rawabit.ledger.deeds.compare import compare
from rawabit.ledger.deeds.judge import Judge, Weights
from rawabit.ledger.deeds.telling import Telling, make_telling
from rawabit.ledger.gist import load_rarity
from rawabit.ledger.rows import Origin, Rows
from rawabit.model import Document, Reading
from rawabit.reader import read_document
from rawabit.source import Defaults, Sourced, read_paths
from rawabit.source.outcome import utc_now

STRENGTH = 0.5
"""Inverse of the penalty on large weights (scikit-learn's C); 0.1 to 3 differ by less than 0.01 in F1."""
FOLDS = 10
Case = tuple[dict[str, float], bool, str]
"""Marks, whether it is one deed, and the report that the pair is counted with when folds are made."""


def make_tellings(doc: Document) -> tuple[Reading, list[Telling]]:
    """What the reader finds in a report."""
    reading = read_document(doc)
    rows = Rows("")
    rows.add_reading(reading, Origin("", "", utc_now()))
    tables = rows.tables()
    report = tables["documents"].to_pylist()[0]
    rarity = load_rarity(reading.document.language or "")
    return reading, [make_telling(row, report["document_id"], report["gist"], rarity) for row in tables["events"].to_pylist()]


def find_within(gold_dir: Path, doc_dir: Path) -> Iterator[Case]:
    """Pairs of tellings in one report, of one type family or with the same parties."""
    for path in sorted(gold_dir.glob("*.json")):
        doc = msgspec.json.decode((doc_dir / path.name).read_bytes(), type=Document)
        gold = make_reading(read_gold(path), doc).events
        deed = {event.id: event.same_as or event.id for event in gold}
        deed = {key: deed.get(value, value) for key, value in deed.items()}
        reading, tellings = make_tellings(doc)
        found = [(telling, next((deed[g.id] for g in gold if g.trigger.overlaps(event.trigger)), None))
                 for event, telling in zip(reading.events, tellings, strict=True)]
        for (a, first), (b, second) in combinations([pair for pair in found if pair[1] is not None], 2):
            yield compare(a, b), first == second, doc.id


def find_across(pairs: list[dict[str, Any]], docs: dict[str, Document]) -> Iterator[Case]:
    """Pairs of tellings in two reports that were judged by hand; those whose events the reader does not find are left out."""
    known = {name: make_tellings(doc)[1] for name, doc in sorted(docs.items())}
    for pair in pairs:
        a, b = (_find(known.get(pair[side][0], []), pair[side][1], pair[side][2]) for side in "ab")
        if a is not None and b is not None:
            yield compare(a, b), pair["same"], pair["a"][0]


def _find(tellings: list[Telling], start: int, end: int) -> Telling | None:
    return next((t for t in tellings if t.span[0] < end and start < t.span[1]), None)


def read_corpus(corpus: str, names: set[str]) -> dict[str, Document]:
    """The reports of a corpus that are named."""
    items = (item for item in read_paths([corpus], Defaults()) if isinstance(item, Sourced))
    return {item.document.id: item.document for item in items if item.document.id in names}


def learn(name: str, cases: list[Case]) -> tuple[Weights, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The weights, and the cross-validated probabilities with their labels."""
    vectorizer = DictVectorizer()
    marks = vectorizer.fit_transform([case[0] for case in cases])
    labels = np.array([case[1] for case in cases])
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    odds = cross_val_predict(model, marks, labels, groups=[case[2] for case in cases], cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    model.fit(marks, labels)
    weights = {str(mark): round(float(w), 3) for mark, w in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)}
    print(f"{name}: {len(cases)} pairs, {labels.sum()} of one deed")
    return Weights(round(float(model.intercept_[0]), 3), weights), odds, labels


def show(odds: np.ndarray[Any, Any], labels: np.ndarray[Any, Any]) -> None:
    """Precision, recall and F1 of pairs at some thresholds."""
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        right = int(((odds >= threshold) & labels).sum())
        told = int((odds >= threshold).sum())
        precision, recall, both = right / max(1, told), right / labels.sum(), 2 * right / (told + labels.sum())
        print(f"  threshold {threshold}: P {precision:.3f} R {recall:.3f} F1 {both:.3f}")


def main() -> None:
    """Learns and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", help="GOLD_DIR DOC_DIR …")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    pairs = [json.loads(line) for line in args.pairs.read_text("utf-8").splitlines()]
    docs = read_corpus(args.corpus, {pair[side][0] for pair in pairs for side in "ab"})
    across, odds, labels = learn("across reports", list(find_across(pairs, docs)))
    show(odds, labels)
    if args.gold:
        folders = zip(args.gold[::2], args.gold[1::2], strict=True)
        within, odds, labels = learn("within a report", [case for pair in folders for case in find_within(*map(Path, pair))])
        show(odds, labels)
    else:
        within = msgspec.json.decode(args.output.read_bytes(), type=Judge).within
    args.output.write_bytes(msgspec.json.format(msgspec.json.encode(Judge(across, within, args.threshold)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
