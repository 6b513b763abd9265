"""The observatory as an ASGI application: all pages, the guard, errors in words, and the OpenAPI description at /openapi.json."""
from __future__ import annotations

from importlib import resources

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from rawabit import __version__
from rawabit.model import RawabitError
from rawabit.web.asked import Asked, Digits, Language
from rawabit.web.files import add_files
from rawabit.web.guard import add_guard
from rawabit.web.pages import Page, add_page, add_schemas
from rawabit.web.readers import Readers
from rawabit.web.render import render_page
from rawabit.web.settings import Settings
from rawabit.web.views.deed import view_deed
from rawabit.web.views.formats import view_format, view_formats
from rawabit.web.views.pair import view_pair

PAGES = [
    Page("/deed/{id}", "deed.html", view_deed),
    Page("/pair/{a}/{b}", "pair.html", view_pair),
    Page("/formats", "formats.html", view_formats),
    Page("/format/{code}", "format.html", view_format),
]


def make_app(settings: Settings) -> FastAPI:
    """The application. Opens the ledger when first asked."""
    app = FastAPI(title="Rawabit", version=__version__, docs_url=None, redoc_url=None,
                  description="The ledger of relations between states. Every page has a twin in JSON.")
    app.state.settings, app.state.readers = settings, Readers(settings.ledger)
    add_guard(app, settings)
    app.mount("/static", StaticFiles(directory=str(resources.files("rawabit.web").joinpath("static"))), name="static")
    for page in PAGES:
        add_page(app, page, app.state.readers)
    add_files(app, app.state.readers)
    add_schemas(app, PAGES)
    app.add_api_route("/", show_front, include_in_schema=False)
    app.add_exception_handler(RawabitError, show_refusal)
    app.add_exception_handler(RequestValidationError, show_invalid)
    app.add_exception_handler(HTTPException, show_missing)
    return app


def show_front(request: Request) -> Response:
    """Sends a visitor on to the first page in the language that the browser prefers."""
    wanted = request.headers.get("accept-language", "").lower()
    return RedirectResponse(f"/{Language.AR if wanted.startswith('ar') else Language.EN}/today", 307)


def show_refusal(request: Request, error: Exception) -> Response:
    """What the ledger refuses: 404 for an id that it does not hold, 400 for a question that it cannot answer."""
    return _tell(request, 404 if "id" in request.path_params else 400, str(error))


def show_invalid(request: Request, error: Exception) -> Response:
    """A value in the address that is none."""
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors())
    return _tell(request, 422, told)


def show_missing(request: Request, error: Exception) -> Response:
    """An address that leads nowhere."""
    assert isinstance(error, HTTPException)
    return _tell(request, error.status_code, str(error.detail))


def _tell(request: Request, status: int, message: str) -> Response:
    """An error as a page, or as JSON to one who asked for that."""
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": message}, status)
    parts = request.url.path.split("/")
    language = Language(parts[1]) if parts[1] in list(Language) else Language.EN
    asked = Asked(language, None, Digits.LATN, "/today")
    return HTMLResponse(render_page(request, "error.html", asked, None, status=status, message=message), status)
