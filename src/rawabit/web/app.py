"""The observatory as an ASGI application: all pages, the guard, errors in words, and the OpenAPI description at /openapi.json."""
from __future__ import annotations

from importlib import resources

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from rawabit import __version__
from rawabit.web.answers import Answers
from rawabit.web.asked import Language
from rawabit.web.desk import Desk
from rawabit.web.downloads import add_downloads
from rawabit.web.files import add_files
from rawabit.web.guard import add_guard
from rawabit.web.pages import Page, add_page, add_schemas
from rawabit.web.readers import Readers
from rawabit.web.refusals import add_refusals, tell_key
from rawabit.web.settings import Settings
from rawabit.web.views.add import view_add
from rawabit.web.views.deed import view_deed
from rawabit.web.views.formats import view_format, view_formats
from rawabit.web.views.pair import view_pair
from rawabit.web.views.report import view_report
from rawabit.web.views.review import view_review, view_review_one
from rawabit.web.views.search import view_search
from rawabit.web.views.state import view_state
from rawabit.web.views.today import view_today
from rawabit.web.writing import add_writing

PAGES = [
    Page("/deed/{id}", "deed.html", view_deed),
    Page("/report/{id}", "report.html", view_report),
    Page("/search", "search.html", view_search),
    Page("/pair/{a}/{b}", "pair.html", view_pair),
    Page("/state/{code}", "state.html", view_state),
    Page("/today", "today.html", view_today),
    Page("/formats", "formats.html", view_formats),
    Page("/format/{code}", "format.html", view_format),
    # add and review
    Page("/add", "add.html", view_add, writes=True),
    Page("/review", "review.html", view_review, writes=True, fresh=True),
    Page("/review/{id}", "review.html", view_review_one, writes=True, fresh=True),
]

SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""FastAPI measures nothing and sends nothing, whatever the environment says (`FASTAPI_OTEL_AUTO_CONFIGURE`, `OTEL_…`)."""
FIELDS = 64
"""Fields of a form at most."""


def make_app(settings: Settings) -> FastAPI:
    """The application. Opens the ledger when first asked."""
    app = FastAPI(title="Rawabit", version=__version__, docs_url=None, redoc_url=None, telemetry=SILENT,
                  form_limits={"max_part_size": settings.most_bytes, "max_fields": FIELDS, "max_files": 0},
                  description="The ledger of relations between states. Every page has a twin in JSON.")
    app.state.settings, app.state.readers, app.state.desk = settings, Readers(settings.ledger), Desk(settings.ledger)
    answers = app.state.answers = Answers(app.state.readers)
    add_guard(app, settings, tell_key)
    app.mount("/static", StaticFiles(directory=str(resources.files("rawabit.web").joinpath("static"))), name="static")
    pages = [page for page in PAGES if not (page.writes and settings.read_only)]
    for page in pages:
        add_page(app, page, answers)
    add_downloads(app)
    add_files(app, answers)
    add_schemas(app, pages)
    if not settings.read_only:
        add_writing(app)
    app.add_api_route("/", show_front, include_in_schema=False)
    add_refusals(app)
    return app


def show_front(request: Request) -> Response:
    """Sends a visitor on to the first page in the language that the browser prefers."""
    wanted = request.headers.get("accept-language", "").lower()
    return RedirectResponse(f"/{Language.AR if wanted.startswith('ar') else Language.EN}/today", 307)
