-- One row a target: what is asked and known of it, from the in-force rows around the day and the one before.
SELECT t.id AS target_id, t.indicator_id, t.unit_id, a.value AS target, a.upper, a.baseline, a.trajectory, a.start,
       a.due, r.value AS actual, r.as_of AS reported_as_of, r.recorded_at AT TIME ZONE 'UTC' AS recorded_at,
       b.value AS previous_actual, p.value AS previous_target, p.upper AS previous_upper,
       p.baseline AS previous_baseline, c.changed_on, y.value AS last_year_actual,
       past.due AS past_due, past.planned AS past_planned,
       next.name AS next_name, next.due AS next_due, next.planned AS next_planned,
       was_past.due AS was_past_due, was_past.planned AS was_past_planned,
       was_next.due AS was_next_due, was_next.planned AS was_next_planned,
       s.due AS milestones_due, s.met AS milestones_met,
       unmet.due AS first_unmet_due, unmet.name AS first_unmet_name
FROM indicator i
JOIN LATERAL (
    -- a running total starts anew with its target; a level, a rate or a rank goes on
    SELECT v.collection_id, v.direction = 'lower' AS lower, v.kind IN ('cumulative', 'count', 'deliverable') AS starts_anew
    FROM definition v WHERE v.indicator_id = i.id AND IN FORCE(v, effective_from, :as_of)) d ON TRUE
JOIN target t ON t.indicator_id = i.id
JOIN LATERAL (
    SELECT v.*, CASE WHEN d.starts_anew THEN v.start ELSE '-infinity' END AS counts_from
    FROM target_version v WHERE v.target_id = t.id AND IN FORCE(v, effective_from, :as_of)) a ON TRUE
LEFT JOIN LATERAL (
    SELECT v.value, v.upper, v.baseline
    FROM target_version v WHERE v.target_id = t.id AND IN FORCE(v, effective_from, :previous_as_of)) p ON TRUE
LEFT JOIN LATERAL (
    SELECT r.value, r.as_of, r.recorded_at FROM report r
    WHERE r.target_id = t.id AND r.as_of >= a.counts_from AND IN FORCE(r, as_of, :as_of)) r ON TRUE
LEFT JOIN LATERAL (
    SELECT r.value FROM report r
    WHERE r.target_id = t.id AND r.as_of = :previous_as_of AND r.as_of >= a.counts_from
      AND IN FORCE(r, as_of, :previous_as_of)) b ON TRUE
LEFT JOIN LATERAL (
    -- the first day after the last one on which another value was in force
    SELECT q.as_of AS changed_on FROM report q
    WHERE q.target_id = t.id AND q.as_of >= a.counts_from AND q.as_of <= :as_of AND q.recorded_at <= :known_at
      AND q.as_of > coalesce((
          SELECT o.as_of FROM report o
          WHERE o.target_id = t.id AND o.as_of < r.as_of
            AND o.recorded_at <= :known_at AND o.value IS DISTINCT FROM r.value
            AND o.id = (SELECT n.id FROM report n
                        WHERE n.target_id = o.target_id AND n.as_of = o.as_of AND n.recorded_at <= :known_at
                        ORDER BY n.recorded_at DESC, n.id DESC LIMIT 1)
          ORDER BY o.as_of DESC LIMIT 1), '-infinity')
    ORDER BY q.as_of LIMIT 1) c ON TRUE
LEFT JOIN LATERAL (
    -- 29 February answers for 28 February the year before, and the end of February for the end of February
    SELECT q.value FROM report q
    WHERE q.target_id = t.id AND q.recorded_at <= :known_at
      AND q.as_of = greatest((r.as_of - interval '1 year')::date, (r.as_of + 1 - interval '1 year')::date - 1)
    ORDER BY q.recorded_at DESC, q.id DESC LIMIT 1) y ON TRUE
LEFT JOIN LATERAL (
    SELECT m.revision FROM milestone m WHERE m.target_id = t.id AND m.recorded_at <= :known_at
    ORDER BY m.recorded_at DESC, m.revision DESC LIMIT 1) k ON TRUE
LEFT JOIN LATERAL (
    SELECT m.due, m.planned FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due <= :as_of
    ORDER BY m.due DESC, m.position DESC, m.id DESC LIMIT 1) past ON TRUE
LEFT JOIN LATERAL (
    SELECT m.due, m.planned, m.name FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due > :as_of
    ORDER BY m.due, m.position, m.id LIMIT 1) next ON TRUE
LEFT JOIN LATERAL (
    SELECT m.due, m.planned FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due <= :previous_as_of
    ORDER BY m.due DESC, m.position DESC, m.id DESC LIMIT 1) was_past ON TRUE
LEFT JOIN LATERAL (
    SELECT m.due, m.planned FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due > :previous_as_of
    ORDER BY m.due, m.position, m.id LIMIT 1) was_next ON TRUE
LEFT JOIN LATERAL (
    SELECT count(*) AS due,
           count(*) FILTER (WHERE CASE WHEN d.lower THEN r.value <= m.planned ELSE r.value >= m.planned END) AS met
    FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due <= :as_of) s ON TRUE
LEFT JOIN LATERAL (
    SELECT m.due, m.name FROM milestone m
    WHERE m.target_id = t.id AND m.revision = k.revision AND m.due <= :as_of
      AND (CASE WHEN d.lower THEN r.value <= m.planned ELSE r.value >= m.planned END) IS NOT TRUE
    ORDER BY m.due, m.position, m.id LIMIT 1) unmet ON TRUE
WHERE i.scheme_id = :scheme_id AND d.collection_id IS NOT DISTINCT FROM :collection_id
