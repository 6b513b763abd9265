"""What does not work, as a page in the language of its address, or as JSON to one who asked for that."""
from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from rawabit.model import RawabitError
from rawabit.web.asked import Asked, Digits, Language
from rawabit.web.guard import HEADERS, Refusal
from rawabit.web.render import render_page
from rawabit.web.words import Words, find_words

PAUSE = "60"
"""Seconds after which one who asked too often may ask again."""
KEYS = {404: "refused_nowhere", 405: "refused_method"}
"""Messages for what Starlette refuses by itself."""


def add_refusals(app: FastAPI) -> None:
    """Tells every error of the application in words."""
    app.add_exception_handler(RawabitError, show_refusal)
    app.add_exception_handler(RequestValidationError, show_invalid)
    app.add_exception_handler(HTTPException, show_missing)
    app.add_exception_handler(Exception, show_failure)


def show_refusal(request: Request, error: Exception) -> Response:
    """What the ledger refuses: 404 for an id that it does not hold, 400 for a question that it cannot answer."""
    return tell(request, 404 if "id" in request.path_params else 400, str(error))


def show_invalid(request: Request, error: Exception) -> Response:
    """A value in the address or a form that is none."""
    assert isinstance(error, RequestValidationError)
    words = find_asked_words(request)
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {words.name('invalid', one['type'])}" for one in error.errors())
    return tell(request, 422, words.say("refused_value", told=told))


def show_missing(request: Request, error: Exception) -> Response:
    """An address that leads nowhere, a form that cannot be read."""
    assert isinstance(error, HTTPException)
    key = KEYS.get(error.status_code)
    response = tell(request, error.status_code, find_asked_words(request).say(key) if key else str(error.detail))
    response.headers.update(error.headers or {})
    return response


def show_failure(request: Request, error: Exception) -> Response:
    """A fault of this program: nothing of it is told to the reader; the server writes it to standard error."""
    response = tell_key(request, Refusal(500, "refused_fault"))
    response.headers.update(HEADERS)
    return response


def tell_key(request: Request, refusal: Refusal) -> Response:
    """A refusal in the words of the catalogue."""
    response = tell(request, refusal.status, find_asked_words(request).say(refusal.key, **refusal.values))
    if refusal.status == 429:
        response.headers["Retry-After"] = PAUSE
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def find_language(request: Request) -> Language:
    """The language of an address; English where it has none."""
    parts = request.url.path.split("/")
    return Language(parts[1]) if len(parts) > 1 and parts[1] in list(Language) else Language.EN


def find_asked_words(request: Request) -> Words:
    """The words of the language of an address."""
    return find_words(find_language(request), Digits.LATN)


def tell(request: Request, status: int, message: str) -> Response:
    """An error as a page, or as JSON to one who asked for that."""
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": message}, status)
    asked = Asked(find_language(request), None, Digits.LATN, "/today")
    return HTMLResponse(render_page(request, "error.html", asked, None, status=status, message=message), status)
