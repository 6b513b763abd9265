"""Pages by address: what is read, what is refused before a byte is sent, and where hostile servers are cut off."""
from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from datetime import date
from pathlib import Path

import pytest

from rawabit.model import InputError
from rawabit.source import Failure, Sourced, WebClient, WebLimits, address, read_sources
from rawabit.source.body import unpack_body
from rawabit.source.outcome import make_hash
from rawabit.source.web import FetchError
from tests.source.makers import NOW, TEXT, TITLE, failures_of, ids_of, line, page
from tests.source.server import Asked, LocalServer


def read(client: WebClient, url: str) -> Sourced:
    (found,) = read_sources([url], client=client)
    assert isinstance(found, Sourced), found
    return found


def refuse(client: WebClient, url: str) -> str:
    (found,) = read_sources([url], client=client)
    assert isinstance(found, Failure), found
    return found.error


# ---- pages ---------------------------------------------------------------------------------------------------------------------


def test_page(server: LocalServer, client: WebClient) -> None:
    server.routes["/1"] = page()
    found = read(client, server.url("/1#top"))
    doc = found.document
    assert (doc.title, doc.source, doc.language, doc.published) == (TITLE, "الوكالة", "ar", date(2025, 10, 9))
    assert TEXT in doc.text and doc.url == found.where == server.url("/1")
    assert (found.raw_hash, found.retrieved, found.issues) == (make_hash(page().encode()), NOW, ())
    (headers,) = server.headers
    assert headers["User-Agent"].startswith("Rawabit") and headers["Host"] == server.url("").removeprefix("http://")


def test_outlet_falls_back_to_the_host(server: LocalServer) -> None:
    server.routes["/1"] = page(site="")
    with WebClient(allow_private=True, resolve=lambda host, port: ["127.0.0.1"]) as client:
        assert read(client, server.url("/1", "www.outlet.example")).document.source == "outlet.example"
    assert server.headers[0]["Host"].startswith("www.outlet.example:")


@pytest.mark.parametrize(("header", "meta", "encoding"), [
    ("text/html; charset=windows-1256", "", "cp1256"), ("text/html", "windows-1256", "cp1256"), ("text/html; charset=utf-8", "", "cp1256"),
    ("text/html; charset=ISO-8859-1", "windows-1256", "cp1256"), ("text/html; charset=ISO-8859-1", "", "utf-8"),
    ("text/html; charset=klingon", "", "utf-8"), ("text/html; charset=windows-1256", "", "utf-8"),
])
def test_wrong_encodings(server: LocalServer, client: WebClient, header: str, meta: str, encoding: str) -> None:
    server.routes["/"] = lambda asked: asked.answer(page(charset=meta).encode(encoding), header)
    assert TEXT in read(client, server.url("/")).document.text


