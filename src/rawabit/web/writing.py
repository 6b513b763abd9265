"""The forms that write: what they are asked with, who may send them, and where they lead. Each answers with a page or sends the reader on.

Refuses a form that this server did not give to this visitor; what was typed is shown again. Leads to addresses of its own alone.
"""
from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rawabit.model import RawabitError
from rawabit.web.asked import Asked, find_asked
from rawabit.web.desk import Desk, name_report
from rawabit.web.guard import is_own_form
from rawabit.web.readers import Readers
from rawabit.web.render import render_page
from rawabit.web.views.add import AddPage, Draft, show_draft, show_told, show_trouble, source_draft

SAVE = "save"
HTML: dict[str, Any] = {"text/html": {}}
WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {"content": HTML, "description": "The page, with what came of the form."},
    303: {"description": "Written; the address of what there is to see now."},
    **{status: {"content": HTML, "description": told} for status, told in {
        400: "What was sent cannot be read or is not allowed, with the reason; the form keeps what was typed.",
        403: "The form is not one that this server gave to this visitor, or nothing can be written here.",
        404: "There is nothing of this id.", 411: "A body without its length.", 413: "A body above the limit.",
        422: "A value that is none.", 429: "Too many requests in a minute."}.items()}}
Field = Annotated[str, Form()]


def add_writing(app: FastAPI) -> None:
    """The forms of the pages that write."""
    for path, send, summary in (("/add", send_draft, "Reads a text or an address; with do=save, adds it to the ledger."),):
        app.add_api_route(f"/{{language}}{path}", send, methods=["POST"], name=send.__name__, summary=summary, response_class=Response,
                          responses=WRITTEN)


def send_draft(request: Request, asked: Annotated[Asked, Depends(find_asked)], csrf: Field = "", do: Field = "read", url: Field = "",
               title: Field = "", text: Field = "", outlet: Field = "", published: Field = "", written_in: Field = "") -> Response:
    """The reading of what was typed; what is saved leads to its report."""
    draft = Draft(url, title, text, outlet, published, written_in)
    if not is_own_form(request, csrf):
        return _show_add(request, asked, show_told(draft, "refused_form"), 403)
    desk: Desk = request.app.state.desk
    readers: Readers = request.app.state.readers
    try:
        draft, report = source_draft(desk, draft)
        with readers.lease() as ledger:
            page = show_draft(ledger, draft, report)
        if do != SAVE or page.read is None or page.read.seen:
            return _show_add(request, asked, page)
        desk.add(report)
    except RawabitError as error:
        return _show_add(request, asked, show_trouble(draft, error), 400)
    readers.renew()
    return send_on(asked, f"/report/{name_report(report.document)}")


def _show_add(request: Request, asked: Asked, page: AddPage, status: int = 200) -> Response:
    return HTMLResponse(render_page(request, "add.html", asked, page), status)


def send_on(asked: Asked, path: str, **query: Any) -> Response:
    """Sends the reader on to a page of what the ledger holds now: no day is asked for, so that what was written is seen."""
    return RedirectResponse(msgspec.structs.replace(asked, as_of=None).link(path, **query), 303)


