"""What pages hand out beside themselves: the chart of a pair as SVG, its brief, the calendar of a format.

A brief's page brings its own style; here that stands in a file of its own, since no page of the observatory may hold a style inline.
"""
from __future__ import annotations

from datetime import date
from enum import StrEnum
from importlib import resources
from typing import Annotated, Any

import msgspec
from fastapi import Depends, FastAPI, Query
from fastapi.responses import Response

from rawabit.brief import gather_pair, make_brief
from rawabit.brief.parts import Brief
from rawabit.brief.people import find_people
from rawabit.brief.render_docx import render_docx
from rawabit.brief.render_html import render_html
from rawabit.brief.render_md import render_md
from rawabit.ledger.ledger import Ledger
from rawabit.relation import chart
from rawabit.relation.calendar import make_calendar
from rawabit.relation.formats import find_gatherings
from rawabit.relation.phases import History, read_history
from rawabit.web.answers import Answers
from rawabit.web.asked import Asked, find_asked
from rawabit.web.pages import make_errors
from rawabit.web.views.formats import FormatCode
from rawabit.web.views.pair import Since, Until, cut_days
from rawabit.web.views.rows import Code, check_code, find_page_day

STYLE = "/brief.css"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"html": "text/html", "md": "text/markdown", "docx": WORD}
DARK = {"white": "#1c2226", chart.LINE: "#e7eaec", chart.MARK: "#f0978b", chart.GREY: "#a3aeb7", "#d98a83": "#5e2a24",
        "#f0cfa6": "#4d3c1e", "#f4f4f2": "#22292e", "#cfe3ee": "#1f3d4d", "#a9d0c4": "#1d4637", "#7fb8a4": "#1b5f4b"}
"""Each colour of a chart by night."""
AskedNow = Annotated[Asked, Depends(find_asked)]


class Theme(StrEnum):
    """Colours of a chart."""

    LIGHT = "light"
    DARK = "dark"


class Form(StrEnum):
    """How a brief is set."""

    HTML = "html"
    DOCX = "docx"
    MD = "md"


def add_files(app: FastAPI, answers: Answers) -> None:
    """Serves them. All are kept like answers of pages."""

    def show_chart(asked: AskedNow, a: Code, b: Code, since: Since = None, until: Until = None,
                   theme: Annotated[Theme, Query(description="Light or dark.")] = Theme.LIGHT) -> Response:
        """The chart of a pair as SVG."""
        key = ("chart", asked.language, asked.as_of, a, b, since, until, theme)
        drawn = answers.find(key, lambda ledger: draw_chart(ledger, asked, a, b, since, until, theme))
        return Response(drawn, media_type="image/svg+xml")

    def show_brief(asked: AskedNow, a: Code, b: Code, form: Form) -> Response:
        """The brief of a pair."""
        made = answers.find(("brief", asked.language, asked.as_of, a, b), lambda ledger: write_brief(ledger, asked, a, b))
        headers = {} if form == Form.HTML else {"Content-Disposition": f'attachment; filename="{a}-{b}.{form}"'}
        return Response(set_brief(made, form), media_type=KINDS[form], headers=headers)

    def show_calendar(asked: AskedNow, code: FormatCode) -> Response:
        """The meetings of a format whose day is known, as iCalendar."""
        made = answers.find(("calendar", asked.as_of, code), lambda ledger: write_calendar(ledger, asked, code))
        return Response(made, media_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="meetings.ics"'})

    def show_style() -> Response:
        return Response(resources.files("rawabit.brief").joinpath("page.css").read_bytes(), media_type="text/css")

    for path, show, kinds in (("/pair/{a}/{b}/chart.svg", show_chart, ["image/svg+xml"]),
                              ("/pair/{a}/{b}/brief.{form}", show_brief, list(KINDS.values())),
                              ("/format/{code}/calendar.ics", show_calendar, ["text/calendar"])):
        described: dict[int | str, dict[str, Any]] = {200: {"content": {kind: {} for kind in kinds}}, **make_errors("")}
        app.add_api_route(f"/{{language}}{path}", show, methods=["GET"], response_class=Response, responses=described)
    app.add_api_route(STYLE, show_style, include_in_schema=False)


def draw_chart(ledger: Ledger, asked: Asked, a: str, b: str, since: date | None, until: date | None, theme: Theme) -> bytes:
    """The chart of some days."""
    a, b = sorted((check_code(ledger, a, asked.as_of), check_code(ledger, b, asked.as_of)))
    history = read_history(ledger, a, b, find_page_day(ledger, asked))
    series = msgspec.structs.replace(history.series, days=cut_days(history, since, until))
    shown = History(series, tuple(phase for phase in history.phases if phase.start <= series.days[-1].day))
    drawn = chart.render_svg(shown, asked.language)
    return darken(drawn) if theme == Theme.DARK else drawn


def darken(drawn: bytes) -> bytes:
    """A chart in the colours of the night; letters and axes have none of their own and are black."""
    text = drawn.decode("utf-8")
    for light, dark in DARK.items():
        text = text.replace(f'"{light}"', f'"{dark}"')
    for light, dark in (("#000", "#c9d1d6"), ("#888", "#6b757d"), ("#ddd", "#353d43")):
        text = text.replace(f'fill="{light}"', f'fill="{dark}"').replace(f'stroke="{light}"', f'stroke="{dark}"')
    return text.encode("utf-8")


def write_brief(ledger: Ledger, asked: Asked, a: str, b: str) -> Brief:
    """The brief of a pair."""
    a, b = sorted((check_code(ledger, a, asked.as_of), check_code(ledger, b, asked.as_of)))
    day = find_page_day(ledger, asked)
    return make_brief(gather_pair(ledger, a, b, day), asked.language, find_people(ledger, asked.language, day))


def set_brief(made: Brief, form: Form) -> bytes:
    """The brief in a form; the page's style stands apart."""
    if form == Form.DOCX:
        return render_docx(made)
    if form == Form.MD:
        return render_md(made).encode()
    before, _, rest = render_html(made).partition("<style>")
    return f'{before}<link rel="stylesheet" href="{STYLE}"/>{rest.partition("</style>")[2]}'.encode()


def write_calendar(ledger: Ledger, asked: Asked, code: str) -> bytes:
    """The calendar of a format."""
    day = find_page_day(ledger, asked)
    return make_calendar((meeting for one in find_gatherings(ledger, day, code) for meeting in one.meetings), day)
