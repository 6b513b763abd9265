-- Tellings in force by pair of codes, with the deed that each belongs to at the moment asked; what a reviewer rejected is gone.
CREATE OR REPLACE TEMP VIEW dyads AS
SELECT d.* REPLACE (coalesce(m.root, d.deed_id) AS deed_id)
FROM raw_dyads d ANTI JOIN excluded ON excluded.reading_id = d.reading_id
ANTI JOIN (SELECT record_id FROM judged WHERE judgement = 'reject') rejected ON rejected.record_id = d.event_id
LEFT JOIN merged m ON m.deed_id = d.deed_id;
