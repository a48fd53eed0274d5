-- Where the bytes went. A part is 1 metrics, 2 params, 3 tags, 4 inputs, 5 documents, 6 the run's
-- own texts, 7 the experiment's; 8 is what stands in files beside the database, in no sum. Runs are taken in the order of their rows (so no index is used,
-- "+"), in which their data lie.

-- name: RUN_SELECT
SELECT id, experiment FROM runs WHERE run_id = ?;

-- name: EXPERIMENT_SELECT
SELECT 1 FROM experiments WHERE id = ?;

-- name: ARTIFACT_URIS_SELECT
SELECT id, artifact_uri FROM runs
WHERE +experiment BETWEEN ? AND ? AND id BETWEEN ? AND ? ORDER BY id LIMIT ?;

-- name: GROUPS_MEASURE
-- By run (1) or by experiment (0); a range of experiments; a range of runs' rows; how many.
-- The row without an experiment is the total of all groups.
WITH parts (experiment, run, part, points, bytes) AS (
    SELECT r.experiment, r.id, 1, sum(c.point_count),
        sum(length(c.data) + coalesce(length(s.fine) + length(s.coarse), 0))
    FROM runs r CROSS JOIN metric_chunks c ON c.run = r.id
    LEFT JOIN chunk_summaries s ON s.chunk = c.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 1, 0,
        sum(length(CAST(o.model_id || o.dataset_name || o.dataset_digest AS BLOB)))
    FROM runs r CROSS JOIN metric_origins o ON o.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 2, 0, sum(length(CAST(p.value AS BLOB)))
    FROM runs r CROSS JOIN params p ON p.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 3, 0, sum(length(CAST(t.value AS BLOB)))
    FROM runs r CROSS JOIN tags t ON t.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 4, 0, sum(length(CAST(i.tags || coalesce(i.context, '') AS BLOB)))
    FROM runs r CROSS JOIN dataset_inputs i ON i.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 4, 0, sum(length(CAST(i.model_id AS BLOB)))
    FROM runs r CROSS JOIN model_inputs i ON i.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 4, 0, sum(length(CAST(o.model_id AS BLOB)))
    FROM runs r CROSS JOIN model_outputs o ON o.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    GROUP BY r.id, r.experiment
    UNION ALL
    SELECT r.experiment, r.id, 5, 0, length(d.data)
    FROM runs r CROSS JOIN run_documents d ON d.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    UNION ALL
    SELECT r.experiment, r.id, 6, 0, length(CAST(
        r.run_id || r.name || r.user_id || r.artifact_uri || coalesce(r.parent_run_id, '')
        AS BLOB))
    FROM runs r
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    UNION ALL
    SELECT r.experiment, r.id, 8, 0, a.chunk_bytes
    FROM runs r CROSS JOIN run_archives a ON a.run = r.id
    WHERE +r.experiment BETWEEN ?2 AND ?3 AND r.id BETWEEN ?4 AND ?5
    UNION ALL
    SELECT e.id, 0, 7, 0, length(CAST(e.name || e.artifact_location AS BLOB))
    FROM experiments e WHERE ?1 = 0 AND e.id BETWEEN ?2 AND ?3
    UNION ALL
    SELECT t.experiment, 0, 7, 0, length(CAST(t.key || t.value AS BLOB))
    FROM experiment_tags t WHERE ?1 = 0 AND t.experiment BETWEEN ?2 AND ?3
    UNION ALL
    SELECT d.experiment, 0, 7, 0, length(CAST(
        d.name || d.digest || d.source_type || d.source || coalesce(d.schema, '')
        || coalesce(d.profile, '')
        AS BLOB))
    FROM datasets d WHERE ?1 = 0 AND d.experiment BETWEEN ?2 AND ?3
    UNION ALL
    SELECT v.experiment, 0, 7, 0, length(CAST(v.id || coalesce(v.name, '') || v.state AS BLOB))
    FROM views v WHERE ?1 = 0 AND v.experiment BETWEEN ?2 AND ?3
), sized AS (
    SELECT experiment, CASE WHEN ?1 = 1 THEN run ELSE 0 END AS run,
        count(*) FILTER (WHERE part = 6) AS runs, sum(points) AS points,
        sum(CASE WHEN part <> 8 THEN bytes ELSE 0 END) AS bytes,
        sum(CASE WHEN part = 1 THEN bytes ELSE 0 END) AS metrics,
        sum(CASE WHEN part = 2 THEN bytes ELSE 0 END) AS params,
        sum(CASE WHEN part = 3 THEN bytes ELSE 0 END) AS tags,
        sum(CASE WHEN part = 4 THEN bytes ELSE 0 END) AS inputs,
        sum(CASE WHEN part = 5 THEN bytes ELSE 0 END) AS documents,
        sum(CASE WHEN part = 6 THEN bytes ELSE 0 END) AS attributes,
        sum(CASE WHEN part = 7 THEN bytes ELSE 0 END) AS own,
        sum(CASE WHEN part = 8 THEN bytes ELSE 0 END) AS archived
    FROM parts GROUP BY 1, 2
)
SELECT g.experiment, e.name, r.run_id, r.name, 1, CAST(g.runs AS bigint),
    CAST(g.points AS bigint), CAST(g.bytes AS bigint), CAST(g.metrics AS bigint),
    CAST(g.params AS bigint), CAST(g.tags AS bigint), CAST(g.inputs AS bigint),
    CAST(g.documents AS bigint), CAST(g.attributes AS bigint), CAST(g.own AS bigint),
    CAST(g.archived AS bigint)
