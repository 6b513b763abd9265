-- Reports that were read, each with the reading that counts.
CREATE OR REPLACE TEMP VIEW documents AS
SELECT d.*, r.reading_id, r.recipe, r.known_from
FROM raw_documents d JOIN raw_readings r USING (document_id) ANTI JOIN excluded ON excluded.reading_id = r.reading_id
WHERE d.recorded_at <= $recorded;