@pytest.mark.parametrize(("encoding", "pack"), [
    ("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda data: zlib.compress(data)[2:-4]), ("identity", bytes),
])
def test_packed_bodies(server: LocalServer, client: WebClient, encoding: str, pack: object) -> None:
    assert callable(pack)
    server.routes["/"] = lambda asked: asked.answer(pack(page().encode()), Content_Encoding=encoding)
    assert read(client, server.url("/")).raw_hash == make_hash(page().encode())


def test_scripts_are_no_text(server: LocalServer, client: WebClient) -> None:
    script = "<script>document.write('evil');</script><script type='application/ld+json'>{\"x\": \"evil\"}</script><style>evil{}</style>"
    server.routes["/"] = page(extra=script).replace("</article>", f"{script}<noscript>evil</noscript></article>")
    doc = read(client, server.url("/")).document
    assert "evil" not in doc.content and TEXT in doc.text


@pytest.mark.parametrize("published", ["2099-01-01T00:00:00Z", "2025-10-11T01:00:00Z"])
def test_date_in_the_future(server: LocalServer, client: WebClient, published: str) -> None:
    server.routes["/"] = page(published=published)
    found = read(client, server.url("/"))
    assert found.document.published is None
    assert "lies in the future" in found.issues[0] and "Correct it" in found.issues[0]


@pytest.mark.parametrize(("kind", "body", "count"), [
    ("application/json", line(), 1), ("application/x-ndjson", line(id="1") + line(id="2"), 2),
    ("text/plain; charset=utf-8", f"{TITLE}\n{TEXT}", 1),
    ("text/csv", f"title,text\n{TITLE},{TEXT}\n", 1), ("", page(), 1), ("application/xhtml+xml", page(), 1), ("text/xml", page(), 1),
])
def test_other_kinds_of_text(server: LocalServer, client: WebClient, kind: str, body: str, count: int) -> None:
    server.routes["/"] = lambda asked: asked.answer(body.encode(), kind)
    found = list(read_sources([server.url("/")], client=client))
    assert len(ids_of(found)) == count == len(found)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream", "application/zip", "video/mp4"])
def test_what_is_no_text_is_refused(server: LocalServer, client: WebClient, kind: str) -> None:
    server.routes["/"] = lambda asked: asked.answer(b"\x00\x01", kind)
    error = refuse(client, server.url("/"))
    assert f"of type {kind}, which is no text. Download it" in error


def test_a_page_that_is_a_picture_all_the_same(server: LocalServer, client: WebClient) -> None:
    server.routes["/"] = b"\x89PNG\r\n\x1a\n\0\0"
    assert "an image, not text" in refuse(client, server.url("/"))


# ---- addresses that are refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1", "nonsense",
])
def test_private_and_reserved_addresses(found: str) -> None:
    assert not address.is_public(found)
    with WebClient(resolve=lambda host, port: ["93.184.216.34", found]) as client:
        error = refuse(client, "http://news.example/1")
    assert "refused: news.example is at" in error and "private or reserved" in error and "--allow-private" in error


@pytest.mark.parametrize("found", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_public_addresses(found: str) -> None:
    assert address.is_public(found)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_by_other_names(server: LocalServer, host: str) -> None:
    server.routes["/"] = page()
    with WebClient() as client:
        error = refuse(client, server.url("/", host))
    assert "refused" in error or "no server named" in error or "Invalid IPv4 address" in error
    assert not server.asked


@pytest.mark.parametrize(("url", "reason"), [
    ("ftp://example.org/a", "begins with 'ftp:'"), ("file:///etc/passwd", "begins with 'file:'"), ("gopher://x/1", "begins with 'gopher:'"),
    ("http://", "Check it"), ("http:///path", "Check it"), ("http://user:secret@example.org/", "user name or password"),
    ("http://exa mple.org/", "Check the address"), ("http://example.org:x/", "Check it"), ("http://[::1/", "Check it"),
    ("http://\u0661.example:x/", "Check it"),
])
def test_addresses_that_are_none(client: WebClient, url: str, reason: str) -> None:
    error = refuse(client, url)
    assert reason in error and "secret" not in error


def test_unknown_host() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror("no such host")
    with WebClient(resolve=resolve) as client:
        assert "no server named news.example is known. Check the address" in refuse(client, "http://news.example/")


# ---- redirects -----------------------------------------------------------------------------------------------------------------


def test_redirects_are_followed(server: LocalServer, client: WebClient) -> None:
    server.routes["/a"] = lambda asked: asked.redirect("/b", 301)
    server.routes["/b"] = lambda asked: asked.redirect(server.url("/c"), 308)
    server.routes["/c"] = page()
    assert read(client, server.url("/a")).where == server.url("/c")


def test_endless_redirects(server: LocalServer, client: WebClient) -> None:
    server.routes["/loop"] = lambda asked: asked.redirect(f"/loop?{time.monotonic()}")
    assert "redirects more than 5 times. Give the address" in refuse(client, server.url("/loop"))
    assert server.asked["/loop"] == 6


@pytest.mark.parametrize(("place", "reason"), [
    ("http://inner.example/admin", "inner.example is at 10.0.0.1"), ("http://169.254.169.254/meta", "169.254.169.254 is at"),
    ("file:///etc/passwd", "begins with 'file:'"), ("//[::1]/", "is at ::1"),
])
def test_a_redirect_into_a_private_network(server: LocalServer, monkeypatch: pytest.MonkeyPatch, place: str, reason: str) -> None:
    monkeypatch.setattr(address, "is_public", lambda found: found == "127.0.0.1")
    hosts = {"news.example": "127.0.0.1", "inner.example": "10.0.0.1"}
    server.routes["/"] = lambda asked: asked.redirect(place)
    with WebClient(resolve=lambda host, port: [hosts.get(host, host.strip("[]"))]) as client:
        assert reason in refuse(client, server.url("/", "news.example"))


def test_a_name_that_changes_its_address_is_looked_up_once(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "is_public", lambda found: found == "127.0.0.1")
    answers, looked_up = ["127.0.0.1"], []
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: object, **more: object) -> object:
        looked_up.append(host)
        return real(host, *args, **more)  # type: ignore[arg-type]
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    server.routes["/"] = page()
    with WebClient(resolve=lambda host, port: [answers.pop()]) as client:
        assert read(client, server.url("/", "rebind.example")).document.title == TITLE
    assert "rebind.example" not in looked_up and answers == []


