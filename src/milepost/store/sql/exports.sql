-- Reading everything, for a move to elsewhere.

-- name: EXPERIMENTS_SELECT
SELECT id, name, artifact_location, is_active, creation_time, last_update_time
FROM experiments ORDER BY id;

-- name: RUNS_COUNT
SELECT count(*) FROM runs WHERE experiment = ?;

-- name: RUNS_SELECT_AFTER
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active,
    deleted_time
FROM runs WHERE experiment = ? AND id > ? ORDER BY id LIMIT ?;

-- name: RUN_SELECT_BY_ID
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active,
    deleted_time
FROM runs WHERE run_id = ?;

-- name: METRIC_NAMES
SELECT k.name FROM metrics m JOIN keys k ON k.id = m.key JOIN runs r ON r.id = m.run
WHERE r.run_id = ? ORDER BY k.name;
