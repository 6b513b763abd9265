"""Questions put to the ledger of the bundled dispatches: filters, the two clocks, what a deed says of its tellings."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rawabit.ledger import Ledger
from rawabit.model import LedgerError

MEETINGS = """
SELECT deed_id, first_told, list_sort(list(DISTINCT t.published)) AS told FROM deeds JOIN tellings t USING (deed_id)
WHERE len(deeds.codes) > 1 GROUP BY ALL HAVING count(DISTINCT t.published) > 1 ORDER BY len(told) DESC, deed_id LIMIT 5
"""


def rows(table: Any) -> list[dict[str, Any]]:
    return table.to_pylist()  # type: ignore[no-any-return]


def test_between_asks_for_both_sides(demo_ledger: Ledger) -> None:
    found = rows(demo_ledger.deeds(between=("RUS", "AZE")))
    assert len(found) > 20
    assert all({"RUS", "AZE"} <= set(deed["codes"]) for deed in found)
    assert [deed["deed_id"] for deed in found] == [deed["deed_id"] for deed in rows(demo_ledger.deeds(between=("AZE", "RUS")))]


def test_filters_narrow_down_together(demo_ledger: Ledger) -> None:
    found = rows(demo_ledger.deeds(between=("RUS", "AZE"), type="CONSULT", since=date(2025, 9, 1), until=date(2025, 9, 1)))
    assert all(deed["start"] <= date(2025, 9, 1) <= deed["end"] for deed in found)
    (handshake,) = [deed for deed in found if deed["start"] == deed["end"]]
    assert handshake["tellings"] > 1


def test_a_leader_stands_for_the_state_and_can_be_asked_for(demo_ledger: Ledger) -> None:
    found = rows(demo_ledger.deeds(actor="AZE/GOV:Ilham Aliyev"))
    assert found and all("AZE/GOV:Ilham Aliyev" in (*deed["actors"], *deed["recipients"]) for deed in found)


def test_figures_answer_who_says_what_share(demo_ledger: Ledger) -> None:
    found = rows(demo_ledger.figures(actor="AZE"))
    assert found and all("AZE" in (figure["subject_code"], figure["partner"]) for figure in found)
    assert all(figure["evidence"] for figure in found)


def test_every_record_is_traced_to_its_words(demo_ledger: Ledger) -> None:
    texts = {doc["document_id"]: f"{doc['title']}\n{doc['text']}" for doc in rows(demo_ledger.documents())}
    for found in (demo_ledger.events(), demo_ledger.statements(), demo_ledger.figures(), demo_ledger.ties(), demo_ledger.people()):
        assert found.num_rows
        assert all(texts[row["document_id"]][row["evidence_start"] : row["evidence_end"]] == row["evidence"] for row in rows(found))


def test_as_of_leaves_out_what_was_published_later(demo_ledger: Ledger) -> None:
    day = date(2025, 7, 1)
    for found in (demo_ledger.events(as_of=day), demo_ledger.statements(as_of=day), demo_ledger.documents(as_of=day)):
        assert found.num_rows and max(row["published"] for row in rows(found)) <= day
    assert demo_ledger.documents(as_of=date(2000, 1, 1)).num_rows == 0


def test_five_deeds_are_told_as_of_three_dates_as_the_reports_are_dated(demo_ledger: Ledger) -> None:
    chosen = rows(demo_ledger.query(MEETINGS))
    assert len(chosen) == 5
    for deed in chosen:
        told = rows(demo_ledger.query("SELECT published, event_id FROM tellings WHERE deed_id = ?", [deed["deed_id"]]))
        for day in (deed["told"][0] - timedelta(days=1), deed["told"][0], deed["told"][-1]):
            then = demo_ledger.query("SELECT event_id FROM tellings WHERE event_id IN (SELECT unnest(?))",
                                     [[telling["event_id"] for telling in told]], as_of=day)
            assert {row["event_id"] for row in rows(then)} == {row["event_id"] for row in told if row["published"] <= day}


@given(st.dates(date(2017, 1, 1), date(2026, 1, 1)), st.dates(date(2017, 1, 1), date(2026, 1, 1)))
@settings(max_examples=12, deadline=None)
def test_a_later_day_knows_all_that_an_earlier_day_knew(demo_place: str, one: date, other: date) -> None:
    early, late = sorted((one, other))
    ledger = Ledger(demo_place)
    then = {row["event_id"] for row in rows(ledger.events(as_of=early))}
    now = {row["event_id"]: row["published"] for row in rows(ledger.events(as_of=late))}
    assert then <= now.keys()
    assert all(published > early for event, published in now.items() if event not in then)


def test_nothing_was_recorded_before_the_ledger_was_made(demo_ledger: Ledger) -> None:
    assert demo_ledger.events(recorded_by=datetime(2020, 1, 1, tzinfo=UTC)).num_rows == 0
    assert demo_ledger.events(recorded_by=datetime.now(UTC)).num_rows == demo_ledger.events().num_rows


def test_a_plan_meets_its_fulfilment(demo_ledger: Ledger) -> None:
    happened = [deed for deed in rows(demo_ledger.deeds()) if deed["outcome"] in ("happened", "moved")]
    assert happened
    for deed in happened:
        told = rows(demo_ledger.query("SELECT modality FROM tellings WHERE deed_id = ?", [deed["deed_id"]]))
        assert {"future", "actual"} <= {telling["modality"] for telling in told}


def test_what_differs_is_named(demo_ledger: Ledger) -> None:
    for deed in rows(demo_ledger.deeds()):
        told = rows(demo_ledger.query("SELECT codes, type FROM tellings WHERE deed_id = ?", [deed["deed_id"]]))
        assert ("parties" in deed["differs"]) == (len({tuple(telling["codes"]) for telling in told}) > 1)
        assert ("type" in deed["differs"]) == (len({telling["type"] for telling in told}) > 1)


@pytest.mark.parametrize("text", [
    "COPY (SELECT 1) TO '/tmp/x.csv'", "ATTACH '/tmp/x.db'", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
    "SELECT 1; SELECT 2", "INSERT INTO raw_events SELECT * FROM raw_events", "PRAGMA database_list", "SELECT * FROM glob('/*')",
    "INSTALL httpfs", "SELECT * FROM raw_events", "SELECT * FROM duckdb_settings()", "SET memory_limit = '1GB'", "DROP VIEW deeds",
    "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x", "SELECT (SELECT content FROM read_text('/etc/passwd'))",
    "nonsense"])
def test_sql_answers_selects_over_the_views_alone(demo_ledger: Ledger, text: str) -> None:
    with pytest.raises(LedgerError, match="rawabit sql --schema"):
        demo_ledger.sql(text)


def test_sql_answers(demo_ledger: Ledger) -> None:
    found = rows(demo_ledger.sql("WITH c AS (SELECT type, count(*) AS n FROM deeds GROUP BY type) SELECT sum(n)::INTEGER AS n FROM c"))
    assert found == [{"n": demo_ledger.deeds().num_rows}]


def test_an_unknown_filter_is_named(demo_ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no filter colour"):
        demo_ledger.deeds(colour="red")
