"""What lets a request in and what goes out with each answer: name of the host, token, limits of size and rate, forged forms, headers.

* A server that listens to this machine alone is asked by a name of this machine (no rebinding of DNS).
* A token is asked for wherever one is set: `Authorization: Bearer …`, or `?token=…` once, which is then kept in a cookie. The style sheet
  and script of the package are given without.
* A request that writes needs the form's own signature (`csrf`), made from the visitor's cookie and the server's secret; or the token in
  its `Authorization` header, which a program sends and no page of another site can make a browser send.

The cookies go with links from other sites (`lax`), so that a link in a message opens the page; a form of another site brings none of them.
"""
from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote, urlencode

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rawabit.web.settings import LOCAL, Settings

VISITOR, TOKEN, REVIEWER = "rawabit_visitor", "rawabit_token", "rawabit_reviewer"
"""Names of the cookies."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                               "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HOSTS = LOCAL | {"testserver"}
"""Names in the Host header of a server that listens to this machine alone. `testserver`, the name that Starlette's test client uses, has
no dot, so no public name server can answer for it."""
STATIC = "/static/"
DRAINED = 10
"""Bodies of up to this many times the limit are read to their end and thrown away, so that the browser gets to see the refusal."""
Next = Callable[[Request], Awaitable[Response]]


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is not let in: the status, and the message of the catalogue with what fills its gaps."""

    status: int
    key: str
    values: dict[str, Any] = {}


Tell = Callable[[Request, Refusal], Response]


class Guard:
    """The guard of one application. `tell` makes a page of a refusal."""

    def __init__(self, settings: Settings, tell: Tell) -> None:
        self.settings, self._tell = settings, tell
        self._limiter, self._rate = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(settings.most_requests)

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """The answer to a request, with the headers that go with all."""
        request.state.visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(16)
        found = refuse(request, self.settings) or self._check_rate(request)
        if isinstance(found, Refusal):
            await self._drain(request, found)
            found = self._tell(request, found)
        response = found or await go_on(request)
        response.headers.update(HEADERS)
        if VISITOR not in request.cookies:
            response.set_cookie(VISITOR, request.state.visitor, httponly=True, samesite="lax")
        return response

    def _check_rate(self, request: Request) -> Refusal | None:
        """Of requests that write or fetch."""
        if request.method in SAFE or self._limiter.hit(self._rate, request.client.host if request.client else ""):
            return None
        return Refusal(429, "refused_rate", {"n": self.settings.most_requests})

    async def _drain(self, request: Request, refusal: Refusal) -> None:
        if refusal.status == 413 and int(request.headers["content-length"]) <= DRAINED * self.settings.most_bytes:
            async for _ in request.stream():
                continue


def add_guard(app: FastAPI, settings: Settings, tell: Tell) -> None:
    """Puts the guard before all pages."""
    app.middleware("http")(Guard(settings, tell).__call__)


def refuse(request: Request, settings: Settings) -> Response | Refusal | None:
    """Why a request is not let in, or the way on for one that brings its token; None where it may go on."""
    if settings.is_local and find_host(request.headers.get("host", "")) not in HOSTS:
        return Refusal(400, "refused_host", {"port": str(settings.port)})
    if settings.token is not None and not request.url.path.startswith(STATIC) and (answer := _check_token(request, settings.token)):
        return answer
    if request.method not in SAFE and settings.read_only:
        return Refusal(403, "refused_read_only")
    length = request.headers.get("content-length", "0" if request.method in SAFE else "")
    if not (length.isascii() and length.isdigit()):
        return Refusal(411, "refused_length")
    if int(length[:20]) > settings.most_bytes:
        return Refusal(413, "refused_size", {"n": settings.most_bytes / 1e6})
    return None


def find_host(header: str) -> str:
    """The name in a Host header, without its port and without the brackets of IPv6."""
    name, _, port = header.rpartition(":")
    name = name if name and port.isdigit() else header
    return name.removeprefix("[").removesuffix("]").lower()


def _check_token(request: Request, token: str) -> Response | Refusal | None:
    if _same(request.query_params.get("token", ""), token):
        answer = RedirectResponse(_without_token(request), 303)
        answer.set_cookie(TOKEN, token, httponly=True, samesite="lax")
        return answer
    if brings_token(request, token) or _same(request.cookies.get(TOKEN, ""), token):
        return None
    return Refusal(401, "refused_token")


def brings_token(request: Request, token: str) -> bool:
    """Whether a request has the token in its `Authorization` header: a cookie is sent by a browser whoever asks it to."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return kind == "Bearer" and _same(given, token)


def _without_token(request: Request) -> str:
    """The same address on this server, whatever the Host header says: one slash alone begins it."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "token"]
    path = request.url.path.replace("\\", "/").lstrip("/")
    return f"/{path}" + (f"?{urlencode(kept)}" if kept else "")


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def make_csrf(request: Request) -> str:
    """The signature of the forms that a visitor gets."""
    settings: Settings = request.app.state.settings
    return hmac.new(settings.secret.encode(), request.state.visitor.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def may_write(request: Request, signature: Any) -> bool:
    """Whether a form is one that this server gave to this visitor, or comes from a program that has the token."""
    settings: Settings = request.app.state.settings
    if settings.token is not None and brings_token(request, settings.token):
        return True
    return (isinstance(signature, str) and signature.isascii() and VISITOR in request.cookies
            and hmac.compare_digest(signature, make_csrf(request)))


def find_reviewer(request: Request) -> str:
    """The name under which a visitor judged before; empty where there is none."""
    return unquote(request.cookies.get(REVIEWER, ""), errors="replace")
