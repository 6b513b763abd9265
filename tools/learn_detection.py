"""Learns the weights of `rawabit.record.detect` from sentences that people judged.

    python tools/learn_detection.py -o src/rawabit/lexicon/ar/detection.json --corpus CORPUS.jsonl.gz ASSAULT=FILE.csv PROTEST=FILE.csv

FILE.csv has the columns text, label (yes, easy no, difficult no, ambiguous), accept and total (coders). A log-linear model over marks,
stems and hashed character n-grams, with a ridge; where `SETTINGS` says so, a sentence counts as told by the share of coders who accepted
it. A stem's weight comes from what it shares with others: the model sees a sentence as the mean of its stems' vectors (positive pointwise
mutual information in CORPUS, unlabelled reports, reduced to 50 dimensions), and the weights of these dimensions are folded back into one
weight for each stem. The threshold is set on held-out scores. Prints F1 of yes against both kinds of no: over ten folds by hash of the
text, for each of five ways to fold, with the threshold of each fold chosen on the others; and trained and tested on the same rows, which
says little. Run it again when the lexicon or the grammar has changed: the marks are theirs.
"""
from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

from rawabit.lexicon.load import Lexicon, load_lexicon
from rawabit.record.detect import BUCKETS, UNIT, Features, Weights, find_features, light_stem, root

Floats = NDArray[np.float64]
FOLDS, SEEDS = 10, range(5)
DIMENSIONS, WINDOW = 50, 5
COMMON = 20
"""Times a stem must stand in the corpus to get a weight."""
INTERCEPT = 4.0
"""Prior variance of the intercept."""


class Settings(msgspec.Struct, frozen=True):
    """Chosen by cross-validation (F1 with the threshold of each fold chosen on the others), of some hundred tried.

    `ridge`: prior variance of a block's weights; `share`: exponent of the share of coders who accepted, 0 for the label alone;
    `stems`, `grams`: weights of these blocks against that of the marks; `minimum`: sentences that a mark or n-gram must stand in.
    """

    ridge: float
    share: float
    stems: float
    grams: float
    minimum: int


SETTINGS = {
    "ASSAULT": Settings(ridge=1.0, share=0.7, stems=1.0, grams=0.0, minimum=5),
    "PROTEST": Settings(ridge=1.0, share=0.0, stems=0.0, grams=1.0, minimum=2),
}
"""ASSAULT: n-grams add 0.00 to F1 held out and 0.03 on the own rows. PROTEST: they add 0.04 held out, the stems 0.00."""


class Rows(msgspec.Struct, frozen=True):
    """The sentences of one type."""

    texts: list[str]
    told: NDArray[np.bool_]
    clear: NDArray[np.bool_]
    share: Floats
    features: list[Features]


def read_rows(path: Path, kind: str, lexicon: Lexicon) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Rows(
        [r["text"] for r in rows], np.array([r["label"] == "yes" for r in rows]), np.array([r["label"] != "ambiguous" for r in rows]),
        np.array([int(r["accept"]) / int(r["total"]) for r in rows]), [find_features(r["text"], kind, lexicon) for r in rows])


# ---- the blocks of the model ---------------------------------------------------------------------------------------------------


def make_block(docs: list[frozenset[Any]], inverse: bool, minimum: int) -> tuple[csr_matrix, list[Any], Floats]:
    """Rows of features divided by the root of their number; names; and what a weight is multiplied by to be used on plain counts."""
    counts = Counter(name for doc in docs for name in doc)
    names = sorted(name for name, count in counts.items() if count >= minimum)
    place = {name: n for n, name in enumerate(names)}
    value = np.array([np.log((1 + len(docs)) / (1 + counts[n])) + 1 if inverse else 1.0 for n in names])
    row = [i for i, doc in enumerate(docs) for name in doc if name in place]
    column = [place[name] for doc in docs for name in doc if name in place]
    data = [value[place[name]] / root(len(doc)) for doc in docs for name in doc if name in place]
    block = csr_matrix((data, (row, column)), shape=(len(docs), len(names)))
    scale = 1 / np.sqrt(block.multiply(block).sum(axis=1)).mean()
    return block * scale, names, value * scale


def make_vectors(corpus: Path, rows: list[Rows], lexicon: Lexicon) -> dict[str, Floats]:
    """A unit vector for each stem that is common in the corpus."""
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        reports = [json.loads(line) for line in file]
    texts = [f"{r['title']} . {r['text']}" for r in reports] + [text for r in rows for text in r.texts]
    words = ([lexicon.word(found.group()) for found in lexicon.token.finditer(text)] for text in texts)
    docs = [[light_stem(word) for word in own if word.norm[:1].isalpha()] for own in words]
    counts = Counter(stem for doc in docs for stem in doc)
    stems = sorted(stem for stem, count in counts.items() if count >= COMMON)
    place = {stem: n for n, stem in enumerate(stems)}
    pairs = _count_pairs([np.array([place.get(stem, -1) for stem in doc]) for doc in docs], len(stems))
    left, scale, _ = randomized_svd(_mutual(pairs), DIMENSIONS, random_state=0, n_iter=4)
    vectors = left * np.sqrt(scale)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return dict(zip(stems, vectors, strict=True))


