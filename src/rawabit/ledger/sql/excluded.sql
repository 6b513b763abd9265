-- Readings whose records do not count at the moment asked: not known yet, replaced by a later recipe, failed, recorded twice, or of a
-- batch cut off. `reading_id` and `recorded_at` together name them: the rows of one batch were all recorded at one moment.
-- `irregular` are those of them that the two clocks alone do not tell, so that a table with `known_from` need not look up all others.
-- $day: last day of publication that counts. $moment: what the ledger had read by then is taken as it then was; a report that it only
-- learned later is taken as it is read now. $recorded: nothing recorded later counts at all.
CREATE OR REPLACE TEMP TABLE irregular AS
WITH listed AS (
    SELECT reading_id, document_id, failed, recorded_at FROM raw_readings WHERE recorded_at <= $recorded
), again AS (
    SELECT document_id, min(recorded_at) AS first_recorded FROM listed GROUP BY document_id HAVING count(*) > 1
), ranked AS (
    SELECT listed.reading_id, listed.recorded_at, failed IS NOT NULL AS failed,
           first_recorded <= $moment AND recorded_at > $moment AS later,
           row_number() OVER (PARTITION BY document_id
                              ORDER BY first_recorded <= $moment AND recorded_at > $moment, failed IS NOT NULL, recorded_at DESC,
                                       reading_id) AS turn
    FROM listed JOIN again USING (document_id)
)
SELECT reading_id, recorded_at FROM ranked WHERE turn > 1 OR failed
UNION SELECT reading_id, recorded_at FROM listed WHERE failed IS NOT NULL
UNION SELECT reading_id, recorded_at FROM orphans;
CREATE OR REPLACE TEMP TABLE excluded AS
SELECT reading_id, recorded_at FROM irregular
UNION SELECT reading_id, recorded_at FROM raw_readings WHERE known_from > $day OR recorded_at > $recorded;
