"""An address on the web → the bytes there, with limits: time, size, redirects, tries, and where a connection may go.

Order of work: the address is checked (http or https, no password), its host looked up and checked, the connection made to the checked
address; at every redirect again. The body is counted while it comes and again while it is unpacked. 429 and 503 are tried again after
the pause that the server asks for. Refuses private networks unless told otherwise. Keeps no cookies and uses no proxy of the
environment, for behind a proxy no address could be checked.
"""
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

import msgspec

from rawabit.model import InputError
from rawabit.source.address import Resolve, check_address, resolve_host
from rawabit.source.body import unpack_body
from rawabit.source.clean import clean_line
from rawabit.source.outcome import Clock, utc_now
from rawabit.source.watch import Watch

if TYPE_CHECKING:
    import httpx

ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
NEXT_SAVE = "Save the page in a browser and give the file."
NEXT_LATER = "Try again later."
LONGEST_PAUSE = 86_400.0


class WebLimits(msgspec.Struct, frozen=True):
    """Where fetching stops: bytes of a body, seconds for one page with its redirects, redirects, tries, seconds of a pause."""

    body: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 3
    pause: float = 60.0


class FetchError(InputError):
    """An address that gave nothing; `again` says whether it may later, `pause` the seconds that the server asks for."""

    def __init__(self, message: str, again: bool = False, busy: bool = False, pause: float | None = None) -> None:
        super().__init__(message)
        self.again, self.busy, self.pause = again, busy, pause


class Fetched(msgspec.Struct, frozen=True):
    """What an address gave: where it was found in the end, status, type, encoding as the server says, headers, unpacked body, when."""

    url: str
    status: int
    kind: str
    charset: str | None
    headers: Mapping[str, str]
    data: bytes
    retrieved: datetime


class WebClient:
    """Fetches pages one at a time. A context manager; `sleep` and `resolve` are there for tests."""

    def __init__(self, *, allow_private: bool = False, limits: WebLimits = WebLimits(), clock: Clock = utc_now,  # noqa: B008
                 sleep: Callable[[float], None] = time.sleep, resolve: Resolve = resolve_host) -> None:
        self.allow_private, self.limits, self.clock = allow_private, limits, clock
        self._sleep, self._resolve = sleep, resolve
        self._client: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """What is at an address, or 304 where `headers` asked for it. Raises FetchError, and InputError for what is refused."""
        for tried in range(1, self.limits.tries + 1):
            try:
                return self._follow(url, headers or {})
            except FetchError as error:
                pause = 2.0 ** (tried - 1) if error.pause is None else error.pause
                if not error.busy or tried == self.limits.tries or pause > self.limits.pause:
                    raise
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _follow(self, url: str, headers: Mapping[str, str]) -> Fetched:
        """The end of a chain of redirects."""
        import httpx

        with Watch(self.limits.seconds) as watch:
            try:
                place = _check_url(url)
                for _ in range(self.limits.redirects + 1):
                    response, data = self._get(place, headers, watch)
                    if response.status_code not in REDIRECTS or "location" not in response.headers:
                        return self._finish(place, response, data)
                    place = _check_url(str(place.join(response.headers["location"])))
            except httpx.HTTPError as error:
                raise self._explain(error, watch) from error
            except (httpx.InvalidURL, UnicodeError) as error:
                raise FetchError(f"no address that can be used ({clean_line(str(error))[:200]}). Check it.") from error
        raise FetchError(f"redirects more than {self.limits.redirects} times. Give the address at which the page is in the end.")

    def _get(self, place: httpx.URL, headers: Mapping[str, str], watch: Watch) -> tuple[httpx.Response, bytes]:
        """One response and its body as sent, from the first checked address that answers."""
        import httpx

        addresses = self._find_addresses(place)
        for address in addresses:
            try:
                return self._get_at(address, place, headers, watch)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if address == addresses[-1] or watch.late:
                    raise
        raise AssertionError("there is an address")

    def _find_addresses(self, place: httpx.URL) -> list[str]:
        host = place.raw_host.decode("ascii")
        try:
            addresses = self._resolve(host, place.port or (443 if place.scheme == "https" else 80))[:3]
        except (OSError, UnicodeError) as error:
            raise FetchError(f"no server named {host[:100]} is known. Check the address and the network.", again=True) from error
        for address in addresses if not self.allow_private else ():
            check_address(host, address)
        return addresses

    def _get_at(self, address: str, place: httpx.URL, headers: Mapping[str, str], watch: Watch) -> tuple[httpx.Response, bytes]:
        """The host's name goes into the Host header and the TLS handshake, the address into the connection."""
        client, host = self._open(), place.raw_host.decode("ascii")
        request = client.build_request("GET", place.copy_with(host=address), headers={**headers, "Host": place.netloc.decode("ascii")},
                                       extensions={"sni_hostname": host, "trace": watch.trace, **_timeouts(watch)})
        response = client.send(request, stream=True)
        try:
            _check_length(response.headers.get("content-length", ""), self.limits.body)
            data = bytearray()
            for chunk in response.iter_raw() if response.status_code == HTTPStatus.OK else ():
                data += chunk
                _check_length(str(len(data)), self.limits.body)
            watch.check()
            return response, bytes(data)
        finally:
            response.close()

    def _open(self) -> httpx.Client:
        """The client, opened at the first page. Keeps no connection: each is checked anew."""
        from http.cookiejar import CookieJar, DefaultCookiePolicy

        import httpx

        if self._client is None:
            self._client = httpx.Client(
                trust_env=False, follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0),
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                headers={"User-Agent": _agent(), "Accept": ACCEPT, "Accept-Encoding": "gzip"})
        return self._client

    def _finish(self, place: httpx.URL, response: httpx.Response, data: bytes) -> Fetched:
        status = response.status_code
        if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            raise _refusal(status, _pause(response.headers.get("retry-after"), self.clock()))
        body = unpack_body(data, response.headers.get("content-encoding", ""), self.limits.body)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        url, headers = str(place.copy_with(fragment=None)), dict(response.headers)
        return Fetched(url, status, kind, response.charset_encoding, headers, body, self.clock())

    def _explain(self, error: httpx.HTTPError, watch: Watch) -> FetchError:
        import httpx

        if watch.late or isinstance(error, httpx.TimeoutException):
            return FetchError(f"no whole answer within {self.limits.seconds:.0f} s. {NEXT_LATER}", again=True)
        reason = clean_line(str(error))[:200] or type(error).__name__
        return FetchError(f"cannot be fetched ({reason}). Check the address and the network, or try again later.", again=True)