def _count_pairs(docs: list[NDArray[np.int64]], count: int) -> coo_matrix:
    """How often two stems stand within the window of each other."""
    left, right = [], []
    for doc in docs:
        for gap in range(1, WINDOW + 1):
            first, second = doc[:-gap], doc[gap:]
            both = (first >= 0) & (second >= 0)
            left.append(first[both])
            right.append(second[both])
    rows, columns = np.concatenate(left), np.concatenate(right)
    half = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count)).tocsr()
    return (half + half.T).tocoo()


def _mutual(pairs: coo_matrix) -> csr_matrix:
    """Positive pointwise mutual information; contexts smoothed by the power 0.75, as in word2vec."""
    total = np.asarray(pairs.sum(axis=1)).ravel()
    smooth = total**0.75
    value = np.log(pairs.data * smooth.sum() / (total[pairs.row] * smooth[pairs.col]))
    keep = value > 0
    return coo_matrix((value[keep], (pairs.row[keep], pairs.col[keep])), shape=pairs.shape).tocsr()


def mean_vectors(rows: Rows, vectors: dict[str, Floats]) -> tuple[Floats, float]:
    """Each sentence's mean vector, and what it was multiplied by to have the length 1 on average."""
    none = np.zeros(DIMENSIONS)
    means = np.array([sum((vectors.get(s, none) for s in f.stems), none) / (len(f.stems) + 1) for f in rows.features])
    scale = 1 / float(np.sqrt((means * means).sum(axis=1).mean()))
    return means * scale, scale


class Design:
    """The three blocks of one type, their kernel, and the way back from a fit to weights."""

    def __init__(self, rows: Rows, vectors: dict[str, Floats], settings: Settings) -> None:
        self.vectors, self.settings = vectors, settings
        self.marks = make_block([f.marks for f in rows.features], False, settings.minimum)
        self.grams = make_block([f.grams for f in rows.features], True, settings.minimum)
        means, self.scale = mean_vectors(rows, vectors)
        self.centre = means.mean(axis=0)
        self.means = means - self.centre
        self.kernel = INTERCEPT + settings.stems * self.means @ self.means.T
        for weight, block in ((1.0, self.marks[0]), (settings.grams, self.grams[0])):
            self.kernel = self.kernel + weight * np.asarray((block @ block.T).todense())

    def weights(self, alpha: Floats, threshold: float) -> Weights:
        """The fit as weights on plain features."""
        direction = self.settings.stems * self.means.T @ alpha
        bias = INTERCEPT * float(alpha.sum()) - float(direction @ self.centre) - threshold
        return Weights(round(bias, 4), self._marks(alpha), self._stems(direction), self._grams(alpha))

    def _marks(self, alpha: Floats) -> dict[str, float]:
        block, names, scale = self.marks
        values = np.asarray(block.T @ alpha).ravel() * scale
        return {name: value for name, w in zip(names, values, strict=True) if (value := round(float(w), 3))}

    def _stems(self, direction: Floats) -> dict[str, float]:
        if not self.settings.stems:
            return {}
        values = {stem: round(float(direction @ vector) * self.scale, 2) for stem, vector in self.vectors.items()}
        return {stem: value for stem, value in values.items() if value}

    def _grams(self, alpha: Floats) -> list[int]:
        if not self.settings.grams:
            return []
        block, buckets, scale = self.grams
        out = [0] * BUCKETS
        for bucket, value in zip(buckets, np.asarray(block.T @ alpha).ravel() * scale * self.settings.grams, strict=True):
            out[bucket] = round(float(value) / UNIT)
        return out


# ---- fit and measure -----------------------------------------------------------------------------------------------------------


def fit(kernel: Floats, target: Floats, ridge: float) -> Floats:
    """Coefficients of the rows in a ridge-penalised logistic fit to targets between 0 and 1, by reweighted least squares."""
    kernel = kernel.astype(np.float32)
    count = len(target)
    scores = np.zeros(count)
    alpha = np.zeros(count)
    for _ in range(15):
        chance = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        curve = np.maximum(chance * (1 - chance), 1e-6)
        slack = np.sqrt(curve * ridge).astype(np.float32)
        matrix = kernel * slack[:, None] * slack[None, :]
        matrix.flat[:: count + 1] += 1
        solved = cho_solve(cho_factor(matrix, lower=True, overwrite_a=True), slack * (scores + (target - chance) / curve))
        alpha = (slack * solved).astype(np.float64)
        new = np.asarray(kernel @ alpha, float)
        if np.abs(new - scores).max() < 1e-2:
            break
        scores = new
    return alpha