# ---- limits --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [False, True])
def test_a_body_of_500_megabytes_is_cut_off(server: LocalServer, client: WebClient, told: bool) -> None:
    length = {"Content_Length": "500000000"} if told else {}
    server.routes["/"] = lambda asked: asked.pour(b"x" * 100_000, 5000, **length)
    error = refuse(client, server.url("/"))
    assert "a body above 10 MB, cut off. Download the file" in error
    assert server.sent < 40_000_000


def test_a_body_that_unpacks_to_200_megabytes_is_cut_off(server: LocalServer, client: WebClient) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    assert len(bomb) < 1_000_000
    server.routes["/"] = lambda asked: asked.answer(bomb, Content_Encoding="gzip")
    assert "unpacks to more than the limit of 10 MB. Save the page" in refuse(client, server.url("/"))
    server.routes["/"] = lambda asked: asked.answer(gzip.compress(bomb), Content_Encoding="gzip, gzip")
    assert "unpacks to more than the limit" in refuse(client, server.url("/"))


def test_a_body_is_unpacked_no_further_than_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    tracemalloc.start()
    with pytest.raises(InputError, match="unpacks to more than"):
        unpack_body(bomb, "gzip", 100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-unknown"])
def test_packed_as_nobody_asked(server: LocalServer, client: WebClient, encoding: str) -> None:
    server.routes["/"] = lambda asked: asked.answer(b"x", Content_Encoding=encoding)
    assert "which Rawabit does not unpack. Save the page" in refuse(client, server.url("/"))


def test_a_packed_body_that_breaks_off(server: LocalServer, client: WebClient) -> None:
    server.routes["/"] = lambda asked: asked.answer(gzip.compress(page().encode())[:-50], Content_Encoding="gzip")
    assert "breaks off" in refuse(client, server.url("/"))


def test_a_body_shorter_than_it_says(server: LocalServer, client: WebClient) -> None:
    server.routes["/"] = lambda asked: asked.answer(page().encode()[:900], Content_Length="5000")
    assert "cannot be fetched" in refuse(client, server.url("/"))


@pytest.mark.parametrize("where", ["header", "body"])
def test_a_server_that_drips(server: LocalServer, where: str) -> None:
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"

    def drip(asked: Asked) -> None:
        if where == "body":
            asked.wfile.write(head)
        asked.drip(head[:17] * 100, 0.02)
    server.routes["/"] = drip
    start = time.monotonic()
    with WebClient(allow_private=True, limits=WebLimits(seconds=0.3)) as client:
        assert "no whole answer within 0 s. Try again later." in refuse(client, server.url("/"))
    assert time.monotonic() - start < 1.5


def test_a_server_that_says_nothing(server: LocalServer) -> None:
    server.routes["/"] = lambda asked: time.sleep(1)
    with WebClient(allow_private=True, limits=WebLimits(seconds=0.2)) as client:
        assert "no whole answer" in refuse(client, server.url("/"))


def test_a_server_that_is_not_there(client: WebClient) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = refuse(client, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert "cannot be fetched" in error and "Check the address" in error


@pytest.mark.parametrize("answer", [
    b"rubbish\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"x" * 200_000 + b"\r\n\r\n", b"HTTP/9.9 x\r\n\r\n", b"",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\0\r\n\r\n",
])
def test_a_server_that_speaks_no_http(server: LocalServer, client: WebClient, answer: bytes) -> None:
    server.routes["/"] = lambda asked: asked.wfile.write(answer)
    assert "cannot be fetched" in refuse(client, server.url("/"))


def test_no_cookie_goes_from_one_page_to_the_next(server: LocalServer, client: WebClient) -> None:
    server.routes["/"] = lambda asked: asked.answer(page().encode(), Set_Cookie="track=1; Path=/")
    read(client, server.url("/"))
    read(client, server.url("/"))
    assert not any("Cookie" in headers for headers in server.headers)


# ---- statuses ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "reason"), [
    (404, "no page there (404 Not Found). Check the address."), (410, "410 Gone"),
    (403, "not give the page to programs (403 Forbidden). Save"),
    (500, "the server failed (500 Internal Server Error). Try again later."), (204, "204 No Content"), (799, "799"), (304, ""),
])
def test_statuses(server: LocalServer, client: WebClient, status: int, reason: str) -> None:
    server.routes["/"] = lambda asked: asked.answer(b"", status=status)
    assert reason in refuse(client, server.url("/"))
    assert server.asked["/"] == 1