def _agent() -> str:
    """The name under which Rawabit asks."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Rawabit/{version('rawabit')} (reads news reports)"
    except PackageNotFoundError:
        return "Rawabit (reads news reports)"


def _timeouts(watch: Watch) -> dict[str, object]:
    """No wait is longer than what is left of the whole."""
    left = max(0.001, watch.left)
    return {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), min(10.0, left))}


def _check_url(url: str) -> httpx.URL:
    """The address, if it is one that is fetched."""
    import httpx

    place = httpx.URL(url)
    if place.scheme not in ("http", "https"):
        raise FetchError(f"refused: an address that begins with {place.scheme[:20] + ':' if place.scheme else 'no scheme'!r}. "
                         "Give one that begins with http:// or https://, or the path of a file.")
    if not place.host:
        raise FetchError("an address without a host. Check it.")
    if place.userinfo:
        raise FetchError(f"refused: an address with a user name or password in it. Give it without them. {NEXT_SAVE}")
    return place


def _check_length(size: str, limit: int) -> None:
    if size.isdecimal() and int(size[:20]) > limit:
        raise FetchError(f"a body above {limit / 1e6:.0f} MB, cut off. Download the file and give its path.")


def _refusal(status: int, pause: float | None) -> FetchError:
    """What to tell of a status that is no page."""
    name = next((f"{s.value} {s.phrase}" for s in HTTPStatus if s == status), str(status))
    if status in BUSY:
        wait = f" in {pause:.0f} s" if pause else " later"
        return FetchError(f"the server is busy ({name}). Try again{wait}.", again=True, busy=True, pause=pause)
    if status in (401, 402, 403, 451):
        return FetchError(f"the server does not give the page to programs ({name}). {NEXT_SAVE}")
    if status >= 500 or status in (408, 425):
        return FetchError(f"the server failed ({name}). {NEXT_LATER}", again=True)
    return FetchError(f"the server has no page there ({name}). Check the address.")


def _pause(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, at most a day."""
    if not value:
        return None
    if value.strip().isdecimal():
        return min(LONGEST_PAUSE, float(value.strip()[:9]))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(LONGEST_PAUSE, max(0.0, (moment - now).total_seconds()))
