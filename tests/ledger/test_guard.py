"""What `rawabit sql` refuses and what it answers: names that WITH gives hide no table, and no file is reached by any way."""
from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from rawabit.ledger import Ledger
from rawabit.model import LedgerError

REFUSED = [
    "WITH raw_events AS (SELECT * FROM raw_events) SELECT * FROM raw_events",
    "SELECT * FROM (WITH raw_deeds AS (FROM raw_deeds) FROM raw_deeds)",
    "WITH x AS (WITH raw_events AS (SELECT 1 AS a) FROM raw_events) SELECT * FROM x, raw_events",
    "WITH RECURSIVE raw_events AS (FROM raw_events UNION ALL FROM raw_events) FROM raw_events",
    "WITH b AS (FROM raw_events), raw_events AS (SELECT 1) FROM b",
    "SELECT * FROM query('SELECT 1')", "SELECT * FROM query_table('raw_events')", "FROM main.raw_events", "FROM temp.deeds",
    "FROM excluded", "FROM judged", "FROM information_schema.tables", "FROM sqlite_master", "FROM pragma_table_info('deeds')",
    "FROM deeds, LATERAL (FROM read_csv('/etc/passwd'))", "FROM parquet_scan('/tmp/x')", "FROM read_blob('/etc/passwd')",
    "SELECT * FROM deeds WHERE deed_id IN (SELECT file FROM glob('/*'))", "FROM json_execute_serialized_sql('{}')",
    "UPDATE deeds SET type = 'x'", "DELETE FROM deeds", "CREATE TABLE t AS SELECT 1", "EXPORT DATABASE '/tmp/x'", "LOAD json", "BEGIN",
    "USE main", "CALL pragma_version()", "EXPLAIN SELECT 1", "DESCRIBE deeds", "FROM (SHOW TABLES)", "", ";", "-- nothing"]
ANSWERED = [
    "WITH a AS (FROM deeds), b AS (FROM a) SELECT count(*) AS n FROM b",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < (SELECT count(*) FROM deeds)) SELECT max(n) AS n FROM t",
    "SELECT count(*) AS n FROM DEEDS;", "WITH deeds AS (FROM deeds) SELECT count(*) AS n FROM deeds",
    "SELECT count(DISTINCT d.deed_id) AS n FROM deeds d JOIN tellings t USING (deed_id), unnest(d.codes) AS c(code)"]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(demo_ledger: Ledger, text: str) -> None:
    with pytest.raises(LedgerError, match="rawabit sql --schema"):
        demo_ledger.sql(text)


@pytest.mark.parametrize("text", ANSWERED[:4])
def test_answered(demo_ledger: Ledger, text: str) -> None:
    assert demo_ledger.sql(text).to_pylist() == [{"n": demo_ledger.deeds().num_rows}]


def test_a_join_is_answered(demo_ledger: Ledger) -> None:
    assert demo_ledger.sql(ANSWERED[4])["n"][0].as_py() > 100


@pytest.mark.parametrize("text", ["FROM read_text('{}')", "FROM read_csv('{}')", "COPY (SELECT 1) TO '{}'", "ATTACH '{}' AS other",
                                  "SET enable_external_access = true", "SET allowed_directories = ['/']", "RESET lock_configuration"])
def test_the_connection_itself_reaches_no_other_file(demo_ledger: Ledger, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other"
    file.write_text("secret")
    with pytest.raises((LedgerError, duckdb.Error)):
        demo_ledger.run(text.format(file))
    assert file.read_text() == "secret"


def test_a_mistake_is_told_with_the_next_step(demo_ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"(?s)nosuch.*rawabit sql --schema"):
        demo_ledger.sql("SELECT nosuch FROM deeds")
