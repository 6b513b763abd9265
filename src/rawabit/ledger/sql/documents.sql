-- Reports, each once, with the reading in force. A report that was recorded more than once (a batch cut off, two writers at a time) is
-- taken as it was first recorded together with a reading.
CREATE OR REPLACE TEMP TABLE repeated AS
WITH doubled AS (
    SELECT document_id FROM raw_documents GROUP BY document_id HAVING count(*) > 1
), kept AS (
    SELECT document_id, min(recorded_at) AS kept
    FROM raw_documents SEMI JOIN doubled USING (document_id) SEMI JOIN raw_readings USING (document_id, recorded_at) GROUP BY document_id
)
SELECT document_id, recorded_at FROM raw_documents SEMI JOIN doubled USING (document_id) LEFT JOIN kept USING (document_id)
WHERE recorded_at IS DISTINCT FROM kept;
CREATE OR REPLACE TEMP VIEW documents AS
SELECT d.*, r.reading_id, r.recipe, r.known_from
FROM raw_documents d ANTI JOIN repeated ON repeated.document_id = d.document_id AND repeated.recorded_at = d.recorded_at
JOIN raw_readings r ON r.document_id = d.document_id
ANTI JOIN excluded ON excluded.reading_id = r.reading_id AND excluded.recorded_at = r.recorded_at;
