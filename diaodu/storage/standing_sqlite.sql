-- One row a target: what is asked and known of it, from the in-force rows around the day and the one before.
-- SQLite has no lateral joins: what one look finds together travels as one text, which standing.py takes apart.
WITH asked AS MATERIALIZED (
    SELECT t.id AS target_id, t.indicator_id, t.unit_id, a.value AS target, a.upper, a.baseline, a.trajectory, a.start,
           a.due, d.direction = 'lower' AS lower,
           -- a running total starts anew with its target; a level, a rate or a rank goes on
           CASE WHEN d.kind IN ('cumulative', 'count', 'deliverable') THEN a.start ELSE '' END AS counts_from,
           (SELECT v.id FROM target_version v
            WHERE v.target_id = t.id AND IN FORCE(v, effective_from, :previous_as_of)) AS previous_version_id,
           (SELECT s.revision FROM milestone s
            WHERE s.target_id = t.id AND s.recorded_at <= :known_at
            ORDER BY s.recorded_at DESC, s.revision DESC LIMIT 1) AS revision
    FROM indicator i
    JOIN definition d ON d.id = (
        SELECT v.id FROM definition v WHERE v.indicator_id = i.id AND IN FORCE(v, effective_from, :as_of))
    JOIN target t ON t.indicator_id = i.id
    JOIN target_version a ON a.id = (
        SELECT v.id FROM target_version v WHERE v.target_id = t.id AND IN FORCE(v, effective_from, :as_of))
    WHERE i.scheme_id = :scheme_id AND d.collection_id IS :collection_id
),
known AS MATERIALIZED (
    SELECT k.*,
           (SELECT r.value FROM report r
            WHERE r.target_id = k.target_id AND r.as_of >= k.counts_from AND IN FORCE(r, as_of, :as_of)) AS actual,
           (SELECT r.as_of || r.recorded_at FROM report r
            WHERE r.target_id = k.target_id AND r.as_of >= k.counts_from AND IN FORCE(r, as_of, :as_of)) AS reported,
           (SELECT r.value FROM report r
            WHERE r.target_id = k.target_id AND r.as_of = :previous_as_of AND r.as_of >= k.counts_from
              AND IN FORCE(r, as_of, :previous_as_of)) AS previous_actual
    FROM asked k
)
SELECT k.target_id, k.indicator_id, k.unit_id, k.target, k.upper, k.baseline, k.trajectory, k.start, k.due,
       k.actual, k.reported, k.previous_actual,
       p.value AS previous_target, p.upper AS previous_upper, p.baseline AS previous_baseline,
       -- the first day after the last one on which another value was in force ("+" keeps that day the index's bound)
       (SELECT r.as_of FROM report r
        WHERE r.target_id = k.target_id AND +r.as_of >= k.counts_from AND r.as_of <= :as_of
          AND r.recorded_at <= :known_at AND r.as_of > coalesce((
              SELECT o.as_of FROM report o
              WHERE o.target_id = k.target_id AND o.as_of < substr(k.reported, 1, 10)
                AND o.recorded_at <= :known_at AND o.value IS NOT k.actual
                AND o.id = (SELECT n.id FROM report n
                            WHERE n.target_id = o.target_id AND n.as_of = o.as_of AND n.recorded_at <= :known_at
                            ORDER BY n.recorded_at DESC, n.id DESC LIMIT 1)
              ORDER BY o.as_of DESC LIMIT 1), '')
        ORDER BY r.as_of LIMIT 1) AS changed_on,
       -- 29 February answers for 28 February the year before, and the end of February for the end of February
       (SELECT r.value FROM report r
        WHERE r.target_id = k.target_id AND r.as_of = date(substr(k.reported, 1, 10), '+1 day', '-1 year', '-1 day')
          AND r.recorded_at <= :known_at
        ORDER BY r.recorded_at DESC, r.id DESC LIMIT 1) AS last_year_actual,
       (SELECT s.due || s.planned FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due <= :as_of
        ORDER BY s.due DESC, s.position DESC, s.id DESC LIMIT 1) AS past,
       (SELECT s.due || s.planned || ' ' || s.name FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due > :as_of
        ORDER BY s.due, s.position, s.id LIMIT 1) AS next,
       (SELECT s.due || s.planned FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due <= :previous_as_of
        ORDER BY s.due DESC, s.position DESC, s.id DESC LIMIT 1) AS was_past,
       (SELECT s.due || s.planned FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due > :previous_as_of
        ORDER BY s.due, s.position, s.id LIMIT 1) AS was_next,
       (SELECT count(*) || ' ' || count(CASE WHEN k.lower THEN k.actual <= s.planned ELSE k.actual >= s.planned END
                                        OR NULL)
        FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due <= :as_of) AS milestones,
       (SELECT s.due || s.name FROM milestone s
        WHERE s.target_id = k.target_id AND s.revision = k.revision AND s.due <= :as_of
          AND (CASE WHEN k.lower THEN k.actual <= s.planned ELSE k.actual >= s.planned END) IS NOT TRUE
        ORDER BY s.due, s.position, s.id LIMIT 1) AS first_unmet
FROM known k
LEFT JOIN target_version p ON p.id = k.previous_version_id
