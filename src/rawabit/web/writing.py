"""The forms that write: what they are asked with, who may send them, and where they lead. Each answers with a page or sends the reader on.

Refuses a form that this server did not give to this visitor, unless a program sends it with the token; what was typed is shown again.
Leads to addresses of its own alone.
"""
from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from fastapi import Depends, FastAPI, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rawabit.ledger.doubt import count_queue
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.review import Record, correct_record, find_record, judge_records, read_judgements
from rawabit.model import LedgerError, RawabitError
from rawabit.source.clean import clean_line
from rawabit.web.answers import Answers
from rawabit.web.asked import Asked, find_asked
from rawabit.web.desk import Desk, name_report
from rawabit.web.guard import REVIEWER, find_reviewer, may_write
from rawabit.web.readers import Readers
from rawabit.web.render import render_page
from rawabit.web.views.add import AddPage, Draft, show_draft, show_told, show_trouble, source_draft
from rawabit.web.views.review import Kind, ReviewPage, find_changes, show_record

SAVE = "save"
JUDGEMENTS = ("accept", "correct", "reject", "undo")
COLUMN = "c."
"""How the names of fields of a correction begin."""
YEAR = 31_536_000
"""Seconds for which a browser keeps a reviewer's name."""
HTML: dict[str, Any] = {"text/html": {}}
WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {"content": HTML, "description": "The page, with what came of the form."},
    303: {"description": "Written; the address of what there is to see now."},
    **{status: {"content": HTML, "description": told} for status, told in {
        400: "What was sent cannot be read or is not allowed, with the reason; the form keeps what was typed.",
        403: "The form is not one that this server gave to this visitor and has no token, or nothing can be written here.",
        404: "There is nothing of this id.", 411: "A body without its length.", 413: "A body above the limit.",
        422: "A value that is none.", 429: "Too many requests in a minute."}.items()}}
Field = Annotated[str, Form()]
Csrf = Annotated[str, Form(description="The signature of the form, from its page. A program that sends `Authorization: Bearer TOKEN` needs "
                                       "none, where the observatory was started with a token.")]


def add_writing(app: FastAPI) -> None:
    """The forms of the pages that write."""
    for path, send, summary in (("/add", send_draft, "Reads a text or an address; with do=save, adds it to the ledger."),
                                ("/review/{id}", send_judgement, "Accepts, corrects, rejects a record, or undoes its judgement.")):
        app.add_api_route(f"/{{language}}{path}", send, methods=["POST"], name=send.__name__, summary=summary, response_class=Response,
                          responses=WRITTEN)


def send_draft(request: Request, asked: Annotated[Asked, Depends(find_asked)], csrf: Csrf = "", do: Field = "read", url: Field = "",
               title: Field = "", text: Field = "", outlet: Field = "", published: Field = "", written_in: Field = "") -> Response:
    """The reading of what was typed; what is saved leads to its report."""
    draft = Draft(url, title, text, outlet, published, written_in)
    if not may_write(request, csrf):
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


class Judging(msgspec.Struct, frozen=True):
    """A judgement as it was sent. `typed`: the fields of the correction. `kind`, `skip`, `alone`: the page that it was sent from."""

    do: str
    reviewer: str
    note: str
    typed: dict[str, str]
    kind: Kind
    skip: int
    alone: bool


async def read_judging(
        request: Request, do: Field = "", reviewer: Annotated[str, Form(max_length=80)] = "",
        note: Annotated[str, Form(max_length=500)] = "", kind: Annotated[Kind, Form()] = Kind.EVENTS,
        skip: Annotated[int, Form(ge=0, le=1_000_000)] = 0, alone: Annotated[bool, Form()] = False) -> Judging:
    """What a form of the review holds; fields `c.COLUMN` are those of a correction."""
    typed = {name.removeprefix(COLUMN): value for name, value in (await request.form()).items()
             if name.startswith(COLUMN) and isinstance(value, str)}
    return Judging(do, clean_line(reviewer) or clean_line(find_reviewer(request)), clean_line(note), typed, kind, skip, alone)


def send_judgement(request: Request, asked: Annotated[Asked, Depends(find_asked)], sent: Annotated[Judging, Depends(read_judging)],
                   id: Annotated[str, Path(max_length=80, description="Of a record.")], csrf: Csrf = "") -> Response:
    """Judges a record; leads to the next of the queue, or back to the record that was judged alone or whose judgement was undone."""
    desk: Desk = request.app.state.desk
    ledger = Ledger(desk.location)
    record = find_record(ledger, id)
    if not may_write(request, csrf):
        return _show_review(request, asked, ledger, record, sent, ("refused_form", ""), 403)
    if not sent.reviewer:
        return _show_review(request, asked, ledger, record, sent, ("review_who_asked", ""))
    changes = find_changes(record, sent.typed) if sent.do == "correct" else []
    if sent.do not in JUDGEMENTS or (sent.do == "correct" and not changes):
        key = "review_nothing_changed" if sent.do == "correct" else "review_unknown_judgement"
        return _show_review(request, asked, ledger, record, sent, (key, ""))
    try:
        with desk.writer() as writer:
            if changes:
                correct_record(writer, ledger, record, changes, sent.reviewer, sent.note or None)
            else:
                judge_records(writer, ledger, [record], sent.do, sent.reviewer, sent.note or None)
    except LedgerError as error:
        return _show_review(request, asked, ledger, record, sent, ("review_refused", str(error)))
    return _lead_on(request, asked, id, sent)


def _lead_on(request: Request, asked: Asked, id: str, sent: Judging) -> Response:
    """To the record where it is to be seen again, else to the queue, which needs no renewed ledger to know what was judged."""
    answers: Answers = request.app.state.answers
    answers.note_writing()
    again = sent.alone or sent.do == "undo"
    if again or sent.do == "correct":
        request.app.state.readers.renew()
    kept = {"kind": sent.kind.value, "skip": sent.skip or None}
    answer = send_on(asked, f"/review/{id}" if again else "/review", **kept)
    answer.set_cookie(REVIEWER, quote(sent.reviewer), max_age=YEAR, httponly=True, samesite="lax")
    return answer


def _show_review(request: Request, asked: Asked, ledger: Ledger, record: Record, sent: Judging, told: tuple[str, str],
                 status: int = 400) -> Response:
    """The page of a record with what was typed, and why it was not judged."""
    shown = show_record(ledger, record, read_judgements(ledger.location))
    fields = tuple(msgspec.structs.replace(field, value=sent.typed.get(field.name, field.value)) for field in shown.fields)
    page = ReviewPage(sent.kind, sent.skip, True, msgspec.structs.replace(shown, fields=fields), count_queue(ledger), ())
    more = {"correcting": True} if sent.do == "correct" else {}
    return HTMLResponse(render_page(request, "review.html", asked, page, told=told, note=sent.note, **more), status)
