"""A page and its twin: what a view finds, as HTML by a template and as JSON by its type, at one address with and without `.json`."""
from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import msgspec
from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from rawabit.ledger.ledger import Ledger
from rawabit.web.answers import Answers
from rawabit.web.asked import Asked, find_asked
from rawabit.web.render import render_page

View = Callable[..., Any]
"""A function of a ledger, `Asked`, and keywords that FastAPI reads from path and query; it returns a `Struct`."""
WRITTEN = 4
"""Pages that are kept of one answer: a language and numbering each."""
QUICK = 1
"""Level of packing: 1 ms for a page of 200 kB; 0.5 ms to unpack it, where writing it takes 30."""
SCHEMA = "#/components/schemas/{name}"


class Page(msgspec.Struct, frozen=True):
    """`path`: behind the language, for example `/deed/{id}`. `template`: in templates/. `view` finds what is shown. `writes`: its forms
    write, so a read-only observatory does not serve it. `fresh`: what it shows changes with
    each judgement, before the ledger is looked at again."""

    path: str
    template: str
    view: View
    writes: bool = False
    fresh: bool = False

    @property
    def name(self) -> str:
        """The page's own name, from its view's: `view_deed` is `deed`."""
        return self.view.__name__.removeprefix("view_")

    @property
    def answer(self) -> type[Any]:
        """The type of what is shown."""
        found: type[Any] = get_type_hints(self.view)["return"]
        return found


class Shown(msgspec.Struct):
    """What a view found, and pages that were written of it, packed (a fifth of their size), each under what it was asked with."""

    found: Any
    written: dict[Asked, bytes] = {}

    def write(self, request: Request, page: Page, asked: Asked) -> bytes:
        """The page. One that has no form which writes is the same for every visitor, and kept."""
        packed = self.written.get(asked)
        if packed is not None:
            return zlib.decompress(packed)
        made = render_page(request, page.template, asked, self.found).encode()
        if not page.writes:
            if len(self.written) >= WRITTEN:
                self.written.clear()
            self.written[asked] = zlib.compress(made, QUICK)
        return made


def add_page(app: FastAPI, page: Page, answers: Answers) -> None:
    """Serves a page and its twin."""
    summary = (inspect.getdoc(page.view) or "").split("\n")[0]

    def find(asked: Asked, given: dict[str, Any]) -> Shown:
        def ask(ledger: Ledger) -> Shown:
            return Shown(page.view(ledger, asked, **given))

        key = (page.path, asked.as_of, tuple(sorted(given.items())), answers.written if page.fresh else 0)
        shown: Shown = answers.find(key, ask)
        return shown

    def show_html(request: Request, asked: Asked, **given: Any) -> Response:
        return HTMLResponse(find(asked, given).write(request, page, asked))

    def show_json(request: Request, asked: Asked, **given: Any) -> Response:
        return Response(msgspec.json.encode(find(asked, given).found), media_type="application/json")

    schema = {"$ref": SCHEMA.format(name=page.answer.__name__)}
    for show, ending, kind in ((show_json, ".json", {"application/json": {"schema": schema}}), (show_html, "", {"text/html": {}})):
        show.__signature__ = _make_signature(page.view)  # type: ignore[attr-defined]
        app.add_api_route(f"/{{language}}{page.path}{ending}", show, methods=["GET"], name=page.name + ending, summary=summary,
                          response_class=Response, responses={200: {"content": kind, "description": summary}, **make_errors(ending)})


ERRORS: dict[int | str, dict[str, Any]] = {400: {"description": "A question that the ledger refuses, with the reason."},
                                           404: {"description": "Nothing of this id as of that day."},
                                           422: {"description": "A value in the address that is none."}}
ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def make_errors(ending: str) -> dict[int | str, dict[str, Any]]:
    """How errors of a page (`ending` empty) or of its twin are described."""
    content: dict[str, Any] = {"application/json": {"schema": ERROR}} if ending == ".json" else {"text/html": {}}
    return {status: {**told, "content": content} for status, told in ERRORS.items()}


def _make_signature(view: View) -> inspect.Signature:
    """What FastAPI reads of a request: the request itself, what every page is asked with, and the view's own keywords."""
    kind = inspect.Parameter.KEYWORD_ONLY
    own = [p for p in inspect.signature(view, eval_str=True).parameters.values() if p.kind is kind]
    common = [inspect.Parameter("request", kind, annotation=Request),
              inspect.Parameter("asked", kind, annotation=Annotated[Asked, Depends(find_asked)])]
    return inspect.Signature([*common, *own])


def add_schemas(app: FastAPI, pages: list[Page]) -> None:
    """Puts the types of what pages show into the OpenAPI description."""
    make = app.openapi

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = make()
            _, components = msgspec.json.schema_components([page.answer for page in pages], ref_template=SCHEMA)
            described.setdefault("components", {}).setdefault("schemas", {}).update(components)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]
