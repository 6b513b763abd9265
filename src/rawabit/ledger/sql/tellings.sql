-- Tellings in force, each with the deed that it belongs to at the moment asked.
CREATE OR REPLACE TEMP VIEW tellings AS
SELECT coalesce(m.root, d.deed_id) AS deed_id, d.beside, d.score AS likeness, d.reasons, e.*
FROM raw_deeds d JOIN events e USING (event_id, recorded_at) LEFT JOIN merged m ON m.deed_id = d.deed_id
WHERE d.event_id IS NOT NULL AND d.recorded_at <= $recorded;
