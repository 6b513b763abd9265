"""Feeds: entries fetched as pages, what the feed says as a fallback, polling with state, and feeds made to harm."""
from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from rawabit.source import Defaults, Failure, FeedState, Notice, Outcome, Sourced, WebClient, feed, poll_feed, read_sources, retry_state
from rawabit.source.outcome import make_hash
from tests.source.makers import NOW, TEXT, TITLE, failures_of, line, notices_of, page
from tests.source.server import Asked, LocalServer


def item(link: str = "", title: str = TITLE, text: str = TEXT, day: str = "Wed, 08 Oct 2025 10:00:00 AST", more: str = "") -> str:
    parts = [f"<link>{link}</link>" if link else "", f"<title>{title}</title>", f"<description>{text}</description>" if text else "",
             f"<pubDate>{day}</pubDate>" if day else ""]
    return f"<item>{''.join(parts)}{more}</item>"


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>وكالة</title><link>http://x/</link>{"".join(items)}</channel></rss>'


def atom(link: str) -> str:
    return (f'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><title>{TITLE}</title><link href="{link}"/><id>urn:1</id>'
            "<updated>2025-10-08T23:30:00+04:00</updated>"
            f'<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;2&lt;/p&gt;</content></entry></feed>')


def read(client: WebClient, url: str) -> list[Outcome]:
    return list(read_sources([url], client=client))


def documents(outcomes: list[Outcome]) -> list[Sourced]:
    return [found for found in outcomes if isinstance(found, Sourced)]


# ---- reading -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml; charset=utf-8", "application/xml", "text/html", "text/plain", ""])
def test_an_address_that_is_a_feed_is_read_as_one(server: LocalServer, client: WebClient, kind: str) -> None:
    server.routes["/feed"] = lambda asked: asked.answer(rss(item("/1"), item("2"), item("/1")).encode(), kind)
    server.routes["/1"] = page(TITLE + " 1")
    server.routes["/2"] = page(TITLE + " 2", published="x")
    first, second = documents(read(client, server.url("/feed")))
    assert (first.document.title, first.document.published, first.where) == (TITLE + " 1", date(2025, 10, 9), server.url("/1"))
    assert (second.document.title, second.document.published) == (TITLE + " 2", date(2025, 10, 8))
    assert first.raw_hash == make_hash(page(TITLE + " 1").encode()) and first.retrieved == NOW
    assert server.asked["/1"] == 1


def test_atom(server: LocalServer, client: WebClient) -> None:
    server.routes["/feed"] = lambda asked: asked.answer(atom("/none").encode(), "application/atom+xml")
    (found,) = documents(read(client, server.url("/feed")))
    assert found.document.published == date(2025, 10, 8) and found.document.text == f"{TEXT}\n2"
    assert "read from the feed alone" in found.issues[0] and "404" in found.issues[0]


@pytest.mark.parametrize(("answer", "reason"), [
    ("", "404 Not Found"), ("<html><body></body></html>", "no article in it"),
    (lambda asked: asked.answer(b"%PDF", "application/pdf"), "not a page"),
])
def test_the_feed_stands_in_for_a_page_that_is_none(server: LocalServer, client: WebClient, answer: str | Callable[[Asked], None],
                                                    reason: str) -> None:
    server.routes["/feed"] = rss(item("/1"), item("/1", text=""))
    if answer:
        server.routes["/1"] = answer
    (found,) = documents(read(client, server.url("/feed")))
    assert (found.document.title, found.document.text, found.document.url) == (TITLE, TEXT, server.url("/1"))
    assert found.document.published == date(2025, 10, 8) and found.document.source == "127.0.0.1"
    assert found.issues[0].startswith("read from the feed alone") and reason in found.issues[0]


def test_an_entry_without_words_or_link(server: LocalServer, client: WebClient) -> None:
    server.routes["/feed"] = rss(item("/none", text=""), item(), item(title="", text="<![CDATA[<p>أ</p><script>evil</script>ب]]>"))
    found = read(client, server.url("/feed"))
    assert isinstance(found[0], Failure) and "404" in found[0].error
    second, third = documents(found)
    assert second.where == server.url("/feed#2") and second.issues == ("the feed gives no page: read from what it says itself.",)
    assert third.document.text == "أ\nب"


def test_a_page_that_may_come_later_is_a_failure(server: LocalServer, client: WebClient) -> None:
    server.routes["/feed"] = rss(item("/1"))
    server.routes["/1"] = lambda asked: asked.answer(b"", status=500)
    (found,) = read(client, server.url("/feed"))
    assert isinstance(found, Failure) and found.where == server.url("/1") and "Try again later" in found.error


