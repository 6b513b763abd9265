"""Crawls: pages out of responses, everything else counted, and a file that breaks off is told wherever it was cut."""
from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rawabit.source import Intake, Sourced, warc
from rawabit.source.outcome import make_hash
from tests.source.makers import NOW, TEXT, TITLE, failures_of, ids_of, make_record, make_response, make_zip, notices_of, page, take

RECORDS = (
    make_record("warcinfo", b"software: test\r\n", "application/warc-fields"),
    make_response(page().encode()),
    make_record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    make_response(page(TITLE + " 2", site="").encode("cp1256"), "text/html; charset=windows-1256", packed=True),
    make_response(b"\x89PNG", "image/png"),
    make_response(b"", "text/html", "404 Not Found"),
)


def write(path: Path, data: bytes) -> Path:
    """A crawl, packed record by record where the name says so."""
    path.write_bytes(data)
    return path


def pack(records: tuple[bytes, ...]) -> bytes:
    return b"".join(gzip.compress(record) for record in records)


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_crawl(tmp_path: Path, packed: bool) -> None:
    path = write(tmp_path / ("a.warc.gz" if packed else "a.warc"), pack(RECORDS) if packed else b"".join(RECORDS))
    found = take(path)
    first, second = (f for f in found if isinstance(f, Sourced))
    assert (first.document.title, first.document.source, first.document.url) == (TITLE, "الوكالة", "https://www.example.org/1")
    assert second.document.title == TITLE + " 2" and second.document.source == "example.org" and TEXT in second.document.text
    assert first.where == f"{path}:{len(RECORDS[0])}" and first.raw_hash == make_hash(page().encode())
    assert first.retrieved == datetime(2025, 10, 8, 7, tzinfo=UTC)
    assert failures_of(found) == []
    assert notices_of(found) == [f"{path}: passed over records that are no web page (1 image/png, 1 request, 1 status 404, 1 warcinfo)."]


def test_a_crawl_from_the_future_was_taken_now(tmp_path: Path) -> None:
    early = datetime(2025, 10, 7, tzinfo=UTC)
    (found,) = take(write(tmp_path / "a.warc", RECORDS[1]), Intake(clock=lambda: early))
    assert isinstance(found, Sourced) and found.retrieved == early < NOW
    assert found.document.published is None and "lies in the future" in found.issues[0]


WHOLE = RECORDS[1] + RECORDS[3]


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 200, len(RECORDS[3]) - 60, len(RECORDS[3]) - 300])
def test_a_crawl_that_breaks_off(tmp_path: Path, cut: int) -> None:
    found = take(write(tmp_path / "a.warc", WHOLE[:-cut]))
    assert len(ids_of(found)) >= 1
    assert any("the file breaks off here" in text and "Fetch it again" in text for text in failures_of(found)), found


def test_a_crawl_that_breaks_off_after_a_header(tmp_path: Path) -> None:
    head = RECORDS[1].index(b"\r\n\r\n") + 4
    found = take(write(tmp_path / "a.warc", RECORDS[1] + RECORDS[0][:RECORDS[0].index(b"\r\n\r\n") + 4]))
    assert len(ids_of(found)) == 1 and "breaks off" in failures_of(found)[0]
    assert failures_of(take(write(tmp_path / "b.warc", RECORDS[1][:head])))


@pytest.mark.parametrize("cut", [1, 8, 100, 300])
def test_a_packed_crawl_that_breaks_off(tmp_path: Path, cut: int) -> None:
    found = take(write(tmp_path / "a.warc.gz", pack((RECORDS[1], RECORDS[3]))[:-cut]))
    assert len(ids_of(found)) >= 1 and "breaks off here" in failures_of(found)[-1]


@pytest.mark.parametrize("data", [b"hello" * 100, b"WARC/1.0\r\n", b""])
def test_no_crawl(tmp_path: Path, data: bytes) -> None:
    found = take(write(tmp_path / "a.warc", data))
    assert failures_of(found) and not ids_of(found)


def test_rubbish_after_a_record(tmp_path: Path) -> None:
    found = take(write(tmp_path / "a.warc", RECORDS[1] + b"rubbish" * 20))
    assert len(ids_of(found)) == 1 and failures_of(found)


def test_a_body_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAXIMAL_LINE", 100_000)
    bomb = make_response(b"<p>" + b"a" * 3_000_000, packed=True)
    found = take(write(tmp_path / "a.warc", bomb + make_response(b"a" * 200_000) + RECORDS[1]))
    assert len(ids_of(found)) == 1 and len(failures_of(found)) == 2
    assert all("the limit of" in text for text in failures_of(found))


def test_a_body_packed_as_nobody_asked(tmp_path: Path) -> None:
    record = make_response(b"x", "text/html\r\nContent-Encoding: br")
    found = take(write(tmp_path / "a.warc", record))
    assert "packed as 'br', which Rawabit does not unpack. Save the page" in failures_of(found)[0]


def test_a_body_in_chunks(tmp_path: Path) -> None:
    body = page().encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
    records = [make_response(data, "text/html\r\nTransfer-Encoding: chunked") for data in (chunks, body)]
    found = take(write(tmp_path / "a.warc", b"".join(records)))
    assert [f.raw_hash for f in found if isinstance(f, Sourced)] == [make_hash(body)] * 2


def test_a_crawl_in_a_zip(tmp_path: Path) -> None:
    assert len(ids_of(take(make_zip(tmp_path / "a.zip", {"a.warc": b"".join(RECORDS)})))) == 2
