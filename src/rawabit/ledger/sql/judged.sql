-- The judgement that holds for each reviewed record at the moment asked: the last one given, unless it was undone.
CREATE OR REPLACE TEMP TABLE judged AS
WITH given AS (
    SELECT r.*, row_number() OVER (PARTITION BY record_id ORDER BY r.recorded_at DESC, review_id) AS turn
    FROM raw_reviews r LEFT JOIN records_read USING (record_id)
    WHERE r.recorded_at <= $recorded AND (r.recorded_at <= $moment OR read_at > $moment)
)
SELECT record_id, judgement, correction, reviewer, note, recorded_at AS judged_at
FROM given WHERE turn = 1 AND judgement <> 'undo';
