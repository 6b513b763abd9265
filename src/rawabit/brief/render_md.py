"""A brief as Markdown with footnotes."""
from __future__ import annotations

from collections.abc import Iterator

from rawabit.brief.parts import Brief, Line, Piece, Section, Source


def render_md(brief: Brief) -> str:
    """The whole page."""
    lines = [f"# {escape(brief.title)}", "", f"*{escape(brief.subtitle)}*", ""]
    for section in brief.sections:
        lines.extend(render_section(section, brief, 2))
    lines += [f"## {brief.words['sources']}", "", *(render_source(source, brief) for source in brief.sources)]
    return "\n".join(lines) + "\n"


def render_section(section: Section, brief: Brief, level: int) -> Iterator[str]:
    """Heading, lines, sections below."""
    yield from (f"{'#' * level} {escape(section.heading)}", "")
    for line in section.lines:
        yield from render_line(line, brief)
    if section.lines:
        yield ""
    for part in section.parts:
        yield from render_section(part, brief, level + 1)


def render_line(line: Line, brief: Brief) -> Iterator[str]:
    """A list item, and its proof as a quotation below."""
    yield "- " + "".join(render_piece(piece, brief) for piece in line.pieces).strip()
    if line.proof is not None:
        yield from ("", "  > " + render_piece(line.proof, brief), "")


def render_piece(piece: Piece, brief: Brief) -> str:
    """Marked by its kind."""
    if piece.kind == "cite":
        first, _, last = piece.text.partition("–")
        return f"[^{first}]" + (f"–[^{last}]" if last else "")
    if piece.kind == "quote":
        return f"{brief.words['open_quote']}{escape(piece.text)}{brief.words['close_quote']}"
    return f"**{escape(piece.text)}**" if piece.kind == "strong" else escape(piece.text)


def render_source(source: Source, brief: Brief) -> str:
    """A footnote: outlet, day, title, address, the words that prove what cites it."""
    words, report = brief.words, source.report
    head = [report.outlet or words["no_outlet"], report.published.isoformat() if report.published else words["no_day"], report.title]
    proof = " · ".join(f"{words['open_quote']}{' '.join(text.split())}{words['close_quote']}" for text in source.evidence)
    return f"[^{source.number}]: " + escape(words["comma"].join(head)) + (f" <{report.url}>" if report.url else "") + f" — {escape(proof)}"


def escape(text: str) -> str:
    """Text whose own marks are not taken for Markdown."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
