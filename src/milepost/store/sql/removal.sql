-- What `milepost gc` asks and removes, in bounded steps. Lists come as one JSON text or NULL.

-- name: RUNS_REMOVABLE
SELECT r.id, r.run_id, r.artifact_uri
FROM runs r
WHERE r.is_active = 0 AND r.id > ? AND coalesce(r.deleted_time, 0) <= ?
  AND (CAST(?3 AS text) IS NULL OR r.run_id IN (SELECT value FROM json_each(?3 /* texts */)))
  AND (CAST(?4 AS text) IS NULL OR r.experiment IN (SELECT value FROM json_each(?4)))
ORDER BY r.id
LIMIT ?5;

-- name: RUNS_MARK
INSERT INTO runs_going (run)
SELECT id FROM runs WHERE is_active = 0 AND id IN (SELECT value FROM json_each(?))
ON CONFLICT DO NOTHING;

-- name: RUNS_MARKED
SELECT run FROM runs_going WHERE run IN (SELECT value FROM json_each(?));

-- name: RUNS_ARCHIVED
SELECT run FROM run_archives WHERE run IN (SELECT value FROM json_each(?));

-- name: RUN_IS_GOING
SELECT 1 FROM runs_going WHERE run = ?;

-- name: EXPERIMENT_IS_GOING
SELECT 1 FROM runs_going g JOIN runs r ON r.id = g.run WHERE r.experiment = ? LIMIT 1;

-- name: SUMMARIES_REMOVE
DELETE FROM chunk_summaries
WHERE chunk IN (SELECT id FROM metric_chunks WHERE run = ? ORDER BY key, id LIMIT ?);

-- name: CHUNKS_REMOVE
DELETE FROM metric_chunks
WHERE id IN (SELECT id FROM metric_chunks WHERE run = ? ORDER BY key, id LIMIT ?);

-- name: ORIGINS_REMOVE
DELETE FROM metric_origins
WHERE (run, key, step, timestamp, model_id, dataset_name, dataset_digest) IN (
    SELECT run, key, step, timestamp, model_id, dataset_name, dataset_digest
    FROM metric_origins WHERE run = ? LIMIT ?
);

-- name: METRICS_REMOVE
DELETE FROM metrics
WHERE (run, key) IN (SELECT run, key FROM metrics WHERE run = ? LIMIT ?);

-- name: PARAMS_REMOVE
DELETE FROM params WHERE (run, key) IN (SELECT run, key FROM params WHERE run = ? LIMIT ?);

-- name: TAGS_REMOVE
DELETE FROM tags WHERE (run, key) IN (SELECT run, key FROM tags WHERE run = ? LIMIT ?);

-- name: DATASET_INPUTS_REMOVE
DELETE FROM dataset_inputs
WHERE (run, dataset) IN (SELECT run, dataset FROM dataset_inputs WHERE run = ? LIMIT ?);

-- name: MODEL_INPUTS_REMOVE
DELETE FROM model_inputs
WHERE (run, model_id) IN (SELECT run, model_id FROM model_inputs WHERE run = ? LIMIT ?);

-- name: MODEL_OUTPUTS_REMOVE
DELETE FROM model_outputs
WHERE (run, model_id, step) IN (
    SELECT run, model_id, step FROM model_outputs WHERE run = ? LIMIT ?
);

-- name: DOCUMENT_REMOVE
DELETE FROM run_documents WHERE run = ?;

-- name: RUN_REMOVE
DELETE FROM runs WHERE id = ?;

-- name: ARCHIVE_REMOVE
DELETE FROM run_archives WHERE run = ?;

-- name: MARK_REMOVE
DELETE FROM runs_going WHERE run = ?;

-- name: EXPERIMENTS_REMOVABLE
SELECT id, name, artifact_location FROM experiments
WHERE is_active = 0 AND id > ? AND last_update_time <= ?
  AND (CAST(?3 AS text) IS NULL OR id IN (SELECT value FROM json_each(?3)))
ORDER BY id
LIMIT ?4;

-- name: EXPERIMENT_HAS_RUNS
SELECT 1 FROM runs WHERE experiment = ? LIMIT 1;

-- name: DATASETS_REMOVE
DELETE FROM datasets WHERE id IN (SELECT id FROM datasets WHERE experiment = ? LIMIT ?);

-- name: EXPERIMENT_TAGS_REMOVE
DELETE FROM experiment_tags WHERE experiment = ?;

-- name: EXPERIMENT_REMOVE
DELETE FROM experiments WHERE id = ? AND is_active = 0;
