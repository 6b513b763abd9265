-- Tellings in force by pair of codes, with the deed that each belongs to at the moment asked.
CREATE OR REPLACE TEMP VIEW dyads AS
SELECT d.* REPLACE (coalesce(m.root, d.deed_id) AS deed_id)
FROM raw_dyads d ANTI JOIN irregular i ON i.reading_id = d.reading_id AND i.recorded_at = d.recorded_at
LEFT JOIN merged m ON m.deed_id = d.deed_id
WHERE d.known_from <= $day AND d.recorded_at <= $recorded;
