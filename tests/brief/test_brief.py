"""What must hold for any brief: evidence for every line, nothing later than its day, order, language, well-formed files."""
from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import msgspec
import pytest
from lxml import etree

from rawabit.brief import Brief, gather_deed, gather_pair, gather_target, make_brief
from rawabit.brief.parts import Gathered, Line, find_lines
from rawabit.brief.people import find_people
from rawabit.brief.render_docx import render_docx
from rawabit.brief.render_html import render_html
from rawabit.brief.render_md import render_md
from rawabit.ledger import Ledger
from rawabit.model import LedgerError

DAY = date(2025, 10, 8)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = ("deed_id", "event_id", "statement_id", "figure_id")


@pytest.fixture(scope="module")
def pair(demo_ledger: Ledger) -> Gathered:
    return gather_pair(demo_ledger, "RUS", "AZE", DAY)


@pytest.fixture(scope="module", params=["ar", "en"])
def brief(request: Any, pair: Gathered, demo_ledger: Ledger) -> Brief:
    return make_brief(pair, request.param, find_people(demo_ledger, request.param, DAY))


@pytest.fixture(scope="module")
def arabic(pair: Gathered, demo_ledger: Ledger) -> Brief:
    return make_brief(pair, "ar", find_people(demo_ledger, "ar", DAY))


@pytest.fixture(scope="module")
def known(demo_ledger: Ledger) -> set[str]:
    """Every id of a record that the ledger holds as of the day."""
    views = {"deed_id": "deeds", "event_id": "tellings", "statement_id": "statements", "figure_id": "figures", "document_id": "documents"}
    return {row for key, view in views.items() for row in demo_ledger.query(f"SELECT {key} AS id FROM {view}", (), DAY)["id"].to_pylist()}


def text_of(line: Line, kinds: tuple[str, ...] = ("text", "strong", "outlet", "cite", "quote")) -> str:
    return "".join(piece.text for piece in line.pieces if piece.kind in kinds)


def test_every_line_cites_records_that_are_there(brief: Brief, known: set[str]) -> None:
    lines = find_lines(brief.sections)
    assert len(lines) > 20
    for line in lines:
        assert line.records, text_of(line)
        assert set(line.records) <= known, text_of(line)
        assert any(piece.kind == "cite" for piece in line.pieces), text_of(line)


def test_every_line_shows_words_of_a_report(brief: Brief, demo_ledger: Ledger) -> None:
    content = [" ".join(f"{row['title']} {row['text']}".split()) for row in demo_ledger.documents().to_pylist()]
    for line in find_lines(brief.sections):
        if line is brief.sections[0].lines[-1]:
            continue  # how many reports it rests on
        quotes = [piece for piece in (*line.pieces, *([line.proof] if line.proof else [])) if piece.kind == "quote"]
        assert quotes, text_of(line)
        assert all(any(quote.text.strip("… ") in text for text in content) for quote in quotes), text_of(line)


def test_every_citation_leads_to_a_source(brief: Brief) -> None:
    numbers = [str(source.number) for source in brief.sources]
    pieces = [piece for line in find_lines(brief.sections) for piece in line.pieces]
    cited = [number for piece in pieces if piece.kind == "cite" for number in piece.text.split("–")]
    assert set(cited) == set(numbers)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert all(source.evidence for source in brief.sources)


def test_nothing_later_than_the_day(brief: Brief) -> None:
    assert all(source.report.published <= DAY for source in brief.sources)


def test_an_earlier_day_knows_less(demo_ledger: Ledger) -> None:
    early = make_brief(gather_pair(demo_ledger, "RUS", "AZE", date(2024, 12, 31)), "ar")
    assert early.sources
    assert all(source.report.published <= date(2024, 12, 31) for source in early.sources)
    assert "2025" not in "".join(text_of(line) for line in find_lines(early.sections))


def test_steps_are_in_order_of_date(pair: Gathered) -> None:
    for part in (pair.steps, pair.disputes, pair.agreements):
        days = [fact.day for fact in part]
        assert days == sorted(days)


def test_no_deed_is_told_twice(pair: Gathered) -> None:
    records = [record for part in (pair.steps, pair.disputes, pair.agreements, pair.expected) for fact in part for record in fact.records]
    assert len(records) == len(set(records))


def test_no_latin_letter_in_arabic_but_in_quotations_and_sources(arabic: Brief) -> None:
    for line in find_lines(arabic.sections):
        assert not re.search("[A-Za-z]", text_of(line, ("text", "strong", "outlet"))), text_of(line)
    assert not re.search("[A-Za-z]", arabic.title + arabic.subtitle + "".join(section.heading for section in arabic.sections))


