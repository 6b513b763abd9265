"""Questions put to the ledger of the bundled dispatches: filters, the two clocks, what a deed says of its tellings."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rawabit.ledger import Ledger
from rawabit.ledger.filters import Filters, find_filters
from rawabit.ledger.meanings import VIEWS
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
    found = rows(demo_ledger.deeds(between=("RUS", "AZE"), type="CONSULT", modality="actual", since=date(2025, 9, 1),
                                   until=date(2025, 9, 1)))
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


FILTERS: dict[str, Any] = {
    "between": ("RUS", "AZE"), "actor": "RUS", "type": "CONSULT", "modality": "actual", "since": date(2018, 1, 1),
    "until": date(2030, 1, 1), "said_by": "RUS", "outlet": "x", "contains": "x", "period": "2024", "holds_on": date(2025, 1, 1),
    "document": "x", "id": "x", "limit": 3}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_takes_the_filters_that_it_names(demo_ledger: Ledger, view: str) -> None:
    assert demo_ledger.view_rows(view).num_rows == demo_ledger.count_rows(view)
    assert {"id", "limit"} <= set(find_filters(view))
    for name in find_filters(view):
        asked = Filters(**{name: FILTERS[name]})
        assert demo_ledger.view_rows(view, asked).num_rows <= demo_ledger.count_rows(view)


def test_an_unknown_filter_is_named(demo_ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no filter colour"):
        demo_ledger.deeds(colour="red")


def find_deeds_of(ledger: Ledger, events: list[str], day: date) -> list[dict[str, Any]]:
    """The deeds that these tellings belonged to on a day."""
    sql = "SELECT * FROM deeds WHERE deed_id IN (SELECT deed_id FROM tellings WHERE event_id IN (SELECT unnest(?)))"
    return rows(ledger.query(sql, [events], as_of=day))


def test_a_deed_says_on_a_day_only_what_was_published_by_then(demo_ledger: Ledger) -> None:
    chosen = rows(demo_ledger.query(MEETINGS))
    assert len(chosen) == 5
    for deed in chosen:
        told = rows(demo_ledger.query("SELECT published, event_id, document_id FROM tellings WHERE deed_id = ?", [deed["deed_id"]]))
        events = [telling["event_id"] for telling in told]
        for day in (deed["told"][0] - timedelta(days=1), deed["told"][0], deed["told"][-1]):
            known = [telling for telling in told if telling["published"] <= day]
            then = find_deeds_of(demo_ledger, events, day)
            assert sum(row["tellings"] for row in then) == len(known)
            assert {row["first_told"] for row in then} <= {telling["published"] for telling in known}
            assert all(row["last_told"] <= day and row["published"] <= day for row in then)


def test_a_plan_is_no_more_than_a_plan_before_it_is_told_as_done(demo_ledger: Ledger) -> None:
    done = rows(demo_ledger.query(
        "SELECT deed_id, min(t.published) FILTER (t.modality = 'actual') AS told, list(t.event_id) AS events "
        "FROM deeds d JOIN tellings t USING (deed_id) WHERE d.outcome = 'happened' GROUP BY ALL HAVING min(t.published) < told"))
    assert done
    for deed in done:
        then = find_deeds_of(demo_ledger, deed["events"], deed["told"] - timedelta(days=1))
        assert then and all(row["outcome"] not in ("happened", "moved") and row["modality"] != "actual" for row in then)


def test_words_are_found_whatever_their_spelling(demo_ledger: Ledger) -> None:
    evidence = next(row["evidence"] for row in rows(demo_ledger.events()) if " " in row["evidence"])
    word = max(evidence.split(), key=len)
    marked = "\u064e".join(word)
    found = [{row["event_id"] for row in rows(demo_ledger.events(contains=asked))} for asked in (word, marked)]
    assert found[0] and found[0] == found[1]
    assert not demo_ledger.events(contains=word * 3).num_rows


def test_modality_and_who_says_it_narrow_down(demo_ledger: Ledger) -> None:
    for modality in ("actual", "future", "negated"):
        found = rows(demo_ledger.events(modality=modality))
        assert found and {row["modality"] for row in found} == {modality}
    credited = rows(demo_ledger.events(said_by="RUS"))
    assert credited and all(str(row["attribution"]).startswith("RUS") for row in credited)
    deeds = {row["deed_id"] for row in rows(demo_ledger.deeds(said_by="RUS"))}
    assert deeds == {row["deed_id"] for row in credited}


def test_rows_are_arrow_pandas_and_polars(demo_ledger: Ledger) -> None:
    found = demo_ledger.deeds(between=("RUS", "AZE"), as_of=date(2025, 7, 1))
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    assert isinstance(found.to_pandas(), pandas.DataFrame) and len(found.to_pandas()) == found.num_rows > 0
    assert polars.from_arrow(found)["deed_id"].to_list() == found["deed_id"].to_pylist()


def test_readers_that_share_what_they_hold_answer_alike(demo_ledger: Ledger) -> None:
    first = Ledger(demo_ledger.location, held=True, kept=2)
    second = first.twin()
    for day in (None, date(2024, 12, 31), date(2025, 7, 1), date(2025, 10, 9), None, date(2024, 12, 31)):
        asked = "SELECT * FROM deeds ORDER BY deed_id"
        truth = demo_ledger.query(asked, as_of=day)
        assert first.query(asked, as_of=day).equals(truth)
        assert second.query(asked, as_of=day).equals(truth)


def test_a_held_ledger_picks_deeds_out_as_one_that_holds_nothing(demo_ledger: Ledger) -> None:
    held = Ledger(demo_ledger.location, held=True)
    sides = [["RUS"], ["AZE", "REG-Caucasus"]]
    assert held.view_part(sides, date(2025, 7, 1)).equals(demo_ledger.view_part(sides, date(2025, 7, 1)))


def test_a_setting_of_which_nobody_asks_for_deeds_has_none_put_together(demo_ledger: Ledger) -> None:
    held, day = Ledger(demo_ledger.location, held=True, kept=1), date(2025, 7, 1)
    assert held.query("SELECT * FROM figures", as_of=day).num_rows == demo_ledger.query("SELECT * FROM figures", as_of=day).num_rows
    assert not held._holding
    deeds = held.query("SELECT * FROM deeds ORDER BY deed_id", as_of=day)
    assert len(held._holding) == 1 and deeds.equals(demo_ledger.query("SELECT * FROM deeds ORDER BY deed_id", as_of=day))
    held.query("SELECT * FROM figures")
    assert not held._holding, "given back with its setting"


def test_what_is_kept_of_a_day_is_made_once_for_all_twins_and_given_back_with_it(demo_ledger: Ledger) -> None:
    first, made = Ledger(demo_ledger.location, held=True, kept=1), []
    second = first.twin()

    def make() -> int:
        made.append(1)
        return len(made)

    assert [one.keep("n", make, date(2025, 7, 1)) for one in (first, second, first)] == [1, 1, 1]
    assert first.keep("n", make, date(2025, 7, 2)) == second.keep("n", make, date(2025, 7, 2)) == 2
    assert first.keep("n", make, date(2025, 7, 1)) == 3, "both had turned to another day"
    assert [demo_ledger.keep("n", make), demo_ledger.keep("n", make)] == [4, 5], "one that holds nothing keeps nothing"
