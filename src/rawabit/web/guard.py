"""What lets a request in and what goes out with each answer: token, limits of size and rate, forged forms, headers.

* A token is asked for wherever one is set: `Authorization: Bearer …`, or `?token=…` once, which is then kept in a cookie.
* A request that writes needs the form's own signature (`csrf`), made from the visitor's cookie and the server's secret.
* Only pages of this server may be asked by name of this host (no rebinding of DNS).
"""
from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.middleware.trustedhost import TrustedHostMiddleware

from rawabit.web.settings import LOCAL, Settings

VISITOR, TOKEN = "rawabit_visitor", "rawabit_token"
"""Names of the cookies."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                               "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Next = Callable[[Request], Awaitable[Response]]


def add_guard(app: FastAPI, settings: Settings) -> None:
    """Puts the guard before all pages."""
    limiter, rate = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(settings.most_requests)

    @app.middleware("http")
    async def guard(request: Request, go_on: Next) -> Response:
        request.state.visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(16)
        refused = refuse(request, settings) or (
            None if request.method in SAFE or limiter.hit(rate, request.client.host if request.client else "")
            else PlainTextResponse("Too many requests. Wait a minute and try again.", 429))
        response = refused or await go_on(request)
        response.headers.update(HEADERS)
        if VISITOR not in request.cookies:
            response.set_cookie(VISITOR, request.state.visitor, httponly=True, samesite="strict")
        return response

    if settings.is_local:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*sorted(LOCAL), "testserver"])


def refuse(request: Request, settings: Settings) -> Response | None:
    """Why a request is not let in, or the way on for one that brings its token; None where it may go on."""
    if settings.token is not None and (answer := _check_token(request, settings.token)):
        return answer
    if request.method not in SAFE and settings.read_only:
        return PlainTextResponse("This observatory is read-only. Start it without --read-only to write.", 403)
    length = request.headers.get("content-length", "0" if request.method in SAFE else "")
    if not length.isdigit():
        return PlainTextResponse("A body needs its Content-Length.", 411)
    if int(length) > settings.most_bytes:
        return PlainTextResponse(f"The body is larger than {settings.most_bytes:,} bytes. Use `rawabit add` for it.", 413)
    return None


def _check_token(request: Request, token: str) -> Response | None:
    given = request.query_params.get("token")
    if given is not None and _same(given, token):
        answer = RedirectResponse(str(request.url.remove_query_params("token")), 303)
        answer.set_cookie(TOKEN, token, httponly=True, samesite="strict")
        return answer
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    if _same(bearer, token) or _same(request.cookies.get(TOKEN, ""), token):
        return None
    return PlainTextResponse("This observatory asks for its token: open it once with ?token=…, as `rawabit serve` printed it.", 401)


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def make_csrf(request: Request) -> str:
    """The signature of the forms that a visitor gets."""
    settings: Settings = request.app.state.settings
    return hmac.new(settings.secret.encode(), request.state.visitor.encode(), hashlib.sha256).hexdigest()


def is_own_form(request: Request, signature: Any) -> bool:
    """Whether a form is one that this server gave to this visitor."""
    return isinstance(signature, str) and VISITOR in request.cookies and hmac.compare_digest(signature, make_csrf(request))
