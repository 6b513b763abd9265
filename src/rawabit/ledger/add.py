"""Reports → ledger: what is new is read, on as many cores as there are, and appended batch by batch, in the order of the input.

The reading goes through `concurrent.futures.Executor`: a local pool, or any other that keeps that contract. A run that is cut off loses
the batch that was under way; the same command reads on from there, since what the ledger has is passed over.
"""
from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice

import msgspec
import pyarrow as pa

from rawabit import __version__
from rawabit.ledger.ids import make_document_id, make_id
from rawabit.ledger.rows import MADE, Origin, Rows
from rawabit.ledger.writer import LedgerWriter
from rawabit.lexicon.load import find_digest, known_languages
from rawabit.model import explain_error
from rawabit.reader import read_sentences, split_document
from rawabit.source import Failure, Notice, Sourced
from rawabit.source.clean import clean_document
from rawabit.source.outcome import Outcome

BATCH_SIZE = 512
"""New reports appended together: some 4,000 tellings and ten commits."""
TASK_SIZE = 32
"""Reports that a task reads: some 0.2 s of work, beside which handing it over (0.1 ms locally, 2 ms on a cluster) is nothing."""
AHEAD = 2
"""Batches that are being read while one is appended."""
Told = Callable[["Tally"], None]


class Tally(msgspec.Struct):
    """What came of a run, in reports. `failures` counts reasons."""

    read: int = 0
    new: int = 0
    seen: int = 0
    failed: int = 0
    tellings: int = 0
    deeds: int = 0
    failures: Counter[str] = msgspec.field(default_factory=Counter)
    examples: dict[str, str] = {}

    def fail(self, place: str, why: str) -> None:
        """Counts a failure, with the first place at which it was met."""
        self.failed += 1
        self.failures[why] += 1
        self.examples.setdefault(why, place)


def find_recipe() -> str:
    """What made a reading: the version of Rawabit and of each lexicon, so that a change of either gives new readings their own ids."""
    return "+".join([__version__, *(f"{code}.{find_digest(code)}" for code in known_languages())])


def add_reports(outcomes: Iterable[Outcome], writer: LedgerWriter, executor: Executor | None, command: str, told: Told,
                size: int = BATCH_SIZE) -> Tally:
    """Adds what is new, `size` reports a batch; `told` is called after each. Raises LedgerError where the ledger cannot be written."""
    tally = Tally()
    run_id = ""
    for made in read_batches(find_batches(outcomes, writer, tally, size), writer.recipe, executor):
        if not run_id:
            run_id = make_id("run", command, writer.moment())
            writer.append_run(run_id, command, "started", _counts(tally))
        _count(made, tally)
        tally.deeds += writer.append_batch(made, run_id)
        told(tally)
    if run_id:
        writer.append_run(run_id, command, "finished", _counts(tally))
    return tally


def _counts(tally: Tally) -> dict[str, int]:
    return {"read": tally.read, "new": tally.new, "seen before": tally.seen, "failed": tally.failed}


def _count(made: dict[str, pa.Table], tally: Tally) -> None:
    tally.new += made["documents"].num_rows
    tally.tellings += made["events"].num_rows
    for issue in made["issues"].to_pylist():
        if issue["kind"] == "failure":
            tally.fail(issue["place"], issue["text"])


def find_batches(outcomes: Iterable[Outcome], writer: LedgerWriter, tally: Tally, size: int = BATCH_SIZE) -> Iterator[list[Outcome]]:
    """Outcomes in batches, without the reports that the ledger has or that came already."""
    source = iter(outcomes)
    taken: set[str] = set()
    batch: list[Outcome] = []
    count = 0
    while chunk := list(islice(source, BATCH_SIZE)):
        tally.read += sum(not isinstance(item, Notice) for item in chunk)
        ids = [make_document_id(clean_document(item.document)) if isinstance(item, Sourced) else None for item in chunk]
        have = writer.known.find_documents([name for name in ids if name])
        for item, name in zip(chunk, ids, strict=True):
            if name in have or name in taken:
                tally.seen += 1
                continue
            batch.append(item)
            if name:
                taken.add(name)
                count += 1
            if count == size:
                yield batch
                batch, count = [], 0
    if batch:
        yield batch


def read_batches(batches: Iterable[list[Outcome]], recipe: str, executor: Executor | None) -> Iterator[dict[str, pa.Table]]:
    """The rows of each batch, in order."""
    if executor is None:
        yield from (_unpack([read_rows(batch, recipe)]) for batch in batches)
        return
    waiting: deque[list[Future[dict[str, bytes]]]] = deque()
    for batch in batches:
        tasks = [batch[n : n + TASK_SIZE] for n in range(0, len(batch), TASK_SIZE)]
        waiting.append([executor.submit(read_rows, task, recipe) for task in tasks])
        if len(waiting) > AHEAD:
            yield _unpack([future.result() for future in waiting.popleft()])
    while waiting:
        yield _unpack([future.result() for future in waiting.popleft()])


def read_rows(outcomes: list[Outcome], recipe: str) -> dict[str, bytes]:
    """The rows that some outcomes give, by table, as Arrow streams: what a worker does."""
    rows = Rows(recipe)
    for item in outcomes:
        if isinstance(item, Sourced):
            _add_report(rows, item)
        else:
            rows.add_issue(item.where, "failure" if isinstance(item, Failure) else "notice",
                           item.error if isinstance(item, Failure) else item.text)
    return {name: _pack(table) for name, table in rows.tables().items()}


def _add_report(rows: Rows, item: Sourced) -> None:
    """The rows of a report; of one that cannot be read, be it for a bug, the reason, so that the others go on."""
    origin = Origin(item.where, item.raw_hash, item.retrieved)
    try:
        doc, sentences = split_document(item.document)
        reading = read_sentences(doc, sentences)
        rows.add_reading(reading, origin, (*item.issues, *reading.issues), sentences)
    except Exception as error:
        _add_failure(rows, item, origin, explain_error(error))


def _add_failure(rows: Rows, item: Sourced, origin: Origin, why: str) -> None:
    """A report that could not be read; as an issue alone where it is the words themselves that cannot be taken apart."""
    try:
        rows.add_failure(clean_document(item.document), origin, why)
    except Exception:
        rows.add_issue(item.where, "failure", why)


def _pack(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def _unpack(parts: list[dict[str, bytes]]) -> dict[str, pa.Table]:
    return {name: pa.concat_tables([pa.ipc.open_stream(part[name]).read_all() for part in parts]).combine_chunks() for name in MADE}