@pytest.mark.parametrize(("status", "after", "pause"), [
    (503, "7", 7.0), (429, "7", 7.0), (503, "", 1.0), (503, "soon", 1.0), (429, "Thu, 09 Oct 2025 12:00:30 GMT", 30.0), (429, "0", 0.0),
    (429, "Thu, 09 Oct 2025 11:00:00 GMT", 0.0),
])
def test_a_busy_server_is_asked_again(
        server: LocalServer, client: WebClient, slept: list[float], status: int, after: str, pause: float) -> None:
    server.routes["/"] = lambda asked: (
        asked.answer(page().encode()) if server.asked["/"] > 1 else asked.answer(b"", status=status, Retry_After=after))
    assert read(client, server.url("/")).document.title == TITLE
    assert slept == [pause] and server.asked["/"] == 2


def test_a_server_that_stays_busy(server: LocalServer, client: WebClient, slept: list[float]) -> None:
    server.routes["/"] = lambda asked: asked.answer(b"", status=503)
    assert "busy (503 Service Unavailable). Try again later." in refuse(client, server.url("/"))
    assert slept == [1.0, 2.0] and server.asked["/"] == 3


def test_a_long_pause_is_told_not_slept(server: LocalServer, client: WebClient, slept: list[float]) -> None:
    server.routes["/"] = lambda asked: asked.answer(b"", status=429, Retry_After="3600")
    assert "Try again in 3600 s." in refuse(client, server.url("/"))
    assert slept == [] and server.asked["/"] == 1


def test_files_and_addresses_in_one_stream(server: LocalServer, client: WebClient, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(line(id="file"))
    server.routes["/1"] = page()
    found = list(read_sources([str(tmp_path / "a.json"), server.url("/none"), server.url("/1")], client=client))
    assert [type(outcome) for outcome in found] == [Sourced, Failure, Sourced]
    assert len(failures_of(found)) == 1


def test_fetch_error_is_of_the_one_tree() -> None:
    assert issubclass(FetchError, InputError)