FROM (SELECT * FROM sized ORDER BY bytes DESC, experiment, run LIMIT ?6) g
JOIN experiments e ON e.id = g.experiment LEFT JOIN runs r ON r.id = g.run
UNION ALL
SELECT NULL, NULL, NULL, NULL, count(*), CAST(coalesce(sum(runs), 0) AS bigint),
    CAST(coalesce(sum(points), 0) AS bigint), CAST(coalesce(sum(bytes), 0) AS bigint),
    CAST(coalesce(sum(metrics), 0) AS bigint), CAST(coalesce(sum(params), 0) AS bigint),
    CAST(coalesce(sum(tags), 0) AS bigint), CAST(coalesce(sum(inputs), 0) AS bigint),
    CAST(coalesce(sum(documents), 0) AS bigint), CAST(coalesce(sum(attributes), 0) AS bigint),
    CAST(coalesce(sum(own), 0) AS bigint), CAST(coalesce(sum(archived), 0) AS bigint)
FROM sized;

-- name: KEYS_MEASURE
-- A range of experiments; a range of runs' rows; how many. The row without a part is the total.
WITH parts (part, key, runs, points, bytes) AS (
    SELECT 1, series.key, count(*), sum(series.points), sum(series.bytes)
    FROM (
        SELECT r.id, c.key, sum(c.point_count) AS points,
            sum(length(c.data) + coalesce(length(s.fine) + length(s.coarse), 0)) AS bytes
        FROM runs r CROSS JOIN metric_chunks c ON c.run = r.id
        LEFT JOIN chunk_summaries s ON s.chunk = c.id
        WHERE +r.experiment BETWEEN ?1 AND ?2 AND r.id BETWEEN ?3 AND ?4
        GROUP BY r.id, c.key -- in the order in which they are read
    ) series
    GROUP BY series.key
    UNION ALL
    SELECT 1, o.key, 0, 0,
        sum(length(CAST(o.model_id || o.dataset_name || o.dataset_digest AS BLOB)))
    FROM runs r CROSS JOIN metric_origins o ON o.run = r.id
    WHERE +r.experiment BETWEEN ?1 AND ?2 AND r.id BETWEEN ?3 AND ?4
    GROUP BY o.key
    UNION ALL
    SELECT 2, p.key, count(*), 0, sum(length(CAST(p.value AS BLOB)))
    FROM runs r CROSS JOIN params p ON p.run = r.id
    WHERE +r.experiment BETWEEN ?1 AND ?2 AND r.id BETWEEN ?3 AND ?4
    GROUP BY p.key
    UNION ALL
    SELECT 3, t.key, count(*), 0, sum(length(CAST(t.value AS BLOB)))
    FROM runs r CROSS JOIN tags t ON t.run = r.id
    WHERE +r.experiment BETWEEN ?1 AND ?2 AND r.id BETWEEN ?3 AND ?4
    GROUP BY t.key
), sized AS (
    SELECT part, key, sum(runs) AS runs, sum(points) AS points, sum(bytes) AS bytes
    FROM parts GROUP BY part, key
)
SELECT g.part, k.name, 1, CAST(g.runs AS bigint), CAST(g.points AS bigint), CAST(g.bytes AS bigint)
FROM (SELECT * FROM sized ORDER BY bytes DESC, part, key LIMIT ?5) g
JOIN keys k ON k.id = g.key
UNION ALL
SELECT NULL, NULL, count(*), 0, CAST(coalesce(sum(points), 0) AS bigint),
    CAST(coalesce(sum(bytes), 0) AS bigint)
FROM sized;
