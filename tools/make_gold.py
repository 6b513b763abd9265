"""Turns readings whose evidence is words into the form that may be given away: offsets and codes, never the text.

    python tools/make_gold.py GOLD_DIR TEXT_DIR [-o gold/ant] [--corpus ../shared/corpus/ant-dev.jsonl.gz]

GOLD_DIR holds readings in the codebook's form as ID.json, TEXT_DIR the reports as ID.json. Written are the readings that the codebook
allows and whose report stands in the corpus, word for word; every other one is named with the reason. Names, places and roles stay in
English; a reading in which they are not English is left out. A file in the target that has no reading in GOLD_DIR stays.
"""
from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import msgspec

from rawabit.gold import Gold, GoldError, find_faults, find_hash, make_reading
from rawabit.model import Document, Reading, Span

KEYS = {
    "people": ("name", "english", "code", "sector", "role"),
    "events": ("id", "type", "mode", "modality", "actors", "recipients", "start", "end", "place", "country", "attribution", "same_as",
               "trigger", "evidence"),
    "statements": ("speaker", "quoted", "about", "stance", "text"),
    "figures": ("measure", "subject", "partner", "value", "unit", "bound", "period", "attribution", "evidence"),
    "ties": ("relation", "subject", "object", "start", "end", "modality", "evidence"),
}
PROOFS = ("name", "trigger", "evidence", "text")


def read_ids(corpus: Path) -> dict[str, str]:
    """Report id → SHA-256 of its content."""
    with gzip.open(corpus) as lines:
        docs = (msgspec.json.decode(line, type=Document) for line in lines)
        return {doc.id: find_hash(doc) for doc in docs}


def make_row(kind: str, row: dict[str, Any], record: Any) -> dict[str, Any]:
    """One record with its proofs as offsets. Raises GoldError where another value is not English."""
    out: dict[str, Any] = {}
    for key in KEYS[kind]:
        value = row.get(key)
        if key in PROOFS:
            span: Span = getattr(record, key)
            out[key] = {"start": span.start, "end": span.end}
            continue
        if any(c.isalpha() and c > "\u024f" for c in json.dumps(value, ensure_ascii=False)):
            raise GoldError(f"{kind}: {key} {value!r} is not English")
        out[key] = value
    return out


def make_free(raw: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The whole reading without the text."""
    doc = reading.document
    rows = {kind: [make_row(kind, *pair) for pair in zip(raw.get(kind, []), getattr(reading, kind), strict=True)] for kind in KEYS}
    return {"document": {"id": doc.id, "sha256": find_hash(doc)}, **rows}


def convert(path: Path, texts: Path, known: dict[str, str]) -> dict[str, Any]:
    """The text-free form of one reading. Raises GoldError with the reason why there is none."""
    if path.stem not in known:
        raise GoldError("not in the corpus")
    raw = json.loads(path.read_text("utf-8"))
    gold = msgspec.convert(raw, Gold)
    doc = msgspec.json.decode((texts / path.name).read_bytes(), type=Document)
    if known[path.stem] != find_hash(doc):
        raise GoldError("the report is not the one of the corpus")
    faults = list(find_faults(gold))
    if faults:
        raise GoldError("; ".join(faults))
    return make_free(raw, make_reading(gold, doc))


def render(free: dict[str, Any]) -> str:
    """JSON with one record a line, so that a diff is one line a record."""
    parts = [f' "document": {json.dumps(free["document"])}']
    for kind in KEYS:
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in free[kind])
        parts.append(f' "{kind}": [\n{rows}\n ]' if rows else f' "{kind}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("gold/ant"))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus/ant-dev.jsonl.gz"))
    options = parser.parse_args()
    known = read_ids(options.corpus)
    options.output.mkdir(parents=True, exist_ok=True)
    written = 0
    for path in sorted(options.gold.glob("*.json")):
        try:
            free = convert(path, options.texts, known)
        except (GoldError, msgspec.ValidationError, FileNotFoundError) as error:
            print(f"{path.stem}: left out, {error}")
            continue
        (options.output / path.name).write_text(render(free), "utf-8")
        written += 1
    print(f"{written} readings written to {options.output}")


if __name__ == "__main__":
    main()
