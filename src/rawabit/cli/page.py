"""A report with its records marked as one page of HTML, that needs no other file and runs no script."""
from __future__ import annotations

from html import escape

from rawabit.cli.cards import CARDS
from rawabit.cli.lines import right_to_left
from rawabit.ledger.trace import Marked, Trace, cut_pieces

KINDS = {"events": "Event", "statements": "Statement", "figures": "Figure", "ties": "Tie", "people": "Person"}
STYLE = """
:root { color-scheme: light dark; --ink: #1d2329; --paper: #fff; --faint: #5f6b76; --line: #d8dde2;
  --events: #bfe6c4; --statements: #c3e4f2; --figures: #f6e3a6; --ties: #e6cdf2; --people: #d7dcf7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #16191c; --faint: #9aa5af; --line: #363d44;
  --events: #1f5a2b; --statements: #1b506b; --figures: #665312; --ties: #57307a; --people: #343e85; } }
body { color: var(--ink); background: var(--paper); font: 1.05rem/1.9 "Noto Naskh Arabic", "Amiri", "Segoe UI", system-ui, sans-serif;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.5; }
p { overflow-wrap: anywhere; }
.about, .legend, ol { font: 0.9rem/1.6 system-ui, sans-serif; color: var(--faint); }
.first { border-inline-start: 4px solid var(--line); padding-inline-start: 1rem; }
mark { color: inherit; border-radius: 3px; padding: 0 1px; }
mark mark { box-shadow: inset 0 -2px var(--ink); }
sup { font: 0.65em system-ui, sans-serif; line-height: 0; unicode-bidi: isolate; }
sup a { color: var(--faint); text-decoration: none; padding: 0 1px; }
ol { list-style: none; padding: 0; border-top: 1px solid var(--line); }
li { padding: 0.4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
li:target, mark:target { outline: 2px solid var(--ink); }
.events { background: var(--events); } .statements { background: var(--statements); } .figures { background: var(--figures); }
.ties { background: var(--ties); } .people { background: var(--people); }
.legend span, .kind { color: var(--ink); border-radius: 3px; padding: 0 0.4em; margin-inline-end: 0.5em; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_page(trace: Trace) -> str:
    """The whole page. Everything that a report says is escaped."""
    doc, marked = trace.document, (trace.focus,) if trace.focus else trace.records
    way = "rtl" if right_to_left(trace.content) else "ltr"
    title = escape(doc["title"] or doc["document_id"])
    return (f'<!doctype html>\n<html lang="{escape(doc["language"] or "und")}" dir="{way}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f"{_sentence(trace, marked)}<article>\n{_body(trace, marked)}</article>\n{_about(trace)}{_legend(marked)}{_list(marked)}"
            "</body>\n</html>\n")


def _sentence(trace: Trace, marked: tuple[Marked, ...]) -> str:
    """The sentence of the record that was asked for."""
    if trace.sentence is None:
        return ""
    return f'<p class="first">{_mark(trace.content, *trace.sentence, marked, False)}</p>\n'


def _body(trace: Trace, marked: tuple[Marked, ...]) -> str:
    """Headline and paragraphs."""
    out, start = [], 0
    for line in trace.content.split("\n"):
        tag = "p" if start else "h1"
        if line.strip():
            out.append(f'<{tag} dir="auto">{_mark(trace.content, start, start + len(line), marked, True)}</{tag}>\n')
        start += len(line) + 1
    return "".join(out)


def _mark(content: str, start: int, end: int, marked: tuple[Marked, ...], named: bool) -> str:
    """A stretch of the report, each piece within a mark for every record that covers it, the longest outermost."""
    out = []
    for piece in cut_pieces(start, end, marked):
        text = escape(content[piece.start : piece.end])
        for record in sorted(piece.records, key=lambda r: (r.end - r.start, -r.number)):
            name = f' id="m{record.number}"' if named and record.start == piece.start else ""
            text = f'<mark class="{record.table}"{name} title="{_tip(record)}">{text}</mark>'
        closed = [record.number for record in piece.records if record.end == piece.end]
        out.append(text + "".join(f'<sup><a href="#r{number}">{number}</a></sup>' for number in closed))
    return "".join(out)


def _tip(record: Marked) -> str:
    first = next(iter(CARDS[record.table](record.row)))[0].plain
    return escape(f"{KINDS[record.table]} {record.number}: {first}")


def _about(trace: Trace) -> str:
    """Where the report comes from. An address becomes a link only if it is one of the web."""
    doc = trace.document
    parts = [escape(str(part)) for part in (doc["outlet"], doc["published"], doc["given_id"], doc["document_id"]) if part]
    url = doc["url"] or ""
    if url.startswith(("https://", "http://")):
        parts.append(f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>')
    return f'<p class="about">{" · ".join(f"<bdi>{part}</bdi>" for part in parts)}</p>\n'


def _legend(marked: tuple[Marked, ...]) -> str:
    """The colours that are used."""
    used = {record.table for record in marked}
    names = "".join(f'<span class="{table}">{name}</span>' for table, name in KINDS.items() if table in used)
    return f'<p class="legend" dir="ltr">{names}</p>\n' if names else ""


def _list(marked: tuple[Marked, ...]) -> str:
    """The records by their numbers."""
    rows = "".join(f'<li id="r{r.number}"><a href="#m{r.number}">{r.number}</a> <span class="kind {r.table}">{KINDS[r.table]}</span>'
                   f"{_lines(r)}</li>\n" for r in marked)
    return f'<ol dir="ltr">\n{rows}</ol>\n' if rows else ""


def _lines(record: Marked) -> str:
    """What is said of a record; its evidence stands in the text."""
    shown = [line.plain for line, _, whole in CARDS[record.table](record.row) if not whole]
    return "<br>".join(f"<bdi>{escape(line)}</bdi>" for line in shown)
