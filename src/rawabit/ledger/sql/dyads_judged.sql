-- The same where something was judged: none of a rejected telling; those of a corrected one made anew.
CREATE OR REPLACE TEMP VIEW dyads AS
SELECT d.* REPLACE (coalesce(m.root, d.deed_id) AS deed_id)
FROM raw_dyads d ANTI JOIN irregular i ON i.reading_id = d.reading_id AND i.recorded_at = d.recorded_at
ANTI JOIN (SELECT record_id FROM judged WHERE judgement = 'reject' OR correction IS NOT NULL) j ON j.record_id = d.event_id
LEFT JOIN merged m ON m.deed_id = d.deed_id
WHERE d.known_from <= $day AND d.recorded_at <= $recorded
UNION ALL BY NAME
SELECT a.code || '|' || b.code AS pair, coalesce(e.start, e.published) AS day, e.event_id, e.deed_id, e.reading_id, e.type, e.modality,
       e.quad, e.score, r.known_from, e.recorded_at
FROM tellings e JOIN raw_readings r ON r.reading_id = e.reading_id AND r.recorded_at = e.recorded_at
     JOIN judged j ON j.record_id = e.event_id AND j.correction IS NOT NULL,
     unnest(e.codes) AS a(code), unnest(e.codes) AS b(code)
WHERE a.code < b.code AND a.code <> 'UNK' AND b.code <> 'UNK';