def test_a_feed_cannot_send_the_reader_into_a_private_network(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rawabit.source.address.is_public", lambda found: found == "127.0.0.1")
    server.routes["/feed"] = rss(*(item(link, text="") for link in ("http://169.254.169.254/meta", "file:///etc/passwd", "javascript:1")))
    with WebClient(resolve=lambda host, port: ["127.0.0.1" if host == "news.example" else host]) as client:
        found = read(client, server.url("/feed", "news.example"))
    assert len(failures_of(found)) == 3 and all("refused" in text for text in failures_of(found))


@pytest.mark.parametrize(("day", "expected"), [
    ("Wed, 08 Oct 2025 01:00:00 AST", date(2025, 10, 8)), ("Wed, 08 Oct 2025 23:00:00 GMT+3", date(2025, 10, 8)),
    ("2025-10-08T23:30:00-11:00", date(2025, 10, 8)), ("Wed, 08 Oct 2025 23:00:00 Nowhere/Town", date(2025, 10, 8)),
    ("الأربعاء، 8 أكتوبر 2025", None), ("08/10/2025", None), ("10/08/2025 10:00", None), ("yesterday", None), ("2099-01-01", None),
    ("Wed, 99 Oct 2025 01:00:00 GMT", None),
])
def test_days_of_entries(server: LocalServer, client: WebClient, day: str, expected: date | None) -> None:
    server.routes["/feed"] = rss(item(day=day))
    (found,) = documents(read(client, server.url("/feed")))
    assert found.document.published == expected
    assert (expected is None) == any("published" in issue for issue in found.issues)


def test_days_in_words_are_read_by_whoever_can(server: LocalServer, client: WebClient) -> None:
    server.routes["/feed"] = rss(item(day="الأربعاء، 8 أكتوبر 2025"))
    words: list[str] = []

    def read_day(text: str) -> date:
        words.append(text)
        return date(2025, 10, 8)
    found = list(read_sources([server.url("/feed")], client=client, read_day=read_day))
    assert documents(found)[0].document.published == date(2025, 10, 8) and words == ["الأربعاء، 8 أكتوبر 2025"]


@pytest.mark.parametrize(("head", "encoding", "kind"), [
    ('<?xml version="1.0" encoding="windows-1256"?>', "cp1256", "text/xml"),
    ('<?xml version="1.0" encoding="utf-8"?>', "cp1256", "text/xml"),
    ("", "cp1256", "application/rss+xml; charset=windows-1256"), ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "text/xml"),
    ("", "utf-8-sig", "text/xml"),
])
def test_encodings_of_feeds(server: LocalServer, client: WebClient, head: str, encoding: str, kind: str) -> None:
    server.routes["/feed"] = lambda asked: asked.answer(rss(item(), head=head).encode(encoding), kind)
    (found,) = documents(read(client, server.url("/feed")))
    assert found.document.text == TEXT


# ---- feeds made to harm --------------------------------------------------------------------------------------------------------


LAUGHS = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))


