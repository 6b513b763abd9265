"""Learns the weights of `rawabit.record.judge` from reports read by hand.

    python tools/learn_judgement.py -o src/rawabit/lexicon/ar/judgement.json GOLD_DIR DOC_DIR [GOLD_DIR DOC_DIR ...]
        [--written gold/written/ar.jsonl] [--held FILE]

GOLD_DIR holds readings in the codebook's form as ID.json, DOC_DIR the reports as ID.json; a file of --written holds both. Every reading of
every trigger is one case: right when a gold event of that type and those parties (country codes) overlaps its sentence; of events within
one country the type is enough. (Calling it right when the deed is told anywhere in the report cost 0.02 of F1.) The threshold is the
steadiest by the F1 of who-did-what over folds of documents. Prints the cross-validated F1.
"""
from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import msgspec
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rawabit.gold import Gold, make_reading, read_gold, read_written
from rawabit.measure import Key, find_codes, is_interstate, name_deed
from rawabit.model import Document, Event, Span
from rawabit.reader import read_document
from rawabit.record import judge as judging
from rawabit.record import report
from rawabit.record.judge import Reading

FOLDS = 8
AROUND = 8
"""Steps of 0.05 on each side of a threshold that are weighed with it."""
LOST = 0.01
"""Share of the events found that may be lost to an early end of the weighing."""


class Recorder(judging.Judge):
    """Keeps every reading of every trigger."""

    seen: ClassVar[list[list[Reading]]] = []

    def hopeless(self, weight: int) -> bool:
        return False

    def _most(self, way: tuple[str, bool]) -> int:
        return 1_000_000

    def choose(self, drafts: list[Reading]) -> Reading | None:
        if drafts:
            Recorder.seen.append(drafts)
        return super().choose(drafts)


def cases(gold_dir: Path, doc_dir: Path, held: set[str]) -> list[dict[str, Any]]:
    """One dict for each document: its triggers' readings with labels, and the gold keys."""
    paths = [path for path in sorted(gold_dir.glob("*.json")) if path.stem not in held and (doc_dir / path.name).exists()]
    return make_cases([(read_gold(path), msgspec.json.decode((doc_dir / path.name).read_bytes(), type=Document)) for path in paths])


def make_cases(pairs: Sequence[tuple[Gold, Document]]) -> list[dict[str, Any]]:
    """One dict for each gold reading and its report."""
    out = []
    report.judge.cache_clear()
    with patch.object(report, "Judge", Recorder):
        for gold, doc in pairs:
            Recorder.seen = []
            read_document(doc)
            out.append(label(make_reading(gold, doc).events, Recorder.seen))
    report.judge.cache_clear()
    return out


def label(gold: Sequence[Event], triggers: list[list[Reading]]) -> dict[str, Any]:
    """The readings of each trigger as (marks, right, deed or None within one country, number of the trigger's own marks)."""
    deeds = [(event.evidence, name_deed(event.type, find_codes(event.actors), find_codes(event.recipients))) for event in gold]
    between = {deed for _, deed in deeds if is_interstate(deed[1] | deed[2])}
    rows = []
    for drafts in triggers:
        group = []
        for reading in drafts:
            draft, kind = reading.draft, reading.draft.frame.type
            name: Key | None = name_deed(kind, find_codes(reading.actors), find_codes(reading.recipients))
            here = [deed for span, deed in deeds if deed[0] == kind and span.overlaps(Span(draft.sentence.start, draft.sentence.end))]
            if name is not None and is_interstate(name[1] | name[2]):
                right = name in here
            else:
                right, name = any(not is_interstate(deed[1] | deed[2]) for deed in here), None
            rest = reading.marks() if reading.joint is not None else []
            own = draft.marks()
            group.append(([*own, *rest], right, name, len(own) if reading.joint is not None else -1))
        rows.append(group)
    return {"triggers": rows, "gold": between, "domestic": sum(not is_interstate(deed[1] | deed[2]) for _, deed in deeds)}


class Cases:
    """All readings of some documents as a sparse matrix of marks; `group` says which trigger each belongs to."""

    def __init__(self, docs: list[dict[str, Any]], minimum: int) -> None:
        count = Counter(name for doc in docs for group in doc["triggers"] for row in group for name in set(row[0]))
        self.index = {name: n for n, name in enumerate(sorted(k for k, v in count.items() if v >= minimum))}
        columns: list[int] = []
        ends, self.groups, group_of, right = [0], 0, [], []
        for doc in docs:
            for group in doc["triggers"]:
                for names, is_right, *_ in group:
                    columns += sorted({self.index[n] for n in names if n in self.index})
                    ends.append(len(columns))
                    group_of.append(self.groups)
                    right.append(is_right)
                self.groups += 1
        self.matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(right), len(self.index)))
        self.group, self.right = np.array(group_of), np.array(right, bool)
        self.answered = np.zeros(self.groups, bool)
        self.answered[self.group[self.right]] = True


