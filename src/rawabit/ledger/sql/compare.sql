-- Two sources (side_a, side_b: day, pair, quad, n) by quad class and in all (quad 0), within $since and $until.
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
), ranked AS (
    SELECT quad, rank() OVER (PARTITION BY quad ORDER BY a) + (count(*) OVER (PARTITION BY quad, a) - 1) / 2 AS rank_a,
           rank() OVER (PARTITION BY quad ORDER BY b) + (count(*) OVER (PARTITION BY quad, b) - 1) / 2 AS rank_b FROM counts
), correlated AS (
    SELECT quad, count(*) AS dyads, corr(rank_a, rank_b) AS spearman FROM ranked GROUP BY quad
)
SELECT quad, dyads, days_a, days_b, in_both, in_either, events_a::BIGINT AS events_a, events_b::BIGINT AS events_b,
       if(isnan(spearman), NULL, spearman) AS spearman
FROM agreement JOIN correlated USING (quad) ORDER BY quad
