"""WARC → reports: the web pages of a crawl, each with its place `file:byte` and the day on which the crawler fetched it.

Takes responses with status 200 that are HTML; every other record is counted in one notice. The parser says nothing of a file that
breaks off, so the end is checked here: a record shorter than its header says, or a file that does not end as records do, is a
Failure. Bodies are read up to the limit of a page, also after unpacking.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any, BinaryIO, cast

import msgspec

from rawabit.model import InputError
from rawabit.source.body import join_chunks, unpack_body
from rawabit.source.lines import MAXIMAL_LINE, make_outcome
from rawabit.source.outcome import Failure, Intake, Notice, Outcome
from rawabit.source.packed import CutOff
from rawabit.source.page import read_page
from rawabit.source.record import too_large

PAGES = frozenset({"text/html", "application/xhtml+xml"})
END = b"\r\n\r\n"
MAXIMAL_HEADER = 1 << 16
CUT = "the file breaks off here ({}). Fetch it again; the reports before it were read."


class _Tail:
    """A stream that remembers the last bytes read from it, and where it broke off."""

    __slots__ = ("error", "last", "size", "stream")

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.last, self.size, self.error = stream, b"", 0, ""

    def read(self, size: int = -1) -> bytes:
        """Bytes; none where the stream is broken."""
        try:
            data: bytes = self.stream.read1(size)  # type: ignore[attr-defined]
        except CutOff as error:
            self.error, data = str(error), b""
        self.last, self.size = (self.last + data)[-len(END):], self.size + len(data)
        return data

    def tell(self) -> int:
        """Bytes read so far."""
        return self.size


def read_warc(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """The reports of a WARC stream, unpacked. Raises InputError for one that is none."""
    from fastwarc.warc import ArchiveIterator

    tail, others, place, records, short = _Tail(stream), Counter[str](), where, 0, False
    try:
        for record in ArchiveIterator(cast(BinaryIO, tail), parse_http=False, stream_detect=False, max_header_len=MAXIMAL_HEADER):
            records, place = records + 1, f"{where}:{record.stream_pos}"
            other, length = _find_other(record), record.content_length
            body = b"" if other else record.reader.read(MAXIMAL_LINE + 1)
            short = len(body) + record.reader.consume() < length
            if other:
                others[other] += 1
            elif not short:
                yield _read_record(record, body, place, intake)
    except OSError as error:
        yield Failure(place, f"no WARC record where one should be after this ({error}). Fetch it again or make it with a tool for WARC.")
    if tail.error:
        yield Failure(f"{where}:{tail.size}", f"{tail.error} The reports before it were read.")
    elif records and (short or tail.last != END):
        yield Failure(place, CUT.format("a record is not whole"))
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Notice(where, f"passed over records that are no web page ({kinds}).")
    if not records and not tail.size and not tail.error:
        raise InputError("empty. Give a report with words in it.")


def _find_other(record: Any) -> str | None:
    """What a record is where it is no page; None for a page."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or not record.is_http:
        return str(record.record_type).rpartition(".")[2]
    try:
        record.parse_http(auto_decode="none", max_header_len=MAXIMAL_HEADER)
    except OSError:
        return "response with a broken header"
    status, kind = record.http_headers.status_code, (record.http_content_type or "no type").lower()
    if status != 200:
        return f"status {status}"
    return None if kind in PAGES else kind


def _read_record(record: Any, body: bytes, place: str, intake: Intake) -> Outcome:
    headers = record.http_headers
    try:
        if len(body) > MAXIMAL_LINE:
            raise InputError(too_large(len(body), MAXIMAL_LINE))
        whole = join_chunks(body) if (headers.get("Transfer-Encoding") or "").lower() == "chunked" else body
        data = unpack_body(whole, headers.get("Content-Encoding") or "", MAXIMAL_LINE)
        url = record.headers.get("WARC-Target-URI")
        fields, issues = read_page(data, record.http_charset, url.strip("<>") if url else None)
    except InputError as error:
        return Failure(place, str(error))
    found = make_outcome(place, fields, data, intake, issues)
    return found if isinstance(found, Failure) else msgspec.structs.replace(found, retrieved=_find_day(record, found.retrieved))


def _find_day(record: Any, now: datetime) -> datetime:
    """When the crawler took the record; now where that is not said or lies ahead."""
    taken = record.record_date
    return min(taken.astimezone(UTC), now) if isinstance(taken, datetime) and taken.tzinfo else now
