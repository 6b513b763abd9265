-- Two sources (side_a, side_b: day, pair, quad, n) by quad class and in all (quad 0), within $since and $until.
-- Ranks are of dyads that either has (`spearman`: none is a count of 0) and of those that both have (`spearman_both`).
-- A dyad-day is a pair of states and a day on which the source has an event of the class. Ranks of equal counts are averaged.
WITH cut AS (
    SELECT 'a' AS side, * FROM side_a UNION ALL SELECT 'b', * FROM side_b
), classed AS (
    SELECT side, day, pair, unnest([quad, 0]) AS quad, n FROM cut WHERE day BETWEEN $since AND $until
), days AS (
    SELECT quad, pair, day, sum(n) FILTER (side = 'a') AS a, sum(n) FILTER (side = 'b') AS b FROM classed GROUP BY ALL
), agreement AS (
    SELECT quad, count(a) AS days_a, count(b) AS days_b, count(*) FILTER (a IS NOT NULL AND b IS NOT NULL) AS in_both, count(*) AS in_either,
           coalesce(sum(a), 0) AS events_a, coalesce(sum(b), 0) AS events_b
    FROM days GROUP BY quad
), counts AS (
    SELECT quad, pair, coalesce(sum(a), 0) AS a, coalesce(sum(b), 0) AS b FROM days GROUP BY quad, pair
), wide AS (
    SELECT *, true AS every FROM counts UNION ALL SELECT *, false FROM counts WHERE a > 0 AND b > 0
), ranked AS (
    SELECT quad, every, rank() OVER (PARTITION BY quad, every ORDER BY a) + (count(*) OVER (PARTITION BY quad, every, a) - 1) / 2 AS rank_a,
           rank() OVER (PARTITION BY quad, every ORDER BY b) + (count(*) OVER (PARTITION BY quad, every, b) - 1) / 2 AS rank_b FROM wide
), correlated AS (
    SELECT quad, count(*) FILTER (every) AS dyads, count(*) FILTER (NOT every) AS dyads_both,
           corr(rank_a, rank_b) FILTER (every) AS spearman, corr(rank_a, rank_b) FILTER (NOT every) AS spearman_both
    FROM ranked GROUP BY quad
)
SELECT quad, dyads, dyads_both, days_a, days_b, in_both, in_either, events_a::BIGINT AS events_a, events_b::BIGINT AS events_b,
       if(isnan(spearman), NULL, spearman) AS spearman, if(isnan(spearman_both), NULL, spearman_both) AS spearman_both
FROM agreement JOIN correlated USING (quad) ORDER BY quad