def f1(told: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    return float(2 * (told & said).sum() / max(1, told.sum() + said.sum()))


def best_threshold(told: NDArray[np.bool_], scores: Floats) -> float:
    """The middle of the thresholds whose F1 is within 0.01 of the best."""
    order = np.argsort(-scores, kind="stable")
    values = 2 * np.cumsum(told[order]) / (np.arange(1, len(told) + 1) + told.sum())
    return float(np.median(scores[order][values > values.max() - 0.01]))


def fold_of(text: str, seed: int) -> int:
    return int(hashlib.md5(f"{seed}:{text}".encode()).hexdigest(), 16) % FOLDS


def targets(rows: Rows, settings: Settings) -> tuple[Floats, NDArray[np.bool_]]:
    """What the model is fitted to, and the rows it is fitted on."""
    if not settings.share:
        return rows.told.astype(float), rows.clear
    return rows.share**settings.share, np.ones(len(rows.texts), bool)


def held_out(rows: Rows, design: Design, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """The score of every row by a model that has not seen its fold, and the folds."""
    target, use = targets(rows, design.settings)
    folds = np.array([fold_of(text, seed) for text in rows.texts])
    scores = np.zeros(len(folds))
    for fold in range(FOLDS):
        train, test = np.where((folds != fold) & use)[0], np.where(folds == fold)[0]
        scores[test] = design.kernel[np.ix_(test, train)] @ fit(design.kernel[np.ix_(train, train)], target[train], design.settings.ridge)
    return scores, folds


def nested_f1(rows: Rows, scores: Floats, folds: NDArray[np.int64]) -> float:
    """F1 with the threshold of each fold chosen on the others."""
    said = np.zeros(len(folds), bool)
    for fold in range(FOLDS):
        other = rows.clear & (folds != fold)
        said[folds == fold] = scores[folds == fold] > best_threshold(rows.told[other], scores[other])
    return f1(rows.told[rows.clear], said[rows.clear])


def learn(kind: str, rows: Rows, vectors: dict[str, Floats]) -> Weights:
    """The weights of one type; prints what cross-validation says of them."""
    design = Design(rows, vectors, SETTINGS[kind])
    runs = [held_out(rows, design, seed) for seed in SEEDS]
    clear = rows.clear
    honest = [nested_f1(rows, *run) for run in runs]
    threshold = best_threshold(np.tile(rows.told[clear], len(runs)), np.concatenate([scores[clear] for scores, _ in runs]))
    fixed = [f1(rows.told[clear], scores[clear] > threshold) for scores, _ in runs]
    print(f"{kind}: {clear.sum()} sentences, {rows.told.sum()} yes; ten folds, five ways")
    print(f"  threshold chosen without the fold: F1 {np.mean(honest):.3f} ({min(honest):.3f} to {max(honest):.3f})")
    print(f"  one threshold for all folds:       F1 {np.mean(fixed):.3f} ({min(fixed):.3f} to {max(fixed):.3f})")
    target, use = targets(rows, SETTINGS[kind])
    alpha = np.zeros(len(use))
    alpha[use] = fit(design.kernel[np.ix_(use, use)], target[use], SETTINGS[kind].ridge)
    own = design.kernel @ alpha
    print(f"  trained and tested on the same:    F1 {f1(rows.told[clear], own[clear] > threshold):.3f}")
    return design.weights(alpha, threshold)


def _lines(learned: dict[str, dict[str, Any]]) -> str:
    """The models as JSON, one line for each block of weights."""
    def show(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    models = [f"{show(kind)}:{{\n" + ",\n".join(f"{show(k)}:{show(v)}" for k, v in model.items()) + "}" for kind, model in learned.items()]
    return "{" + ",\n".join(models) + "}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="TYPE=FILE.csv")
    parser.add_argument("-o", required=True, type=Path)
    parser.add_argument("--corpus", required=True, type=Path)
    options = parser.parse_args()
    lexicon = load_lexicon("ar")
    rows = {kind: read_rows(Path(path), kind, lexicon) for kind, _, path in (f.partition("=") for f in options.files)}
    vectors = make_vectors(options.corpus, list(rows.values()), lexicon)
    learned = {kind: msgspec.to_builtins(learn(kind, own, vectors)) for kind, own in rows.items()}
    options.o.write_text(_lines(learned), "utf-8")
    print(f"{options.o}: {options.o.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
