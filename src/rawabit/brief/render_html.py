"""A brief as one self-contained page of HTML: footnotes are links to the list of sources and back; each quotation has its own direction."""
from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from rawabit.brief.parts import Brief, Line, Piece, Section, Source

RTL_LANGUAGES = frozenset(("ar", "fa", "he", "ur"))


def render_html(brief: Brief) -> str:
    """The whole page."""
    direction = "rtl" if brief.right_to_left else "ltr"
    style = resources.files("rawabit.brief").joinpath("page.css").read_text("utf-8")
    body = "".join(part for section in brief.sections for part in render_section(section, brief, 2))
    sources = "".join(render_source(source, brief) for source in brief.sources)
    return (f'<!DOCTYPE html>\n<html lang="{brief.language}" dir="{direction}">\n<head>\n<meta charset="utf-8"/>\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<title>{escape(brief.title)}</title>\n'
            f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(brief.title)}</h1>\n"
            f'<p class="as-of">{escape(brief.subtitle)}</p>\n{body}<section class="sources">\n<h2>{escape(brief.words["sources"])}</h2>\n'
            f"<ol>\n{sources}</ol>\n</section>\n</main>\n</body>\n</html>\n")


def render_section(section: Section, brief: Brief, level: int) -> Iterator[str]:
    """Heading, lines, sections below."""
    yield f'<section class="{escape(section.key)}">\n<h{level}>{escape(section.heading)}</h{level}>\n'
    if section.lines:
        yield "<ul>\n" + "".join(render_line(line, brief) for line in section.lines) + "</ul>\n"
    for part in section.parts:
        yield from render_section(part, brief, level + 1)
    yield "</section>\n"


def render_line(line: Line, brief: Brief) -> str:
    """A list item that names its records, and its proof below."""
    told = "".join(render_piece(piece, brief) for piece in line.pieces)
    proof = f"<blockquote>{render_piece(line.proof, brief)}</blockquote>" if line.proof is not None else ""
    return f'<li data-records="{escape(" ".join(line.records))}">{told}{proof}</li>\n'


def render_piece(piece: Piece, brief: Brief) -> str:
    """Marked by its kind."""
    text = escape(piece.text)
    if piece.kind == "cite":
        return f'<sup><a href="#source-{escape(piece.text.split("–")[0])}">[{text}]</a></sup>'
    if piece.kind == "quote":
        return f'<q lang="{escape(piece.language)}" dir="{find_direction(piece.language)}">{text}</q>'
    if piece.kind == "outlet":
        return f"<bdi>{text}</bdi>"
    return f"<strong>{text}</strong>" if piece.kind == "strong" else text


def find_direction(language: str) -> str:
    """The direction in which a language is written; by its letters where it is unknown."""
    return "auto" if not language else "rtl" if language in RTL_LANGUAGES else "ltr"


def render_source(source: Source, brief: Brief) -> str:
    """Outlet, day, title with its address, the words that prove what cites it."""
    report = source.report
    title = f'<bdi lang="{escape(report.language)}">{escape(report.title)}</bdi>'
    if report.url and report.url.startswith(("http://", "https://")):
        title = f'<a href="{escape(report.url)}">{title}</a>'
    day = report.published.isoformat() if report.published else brief.words["no_day"]
    proof = "".join(f"<li>{render_piece(Piece('quote', ' '.join(text.split()), report.language), brief)}</li>" for text in source.evidence)
    return (f'<li id="source-{source.number}"><bdi>{escape(report.outlet or brief.words["no_outlet"])}</bdi>{brief.words["comma"]}'
            f'<bdi><time>{escape(day)}</time></bdi>{brief.words["comma"]}{title}<ul>{proof}</ul></li>\n')