@pytest.mark.parametrize("doctype", [
    f"<!DOCTYPE x [{LAUGHS}]>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]>',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;]>', f"<!DOCTYPE x [<!entity a 'x'>{LAUGHS}]>",
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs(server: LocalServer, client: WebClient, doctype: str, encoding: str) -> None:
    bomb = rss(item(title="&j;&a;" * 100), head=f'<?xml version="1.0" encoding="{encoding}"?>{doctype}').encode(encoding)
    server.routes["/feed"] = lambda asked: asked.answer(bomb, "application/rss+xml")
    start = time.monotonic()
    (found,) = read(client, server.url("/feed"))
    assert isinstance(found, Failure) and ("declares XML entities" in found.error or "XML that is no feed" in found.error)
    assert "Give the address" in found.error
    assert time.monotonic() - start < 1
    with pytest.raises(Exception, match="entities"):
        feed.read_feed(bomb, "http://x/")


def test_a_plain_doctype_is_no_bomb(server: LocalServer, client: WebClient) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    server.routes["/feed"] = rss(item(), head=f'<?xml version="1.0"?>{doctype}')
    assert len(documents(read(client, server.url("/feed")))) == 1


@pytest.mark.parametrize("body", [
    "<rss>" + "<a>" * 1_000_000, "<rss>" + "<a>" * 5_000, "<rss version='2.0'><channel>", "<rss>" + "&" * 100_000,
    "<rss>" + "&" * 5_000_000,    "<feed " + "a='1' " * 50_000,
])
def test_broken_feeds(server: LocalServer, client: WebClient, body: str) -> None:
    server.routes["/feed"] = lambda asked: asked.answer(body.encode(), "application/rss+xml")
    start = time.monotonic()
    found = read(client, server.url("/feed"))
    assert not documents(found) and (failures_of(found) or notices_of(found)) and time.monotonic() - start < 3


def test_a_feed_of_very_many_entries_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAXIMAL_ENTRIES", 50)
    found = feed.read_feed(rss(*(item(f"/{n}") for n in range(80))).encode(), "http://x/")
    assert [entry.url for entry in found.entries] == [f"http://x/{n}" for n in range(50)]
    assert found.issues == ("80 entries: the first 50 are read, the others passed over. Give the addresses of its pages.",)


def test_a_feed_that_breaks_off_is_told(server: LocalServer, client: WebClient) -> None:
    server.routes["/feed"] = rss(item("/1"), item("/2"))[:-150]
    server.routes["/1"] = page()
    found = read(client, server.url("/feed"))
    assert documents(found) and "the XML of the feed is broken" in notices_of(found)[-1]


@pytest.mark.parametrize("data", [
    b"", b"<?xml version='1.0'?><html>", b"<html><body>rss", b"<rssx>", b"<!-- " + b"-" * 50_000, b"<!-- -->" * 8000, b"{}",
    line().encode(), b"<!DOCTYPE x [" + b"] " * 8000, b"<!doctype html><html>", b"<!DOCTYPE html><!-- a[ --><html>", b"<?" * 9000,
])
def test_what_is_no_feed(data: bytes) -> None:
    assert not feed.is_feed(data)


@pytest.mark.parametrize("data", [
    b"<rss>", b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- a > b -->\n<?xml-stylesheet href='x'?><feed xmlns='a'>",
    b"<rdf:RDF ", b"<atom:feed>",
    b"<!DOCTYPE rss PUBLIC 'a' 'b'><rss>", b"<!DOCTYPE rss [ <!ELEMENT a (b)> ] ><rss>", "\ufeff<rss>".encode("utf-16-be"),
])
def test_what_is_a_feed(data: bytes) -> None:
    assert feed.is_feed(data)


# ---- polling -------------------------------------------------------------------------------------------------------------------


def poll(client: WebClient, state: FeedState, *seen: str) -> tuple[FeedState, list[Outcome]]:
    new, outcomes = poll_feed(client, state, set(seen), Defaults())
    return new, list(outcomes)


def test_a_feed_that_did_not_change_is_not_sent_again(server: LocalServer, client: WebClient) -> None:
    def answer(asked: Asked) -> None:
        if asked.headers["If-None-Match"] == '"v1"' and asked.headers["If-Modified-Since"] == "Wed, 08 Oct 2025 00:00:00 GMT":
            asked.answer(b"", status=304)
        else:
            asked.answer(rss(item("/1")).encode(), ETag='"v1"', Last_Modified="Wed, 08 Oct 2025 00:00:00 GMT")
    server.routes.update({"/feed": answer, "/1": page()})
    state, found = poll(client, FeedState(server.url("/feed")))
    assert len(documents(found)) == 1
    assert state == FeedState(server.url("/feed"), '"v1"', "Wed, 08 Oct 2025 00:00:00 GMT", NOW + timedelta(minutes=30))
    due = msgspec.structs.replace(state, next_due=NOW)
    assert poll(client, due) == (state, [])
    assert len(poll(client, retry_state(due))[1]) == 1


def test_what_was_seen_is_not_fetched_again(server: LocalServer, client: WebClient) -> None:
    server.routes.update({"/feed": rss(item("/1"), item("/2")), "/1": page(), "/2": page()})
    _, found = poll(client, FeedState(server.url("/feed")), server.url("/1"))
    assert [outcome.where for outcome in found] == [server.url("/2")] and server.asked["/1"] == 0


def test_a_feed_is_not_asked_before_it_is_due(server: LocalServer, client: WebClient) -> None:
    state = FeedState(server.url("/feed"), next_due=NOW + timedelta(minutes=1))
    new, (found,) = poll(client, state)
    assert new is state and isinstance(found, Notice) and "not due before 2025-10-09 12:01 UTC" in found.text and not server.asked


def test_a_feed_that_fails_is_asked_less_and_less(server: LocalServer, client: WebClient) -> None:
    state, pauses = FeedState(server.url("/feed"), etag='"v1"'), []
    for _ in range(10):
        state, found = poll(client, msgspec.structs.replace(state, next_due=None))
        assert len(failures_of(found)) == 1 and state.next_due
        pauses.append((state.next_due - NOW) / timedelta(minutes=10))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 144, 144] and state.failures == 10 and state.etag == '"v1"'
    server.routes["/feed"] = rss()
    state, found = poll(client, msgspec.structs.replace(state, next_due=None))
    assert state.failures == 0 and state.next_due == NOW + timedelta(minutes=30) and "without entries" in notices_of(found)[0]


def test_a_busy_feed_is_left_alone_as_long_as_it_asks(server: LocalServer, client: WebClient, slept: list[float]) -> None:
    server.routes["/feed"] = lambda asked: asked.answer(b"", status=429, Retry_After="7200")
    state, _ = poll(client, FeedState(server.url("/feed")))
    assert state.next_due == NOW + timedelta(hours=2) and slept == []


def test_the_state_can_be_kept_as_json() -> None:
    state = FeedState("http://x/", '"v"', "y", NOW, 3)
    assert msgspec.json.decode(msgspec.json.encode(state), type=FeedState) == state


def test_pages_are_fetched_as_they_are_taken(server: LocalServer, client: WebClient) -> None:
    server.routes.update({"/feed": rss(item("/1"), item("/2")), "/1": page(), "/2": page()})
    _, outcomes = poll_feed(client, FeedState(server.url("/feed")))
    next(outcomes)
    assert server.asked["/1"] == 1 and server.asked["/2"] == 0
