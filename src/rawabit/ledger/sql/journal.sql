-- What the ledger keeps about itself, up to the moment of recording asked, and the events of other sources, each once.
CREATE OR REPLACE TEMP VIEW reviews AS SELECT * FROM raw_reviews WHERE recorded_at <= $recorded;
CREATE OR REPLACE TEMP VIEW runs AS SELECT * FROM raw_runs WHERE recorded_at <= $recorded;
CREATE OR REPLACE TEMP VIEW issues AS
SELECT DISTINCT ON (issue_id) * FROM raw_issues WHERE recorded_at <= $recorded ORDER BY issue_id, recorded_at;
CREATE OR REPLACE TEMP VIEW foreign_events AS
SELECT DISTINCT ON (foreign_id) * FROM raw_foreign_events WHERE recorded_at <= $recorded ORDER BY foreign_id, recorded_at;
-- The newest value of each series and period that was known then.
CREATE OR REPLACE TEMP VIEW indicators AS
SELECT DISTINCT ON (measure, subject, partner, period, unit, source) * FROM raw_indicators
WHERE recorded_at <= $recorded AND known_from <= $day
ORDER BY measure, subject, partner, period, unit, source, recorded_at DESC, indicator_id;
