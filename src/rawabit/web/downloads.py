"""What search gives besides its page: all rows of its list as a file, and names for what is being typed."""
from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import Response, StreamingResponse

from rawabit.ledger.export import flatten_lists, write_rows
from rawabit.ledger.ledger import Ledger
from rawabit.web.asked import Asked, Short, find_asked
from rawabit.web.naming import Named, suggest_names
from rawabit.web.question import Question, find_question
from rawabit.web.readers import Readers
from rawabit.web.words import Words, find_words

HELD = 16_000_000
"""Bytes of a file that are kept in memory; the rest goes to a temporary file."""
CHUNK = 1 << 16
MARK = b"\xef\xbb\xbf"
"""Byte order mark: without it spreadsheets take UTF-8 for another encoding and show Arabic as signs."""
FORMULA = r"^[=+\-@\t\r]"
"""How a text begins that a spreadsheet would reckon with (OWASP, CSV injection)."""


class Format(StrEnum):
    """Formats of a file."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


MEDIA = {Format.CSV: "text/csv; charset=utf-8", Format.JSON: "application/json", Format.PARQUET: "application/vnd.apache.parquet"}


class Suggestion(msgspec.Struct, frozen=True):
    """A name in the language of the page, and in the others with its code."""

    name: str
    label: str


def add_downloads(app: FastAPI) -> None:
    """Serves /search/export and /search/names."""
    app.add_api_route("/{language}/search/export", give_file, methods=["GET"], response_class=Response, responses={
        200: {"description": "All rows of the search.", "content": {media.split(";")[0]: {} for media in MEDIA.values()}},
        400: {"description": "A question that the ledger refuses, with the reason."}})
    app.add_api_route("/{language}/search/names", give_names, methods=["GET"], response_class=Response,
                      responses={200: {"description": "Names that fit.", "content": {"application/json": {}}}})


def give_file(request: Request, asked: Annotated[Asked, Depends(find_asked)],
              question: Annotated[Question, Depends(find_question)],
              format: Annotated[Format, Query(description="Of the file.")] = Format.CSV) -> Response:
    """All rows that pass the filters of a search, every column, in the order of the commands."""
    readers: Readers = request.app.state.readers
    out: IO[bytes] = SpooledTemporaryFile(HELD)  # noqa: SIM115 (closed when it is sent)
    with readers.lease() as ledger:
        write_file(ledger, asked, question, format, out)
    out.seek(0)
    name = f"rawabit-{question.kind}{f'-{asked.as_of}' if asked.as_of else ''}.{format}"
    return StreamingResponse(_send(out), media_type=MEDIA[format], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def write_file(ledger: Ledger, asked: Asked, question: Question, form: Format, out: IO[bytes]) -> int:
    """Writes the rows; how many."""
    schema, batches = ledger.view_batches(question.kind.view, question.make_filters(), asked.as_of)
    if form is Format.CSV:
        out.write(MARK)
        schema, batches = disarm_batch(pa.RecordBatch.from_pylist([], schema)).schema, map(disarm_batch, batches)
    return write_rows(schema, batches, form, out)


def disarm_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch in which an apostrophe stands before each text that a spreadsheet would take for a formula; lists are text then. Numbers
    stay numbers."""
    return pa.RecordBatch.from_arrays([_disarm(flatten_lists(column)) for column in batch.columns], names=batch.schema.names)


def _disarm(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return column
    return pc.if_else(pc.match_substring_regex(column, FORMULA), pc.binary_join_element_wise("'", column, ""), column)


def _send(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while chunk := out.read(CHUNK):
            yield chunk


def give_names(asked: Annotated[Asked, Depends(find_asked)],
               q: Annotated[Short, Query(description="What is typed so far.")] = "") -> Response:
    """Names of states, bodies and people that fit what is typed, in any language of the interface; best first."""
    own, others = asked.language, [find_words(other, asked.digits) for other in type(asked.language) if other != asked.language]
    words = find_words(own, asked.digits)
    found: list[Any] = [Suggestion(call(words, named), label(words, others, named)) for named in suggest_names(q)]
    return Response(msgspec.json.encode(found), media_type="application/json")


def call(words: Words, named: Named) -> str:
    """What a language calls someone."""
    return words.person(named.value) if named.kind == "person" else words.body(named.value)


def label(words: Words, others: list[Words], named: Named) -> str:
    """The names in the other languages, and the code."""
    names = [call(other, named) for other in others]
    code = [] if named.kind == "person" else [named.value.split(":")[0]]
    return " · ".join(dict.fromkeys(name for name in (*names, *code) if name != call(words, named)))
