"""A brief as a Word document. In right-to-left languages each paragraph has w:bidi and each run w:rtl."""
from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from rawabit.brief.parts import Brief, Line, Piece, Section, Source
from rawabit.brief.render_html import RTL_LANGUAGES

FONT = "Arial"


def render_docx(brief: Brief) -> bytes:
    """The bytes of the document."""
    page = docx.Document()
    add_text(page.add_paragraph(style="Title"), brief.title, brief)
    add_text(page.add_paragraph(style="Subtitle"), brief.subtitle, brief)
    for section in brief.sections:
        add_section(page, section, brief, 1)
    add_text(page.add_paragraph(style="Heading 1"), brief.words["sources"], brief)
    for source in brief.sources:
        add_source(page, source, brief)
    for paragraph in page.paragraphs:
        set_direction(paragraph, brief.right_to_left)
    out = BytesIO()
    page.save(out)
    return out.getvalue()


def add_section(page: Any, section: Section, brief: Brief, level: int) -> None:
    """Heading, lines, sections below."""
    add_text(page.add_paragraph(style=f"Heading {level}"), section.heading, brief)
    for line in section.lines:
        add_line(page, line, brief)
    for part in section.parts:
        add_section(page, part, brief, level + 1)


def add_line(page: Any, line: Line, brief: Brief) -> None:
    """A list item, and its proof below."""
    paragraph = page.add_paragraph(style="List Bullet")
    for piece in line.pieces:
        add_piece(paragraph, piece, brief)
    if line.proof is not None:
        add_piece(page.add_paragraph(style="Quote"), line.proof, brief)


def add_piece(paragraph: Any, piece: Piece, brief: Brief) -> None:
    """A run marked by its kind."""
    if piece.kind == "quote":
        add_text(paragraph, f"{brief.words['open_quote']}{piece.text}{brief.words['close_quote']}", brief, piece.language)
        return
    run = add_text(paragraph, f"[{piece.text}]" if piece.kind == "cite" else piece.text, brief)
    run.bold = True if piece.kind == "strong" else None
    run.font.superscript = True if piece.kind == "cite" else None


def add_source(page: Any, source: Source, brief: Brief) -> None:
    """Number, outlet, day, title, address; then the words that prove what cites it."""
    report, words = source.report, brief.words
    paragraph = page.add_paragraph()
    day = report.published.isoformat() if report.published else words["no_day"]
    add_text(paragraph, f"[{source.number}] ", brief)
    add_text(paragraph, words["comma"].join((report.outlet or words["no_outlet"], day)) + words["comma"], brief)
    add_text(paragraph, report.title + (f" {report.url}" if report.url else ""), brief, report.language)
    for text in source.evidence:
        add_piece(page.add_paragraph(style="Quote"), Piece("quote", " ".join(text.split()), report.language), brief)


def add_text(paragraph: Any, text: str, brief: Brief, language: str = "") -> Any:
    """A run in a language, with its direction and a font that has its letters."""
    run = paragraph.add_run(text)
    own = language or brief.language
    properties = run._r.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), FONT)
    if own in RTL_LANGUAGES:
        properties.append(OxmlElement("w:rtl"))
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:bidi"), own)
        properties.append(tongue)
    return run


def set_direction(paragraph: Any, right_to_left: bool) -> None:
    """The direction of a paragraph; its alignment follows."""
    if right_to_left:
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
            "w:jc", "w:textDirection", "w:outlineLvl", "w:rPr", "w:sectPr")
