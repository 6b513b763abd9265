-- One row a deed: what most of its tellings say, by whom and since when it is told, and where the tellings differ.
-- The telling that speaks for the deed: what happened before what is denied, planned or supposed (denied first where more tellings deny);
-- then the one whose type and parties most tellings share; then the one with the most precise date; then the first told.
CREATE OR REPLACE TEMP VIEW deeds AS
WITH counted AS (
    SELECT *,
           count(*) OVER (PARTITION BY deed_id, type, codes) AS support,
           count(*) FILTER (modality = 'actual') OVER (PARTITION BY deed_id) AS affirmed,
           count(*) FILTER (modality = 'negated') OVER (PARTITION BY deed_id) AS denied
    FROM tellings
), spoken AS (
    SELECT *, row_number() OVER (PARTITION BY deed_id ORDER BY
        CASE modality WHEN 'actual' THEN 1 WHEN 'negated' THEN if(denied > affirmed, 0, 2) WHEN 'future' THEN 3 ELSE 4 END,
        support DESC,
        NOT dated,
        CASE precision WHEN 'day' THEN 0 WHEN 'range' THEN 1 WHEN 'week' THEN 2 WHEN 'month' THEN 3 WHEN 'season' THEN 4
                       WHEN 'year' THEN 5 ELSE 6 END,
        published NULLS LAST, event_id) AS turn
    FROM counted
), told AS (
    SELECT deed_id,
           count(*)::INTEGER AS tellings,
           count(DISTINCT document_id)::INTEGER AS reports,
           list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlets,
           min(published) AS first_told,
           max(published) AS last_told,
           list_sort(list(DISTINCT modality)) AS modalities,
           list_sort(list(DISTINCT type)) AS types,
           list_sort(list(DISTINCT start) FILTER (dated AND precision = 'day')) AS days,
           list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)) AS countries,
           count(DISTINCT codes) AS parties,
           list_sort(list(DISTINCT attribution) FILTER (attribution IS NOT NULL)) AS sources,
           min(published) FILTER (modality = 'future') AS announced,
           min(published) FILTER (modality = 'actual') AS affirmed_on,
           list_sort(list(DISTINCT start) FILTER (modality = 'future' AND dated AND precision = 'day')) AS planned_days,
           arg_max(end_day, (published, event_id)) FILTER (modality = 'future') AS planned_end,
           bool_or(modality = 'negated') AS any_denied,
           bool_or(modality = 'actual') AS any_affirmed
    FROM (SELECT *, "end" AS end_day FROM tellings) GROUP BY deed_id
)
SELECT s.deed_id, s.type, s.mode, s.modality, s.actors, s.recipients, s.codes, s.start, s."end", s.precision, s.dated, s.place, s.country,
       s.attribution, s.quad, s.score, s.cameo, s.contexts, s.trigger, s.evidence, s.event_id, s.document_id, s.published, s.outlet,
       t.tellings, t.reports, t.outlets, t.sources, t.first_told, t.last_told, t.types, t.modalities, t.days, t.countries, t.announced,
       CASE WHEN t.announced IS NULL THEN NULL
            WHEN t.any_denied AND NOT t.any_affirmed THEN 'cancelled'
            WHEN t.any_affirmed AND t.affirmed_on >= t.announced AND len(t.planned_days) > 0 AND len(t.days) > len(t.planned_days) THEN 'moved'
            WHEN t.any_affirmed THEN 'happened'
            WHEN t.planned_end < $day THEN 'not told to have happened'
            ELSE 'planned' END AS outcome,
       list_filter([if(len(t.days) > 1, 'date', NULL), if(t.any_denied AND t.any_affirmed, 'denied', NULL),
                    if(t.parties > 1, 'parties', NULL), if(len(t.types) > 1, 'type', NULL), if(len(t.countries) > 1, 'place', NULL)],
                   lambda x: x IS NOT NULL) AS differs,
       s.recorded_at
FROM spoken s JOIN told t USING (deed_id) WHERE s.turn = 1;
