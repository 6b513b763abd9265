-- Batches that were cut off: rows of readings that `readings` does not list as recorded at that moment.
CREATE OR REPLACE TABLE orphans AS
SELECT DISTINCT reading_id, recorded_at FROM raw_events ANTI JOIN raw_readings USING (reading_id, recorded_at)
UNION SELECT DISTINCT reading_id, recorded_at FROM raw_statements ANTI JOIN raw_readings USING (reading_id, recorded_at)
UNION SELECT DISTINCT reading_id, recorded_at FROM raw_figures ANTI JOIN raw_readings USING (reading_id, recorded_at)
UNION SELECT DISTINCT reading_id, recorded_at FROM raw_ties ANTI JOIN raw_readings USING (reading_id, recorded_at)
UNION SELECT DISTINCT reading_id, recorded_at FROM raw_people ANTI JOIN raw_readings USING (reading_id, recorded_at);
