-- One row a deed: what most of its tellings say, by whom and since when it is told, and where the tellings differ.
-- The telling that speaks for the deed: what happened before what is denied, planned or supposed (denied first where more tellings deny);
-- then the one whose type and parties most tellings share; then the one with the most precise date, and of these the date that
-- most tellings give; then the first told.
-- Outcome: a plan is a telling published no later than the deed's own day and the day on which it was first told as done. It moved where a
-- plan told before that day named other days only. Its day has passed once a report in force was published after it: a day that no report
-- reaches has not come, whatever $day is.
CREATE OR REPLACE TEMP VIEW deeds AS
WITH counted AS (
    SELECT *,
           count(*) OVER (PARTITION BY deed_id, type, codes) AS support,
           count(*) FILTER (modality = 'actual') OVER (PARTITION BY deed_id) AS affirmed,
           count(*) FILTER (modality = 'negated') OVER (PARTITION BY deed_id) AS denied,
           count(*) FILTER (dated) OVER (PARTITION BY deed_id, start, "end") AS agreed
    FROM tellings
), spoken AS (
    SELECT *, row_number() OVER (PARTITION BY deed_id ORDER BY
        CASE modality WHEN 'actual' THEN 1 WHEN 'negated' THEN if(denied > affirmed, 0, 2) WHEN 'future' THEN 3 ELSE 4 END,
        support DESC,
        NOT dated,
        CASE precision WHEN 'day' THEN 0 WHEN 'range' THEN 1 WHEN 'week' THEN 2 WHEN 'month' THEN 3 WHEN 'season' THEN 4
                       WHEN 'year' THEN 5 ELSE 6 END,
        agreed DESC, published NULLS LAST, event_id) AS turn
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
           list({'day': start, 'told': published}) FILTER (modality = 'future' AND dated AND precision = 'day') AS plans,
           arg_max(end_day, (published, event_id)) FILTER (modality = 'future') AS planned_end,
           bool_or(modality = 'negated') AS any_denied,
           bool_or(modality = 'actual') AS any_affirmed
    FROM (SELECT *, "end" AS end_day FROM tellings) GROUP BY deed_id
), owned AS (
    SELECT *, if(modality = 'actual' AND dated AND precision = 'day', start, NULL) AS own_day FROM spoken WHERE turn = 1
), weighed AS (
    SELECT s.*, t.* EXCLUDE (deed_id, announced),
           if(t.announced > least(s.own_day, t.affirmed_on), NULL, t.announced) AS announced,
           list_transform(list_filter(t.plans, lambda x: x.told < s.own_day), lambda x: x.day) AS planned_days
    FROM owned s JOIN told t USING (deed_id)
), reached AS (
    SELECT coalesce(max(published), max(known_from)) AS last_day FROM documents
)
SELECT deed_id, type, mode, modality, actors, recipients, codes, start, "end", precision, dated, place, country,
       attribution, quad, score, cameo, contexts, trigger, evidence, event_id, document_id, published, outlet,
       tellings, reports, outlets, sources, first_told, last_told, types, modalities, days, countries, announced,
       CASE WHEN announced IS NULL THEN NULL
            WHEN any_denied AND NOT any_affirmed THEN 'cancelled'
            WHEN len(planned_days) > 0 AND NOT list_contains(planned_days, own_day) THEN 'moved'
            WHEN any_affirmed THEN 'happened'
            WHEN planned_end < last_day THEN 'not told to have happened'
            ELSE 'planned' END AS outcome,
       list_filter([if(len(days) > 1, 'date', NULL), if(any_denied AND any_affirmed, 'denied', NULL),
                    if(parties > 1, 'parties', NULL), if(len(types) > 1, 'type', NULL), if(len(countries) > 1, 'place', NULL)],
                   lambda x: x IS NOT NULL) AS differs,
       recorded_at
FROM weighed, reached;
