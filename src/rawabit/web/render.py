"""Templates into pages. Everything that comes from a report is escaped: autoescape is on for every template, and none turns it off."""
from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from fastapi import Request

from rawabit.source.clean import BIDI_MARKS
from rawabit.web.asked import Asked, Digits, Language
from rawabit.web.guard import find_reviewer, make_csrf
from rawabit.web.words import find_words


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("rawabit.web", "templates")
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["tame"] = tame_text
    return made


CONTROLS = dict.fromkeys(map(ord, BIDI_MARKS), "\ufffd")


def tame_text(text: str) -> str:
    """Text of a report with its bidirectional controls, which could turn the words around them, seen as U+FFFD, one for one."""
    return text.translate(CONTROLS)


def render_page(request: Request, template: str, asked: Asked, shown: Any, **more: Any) -> str:
    """A page. In a template `shown` is what the view found, `words` writes (`say`, `name`, `party`, `day`, `number`), `asked.link(path)`
    makes addresses, `settings` is what the observatory was started with, `csrf` signs its forms,
    `reviewer` is who judges."""
    words = find_words(asked.language, asked.digits)
    return _environment().get_template(template).render(
        shown=shown, asked=asked, words=words, say=words.say, link=asked.link, languages=list(Language), digits=list(Digits),
        settings=request.app.state.settings, csrf=make_csrf(request), reviewer=find_reviewer(request), **more)