def fit(docs: list[dict[str, Any]], strength: float, minimum: int) -> dict[str, float]:
    """Weights of a choice among a trigger's readings and «none» (whose sum is 0): multinomial likelihood, L2 penalty `strength`."""
    cases = Cases(docs, minimum)
    matrix, transposed, group = cases.matrix, cases.matrix.T.tocsr(), cases.group

    def loss(weights: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        scores = matrix @ weights
        top = np.zeros(cases.groups)
        np.maximum.at(top, group, scores)
        raised, none = np.exp(scores - top[group]), np.exp(-top)
        total = none + np.bincount(group, raised, cases.groups)
        good = np.where(cases.answered, np.bincount(group, raised * cases.right, cases.groups), none)
        value = -(np.log(good) - np.log(total)).sum() + strength * float(weights @ weights) / 2
        chosen = np.where(cases.right, raised / np.where(cases.answered, good, 1)[group], 0.0)
        return value, transposed @ (raised / total[group] - chosen) + strength * weights

    result = minimize(loss, np.zeros(len(cases.index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(result.x[n]), 3) for name, n in cases.index.items() if abs(result.x[n]) >= 0.003}


Scored = list[tuple[float, Any, bool]]
"""For each trigger its best reading: the score, the deed between states that it names (None: within one), whether it is right."""


def predicted(doc: dict[str, Any], weights: dict[str, float]) -> Scored:
    """The best reading of each trigger with its score."""
    scored = [[(sum(weights.get(m, 0.0) for m in names), name, right) for names, right, name, _ in group] for group in doc["triggers"]]
    return [max(group, key=lambda row: row[0]) for group in scored]


def f1_domestic(docs: list[tuple[dict[str, Any], Scored]], threshold: float) -> float:
    """F1 of the tellings of deeds within one country."""
    told = [right for _, scored in docs for score, name, right in scored if name is None and score > threshold]
    true = sum(int(doc["domestic"]) for doc, _ in docs)
    return 2 * sum(told) / max(1, len(told) + true)


def f1(docs: list[tuple[dict[str, Any], Scored]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of deeds between countries, each once a document."""
    hit = said = true = 0
    for doc, scored in docs:
        names = {name for score, name, _ in scored if name is not None and score > threshold}
        hit += len(names & doc["gold"])
        said += len(names)
        true += len(doc["gold"])
    precision, recall = hit / max(1, said), hit / max(1, true)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def steadiest(score: Callable[[float], float]) -> tuple[float, float]:
    """(score, threshold) where the mean score of the thresholds around it is best: a lone peak is chance."""
    steps = [t / 20 for t in range(-60, 41)]
    scores = [score(t) for t in steps]
    around = [float(np.mean(scores[max(0, n - AROUND) : n + AROUND + 1])) for n in range(len(steps))]
    best = int(np.argmax(around))
    return scores[best], steps[best]


def least_weight(docs: list[dict[str, Any]], weights: dict[str, float], threshold: float, domestic: float) -> float:
    """The weight of a trigger, its parties aside, below which only LOST of the chosen ones lie."""
    chosen = []
    for doc in docs:
        for group in doc["triggers"]:
            best = max(group, key=lambda row: sum(weights.get(m, 0.0) for m in row[0]))
            total, own = (sum(weights.get(m, 0.0) for m in marks) for marks in (best[0], best[0][: best[3]]))
            if best[3] >= 0 and total > (domestic if best[2] is None else threshold):
                chosen.append(own)
    return float(np.quantile(chosen, LOST)) if chosen else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("-o", required=True, type=Path)
    parser.add_argument("--written", type=Path, nargs="*", default=[])
    parser.add_argument("--held", type=Path)
    parser.add_argument("--strength", type=float, default=15.0)
    parser.add_argument("--minimum", type=int, default=3)
    options = parser.parse_args()
    held = set(options.held.read_text().split()) if options.held else set()
    docs = [c for g, d in zip(options.pairs[::2], options.pairs[1::2], strict=True) for c in cases(Path(g), Path(d), held)]
    docs += make_cases([pair for path in options.written for pair in read_written(path)])
    random.Random(1).shuffle(docs)
    folded = []
    for fold in range(FOLDS):
        weights = fit([d for n, d in enumerate(docs) if n % FOLDS != fold], options.strength, options.minimum)
        folded += [(d, predicted(d, weights)) for n, d in enumerate(docs) if n % FOLDS == fold]
    best = steadiest(lambda t: f1(folded, t)[2])
    print(f"{len(docs)} documents, {sum(len(d['triggers']) for d in docs)} triggers, {sum(len(d['gold']) for d in docs)} deeds")
    within = steadiest(lambda t: f1_domestic(folded, t))
    precision, recall, score = f1(folded, best[1])
    print(f"cross-validated who-did-what: P {precision:.3f} R {recall:.3f} F1 {score:.3f} at threshold {best[1]:.2f}")
    print(f"cross-validated deeds within one country: F1 {within[0]:.3f} at threshold {within[1]:.2f}")
    ceiling = sum(len({row[2] for g in d["triggers"] for row in g} & d["gold"]) for d in docs) / sum(len(d["gold"]) for d in docs)
    print(f"recall with a perfect judge: {ceiling:.3f}")
    weights = fit(docs, options.strength, options.minimum)
    least = round(least_weight(docs, weights, best[1], within[1]), 3)
    learned = {"threshold": best[1], "domestic": within[1], "least": least, "weights": weights}
    options.o.write_text(json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
