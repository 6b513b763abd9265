-- Deeds that one state does with, for or against another, once for each pair of states that they join: across the two sides of the deed, or
-- among its actors where nobody is acted upon. What two states do together to a third is no deed between them.
-- `day` is the deed's own: its first day; where the report gives a week or a month only, the day in it nearest to the first telling; where it
-- is undated, the first telling. A deed that is dated by season or year alone belongs to no day. $where narrows the deeds down.
WITH listed AS (
    SELECT deed_id, type, mode, modality, quad, score, reports, coalesce(len(outlets), 0) AS outlets, first_told, actors, recipients, evidence,
           CASE WHEN start IS NULL THEN first_told
                WHEN precision IN ('week', 'month') AND first_told IS NOT NULL THEN least(greatest(first_told, start), "end")
                ELSE start END AS day,
           list_distinct(list_transform(actors, lambda x: regexp_extract(x, '^[^/:]*'))) AS doers,
           list_distinct(list_transform(if(len(recipients) > 0, recipients, actors), lambda x: regexp_extract(x, '^[^/:]*'))) AS others
    FROM deeds WHERE coalesce(precision, 'day') NOT IN ('season', 'year') AND $where
), across AS (
    SELECT *, unnest(doers) AS a FROM listed
), joined AS (
    SELECT *, unnest(others) AS b FROM across
)
SELECT DISTINCT ON (deed_id, pair)
       least(a, b) || '|' || greatest(a, b) AS pair, deed_id, day, type, mode, modality, quad, score, reports, outlets, first_told,
       actors, recipients, evidence, greatest(len(list_distinct(list_concat(doers, others))), 2) AS parties
FROM joined
WHERE a <> b AND a <> 'UNK' AND b <> 'UNK' AND day IS NOT NULL
ORDER BY pair, day, deed_id