def test_the_arc_that_a_journalist_would_tell(arabic: Brief) -> None:
    """Last meeting, call after the crash, arrests of the summer, handshake, the meeting to come: in order, dated."""
    steps = [text_of(line) + (line.proof.text if line.proof else "") for section in arabic.sections if section.key == "steps"
             for line in section.lines]
    arc = [("8 أكتوبر (تشرين الأول) 2024", "التقى بوتين"), ("29 ديسمبر (كانون الأول) 2024", "اتصالاً هاتفياً"),
           ("27 يونيو (حزيران) 2025", "واعتقلت"), ("1 يوليو (تموز) 2025", "أوقفت السلطات الأذرية"),
           ("1 سبتمبر (أيلول) 2025", "تصافح الرئيسان")]
    places = [next((n for n, step in enumerate(steps) if when in step and what in step), None) for when, what in arc]
    assert None not in places, places
    assert places == sorted(places, key=lambda n: n or 0)
    expected = [text_of(line) for section in arabic.sections if section.key == "expected" for line in section.lines]
    assert any("دوشانبي" in line for line in expected)


def test_a_planned_meeting_is_not_told_as_held(arabic: Brief) -> None:
    own = [text_of(line, ("text", "strong")) for line in find_lines(arabic.sections)]
    assert not any("دوشنبه" in line or "دوشانبي" in line for line in own)


def test_a_meeting_that_was_held_is_no_longer_to_come(demo_ledger: Ledger) -> None:
    told = make_brief(gather_pair(demo_ledger, "RUS", "AZE", date(2025, 10, 9)), "ar")
    lines = {section.key: [text_of(line) for line in section.lines] for section in told.sections}
    assert any("التقى الرئيسان" in line and "9 أكتوبر (تشرين الأول) 2025" in line for line in lines["standing"])
    assert "expected" not in lines


@pytest.mark.parametrize(("day", "name"), [(DAY, "أزمة"), (date(2025, 10, 9), "انفراج")])
def test_the_phase_is_told_with_what_opened_it(demo_ledger: Ledger, day: date, name: str) -> None:
    told = make_brief(gather_pair(demo_ledger, "RUS", "AZE", day), "ar")
    line = told.sections[0].lines[0]
    assert f"«{name}»" in text_of(line) and line.records and any(piece.kind == "cite" for piece in line.pieces)


def test_a_phase_that_nothing_shows_is_not_told(pair: Gathered) -> None:
    told = make_brief(msgspec.structs.replace(pair, stage=None), "ar")
    assert not any("المرحلة" in text_of(line) for line in find_lines(told.sections))


def test_html_is_well_formed_and_its_links_lead_somewhere(brief: Brief) -> None:
    page = etree.fromstring(render_html(brief).removeprefix("<!DOCTYPE html>").encode())
    assert page.get("dir") == ("rtl" if brief.language == "ar" else "ltr")
    ids = {node.get("id") for node in page.iter() if node.get("id")}
    links = {node.get("href")[1:] for node in page.iter("a") if node.get("href", "").startswith("#")}
    assert links and links <= ids
    assert not list(page.iter("script", "link", "img"))
    assert all(node.get("data-records") for node in page.iter("li") if node.getparent().getparent().get("class") == "steps")


def test_docx_opens_and_runs_go_from_right_to_left(brief: Brief) -> None:
    made = render_docx(brief)
    assert docx.Document(BytesIO(made)).paragraphs[0].text == brief.title
    tree = etree.fromstring(ZipFile(BytesIO(made)).read("word/document.xml"))
    paragraphs = list(tree.iter(f"{W}p"))
    assert all((node.find(f"{W}pPr/{W}bidi") is not None) == brief.right_to_left for node in paragraphs)
    if brief.right_to_left:
        assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in tree.iter(f"{W}r"))


def test_markdown_defines_each_footnote_once(brief: Brief) -> None:
    page = render_md(brief)
    defined = re.findall(r"^\[\^(\d+)\]:", page, re.M)
    assert defined == [str(source.number) for source in brief.sources]
    assert set(re.findall(r"\[\^(\d+)\]", page)) == set(defined)


def test_markup_in_reports_is_shown_not_obeyed(arabic: Brief) -> None:
    import msgspec

    report = msgspec.structs.replace(arabic.sources[0].report, title="<script>x</script> *y*", url="javascript:alert(1)")
    source = msgspec.structs.replace(arabic.sources[0], report=report)
    page = msgspec.structs.replace(arabic, sources=(source, *arabic.sources[1:]))
    assert "<script>" not in render_html(page) and "javascript:" not in render_html(page)
    assert "<script>" not in render_md(page).replace("\\<script", "")


def test_a_pair_without_records_says_what_to_do(demo_ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="rawabit deeds --actor BRA"):
        gather_pair(demo_ledger, "BRA", "PER", DAY)


def test_rivals_of_a_region(demo_ledger: Ledger) -> None:
    gathered = gather_target(demo_ledger, "REG-CentralAsia", DAY)
    rivals = [code for code, _ in gathered.rivals]
    assert {"CHN", "RUS"} <= set(rivals)
    assert not {"KAZ", "UZB", "TJK"} & set(rivals)
    assert all(line.records for line in find_lines(make_brief(gathered, "ar").sections))


def test_one_deed(demo_ledger: Ledger) -> None:
    deed = demo_ledger.deeds(between=("RUS", "AZE"), type="CONSULT", as_of=DAY).to_pylist()[-1]["deed_id"]
    told = make_brief(gather_deed(demo_ledger, deed, DAY), "en")
    assert [section.key for section in told.sections][:2] == ["standing", "tellings"]
